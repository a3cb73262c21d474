import Messages

/// What changed on a target between two looks, one line each: for logs and pipes, where a tree
/// cannot be redrawn.
public enum TargetChanges {
    /// - Parameter before: `nil` on the first look, which says what stands.
    public static func lines(from before: TargetStatus?, to now: TargetStatus) -> [String] {
        var changes: [String] = []
        if before == nil || summary(before!) != summary(now) { changes.append(summary(now)) }
        changes += guards(from: before, to: now)
        changes += participants(from: before, to: now)
        let quarantined = Set(before?.quarantine.map(\.manifestDigest) ?? [])
        if before != nil {
            changes += now.quarantine.filter { !quarantined.contains($0.manifestDigest) }
                .map { "quarantined \(Name.version($0.number)): \($0.why)" }
        }
        if let record = now.lastRollback, before != nil, before?.lastRollback != record {
            changes += RollbackText.sentences(of: record).map { "rollback, \($0)" }
        }
        let time = Quantity.timeOfDay(unixMilliseconds: now.nowUnixMs)
        return changes.map { "\(time) \(now.target) \($0)" }
    }

    /// Everything about the state that is worth a line when it differs.
    private static func summary(_ status: TargetStatus) -> String {
        var parts = ["\(TargetState(status))"]
        let arms = [("stable", status.stable), ("candidate", status.candidate)]
        for (name, arm) in arms {
            guard let arm else { continue }
            parts.append(
                "\(name) \(Name.version(arm.number)) \(Quantity.percent(basisPoints: arm.weightBp))"
            )
        }
        if status.attempt > 0 { parts.append("attempt \(status.attempt)") }
        parts.append("epoch \(status.epoch)")
        for (flag, isSet) in [
            ("paused", status.paused), ("frozen", status.frozen), ("blind", status.blind),
        ] where isSet {
            parts.append(flag)
        }
        return parts.joined(separator: "; ")
    }

    private static func guards(from before: TargetStatus?, to now: TargetStatus) -> [String] {
        let tripped = Set(before?.guards.filter(\.tripped).map(\.name) ?? [])
        return now.guards.filter { $0.tripped && !tripped.contains($0.name) }.map {
            "guard \($0.name) tripped: "
                + ($0.why.isEmpty
                    ? "\(Quantity.figure($0.statistic)) over \(Quantity.figure($0.bound))" : $0.why)
        }
    }

    private static func participants(from before: TargetStatus?, to now: TargetStatus) -> [String] {
        let old = Dictionary(
            (before?.participants ?? []).map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first })
        return now.participants.flatMap { participant -> [String] in
            let earlier = old[participant.name]
            let name = "\(participant.role) \(participant.name)"
            var lines: [String] = []
            if earlier?.connected != participant.connected {
                lines.append("\(name) is \(participant.connected ? "connected" : "away")")
            }
            if !participant.problem.isEmpty, earlier?.problem != participant.problem {
                lines.append("\(name): \(participant.problem)")
            }
            return lines
        }
    }
}
