import Messages

/// Targets and their audit log, for people.
public enum TargetText {
    public static func table(_ targets: [TargetStatus]) -> TextTable {
        var table = TextTable("target", "model", "stable", "candidate", "state", "epoch>", "flags")
        for status in targets {
            let candidate = status.candidate.map {
                "\(Name.version($0.number)) \(Quantity.percent(basisPoints: $0.weightBp))"
            }
            let flags = [
                ("paused", status.paused), ("frozen", status.frozen), ("blind", status.blind),
            ].filter(\.1).map(\.0)
            table.add(
                Painted(status.target, .strong), Painted(status.model),
                Painted(status.stable.map { Name.version($0.number) } ?? "–"),
                Painted(candidate ?? ""), TargetState(status).painted, Painted("\(status.epoch)"),
                Painted(flags.joined(separator: ", "), .warning))
        }
        return table
    }

    /// What a verb would lead to: the state, the weights, and what would be checked.
    public static func afterwards(_ status: TargetStatus) -> [String] {
        let arms = [("stable", status.stable), ("candidate", status.candidate)].compactMap {
            name, arm in
            arm.map {
                "\(name) \(Name.version($0.number)) \(Quantity.percent(basisPoints: $0.weightBp))"
            }
        }
        var lines = [
            "then: \(TargetState(status)), epoch \(status.epoch)"
                + (arms.isEmpty ? "" : "; " + arms.joined(separator: ", "))
        ]
        let armed = status.guards.filter { !$0.observe }.map(\.name)
        if !armed.isEmpty { lines.append("guards: \(armed.joined(separator: ", "))") }
        if !status.waitingFor.isEmpty {
            lines.append("waits for: \(status.waitingFor.joined(separator: "; "))")
        }
        return lines
    }

    public static func history(_ entries: [HistoryEntry]) -> TextTable {
        var table = TextTable("seq>", "time", "serves", "who", "what")
        for entry in entries {
            let what = entry.summary + (entry.reason.isEmpty ? "" : " (\(entry.reason))")
            table.add(
                Painted("\(entry.sequence)"),
                Painted(Quantity.time(unixMilliseconds: entry.timeUnixMs)),
                Painted(serving(entry)), Painted(entry.actor), Painted(what))
        }
        return table
    }

    /// `v1.0.0`, or `v1.0.0 + v1.1.0 5 %`.
    static func serving(_ entry: HistoryEntry) -> String {
        let stable = Name.version(entry.stableNumber)
        guard !entry.candidateNumber.isEmpty else { return stable }
        return "\(stable) + \(Name.version(entry.candidateNumber)) "
            + Quantity.percent(basisPoints: entry.candidateWeightBp)
    }

    /// What served at a moment, in a sentence.
    public static func served(_ target: String, at unixMilliseconds: Int64, _ entry: HistoryEntry?)
        -> [Painted]
    {
        let time = Quantity.time(unixMilliseconds: unixMilliseconds)
        guard let entry, !entry.stableNumber.isEmpty else {
            return ["\(target) served nothing at \(time)."]
        }
        return [
            "\(target) served \(serving(entry), .strong) at \(time), epoch \(entry.epoch).",
            "Since \(Quantity.time(unixMilliseconds: entry.timeUnixMs)): \(entry.summary)"
                + Painted(entry.actor.isEmpty ? "" : ", by \(entry.actor)")
                + Painted(entry.reason.isEmpty ? "" : " (\(entry.reason))"),
        ]
    }
}
