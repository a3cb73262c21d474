import CairnCore

/// Targets that one version moves into in lockstep: a step begins nowhere before the one before it
/// has baked everywhere, and one that goes back takes all others back.
///
/// A pure value that only reads targets. What it wants of them it orders; an order that is given
/// again changes nothing, so whoever carries them out may stop and start again at any moment.
public struct Group: Equatable, Sendable {
    public enum Limits { public static let members = 64 }

    public let name: String
    public internal(set) var members: [TargetName]
    /// So many may be out of reach without holding up the others.
    public internal(set) var maxUnavailable: Int
    /// The present one, or the last.
    public internal(set) var rollout: GroupRollout?

    /// - Throws: `PlanError` where that is no group.
    public init(name: String, members: [TargetName], maxUnavailable: Int) throws(PlanError) {
        guard Plan.isWord(name) else {
            throw PlanError(
                "'\(name.prefix(80))' is no name of a group: 1 to 64 of a-z, 0-9, - and _")
        }
        guard (2...Limits.members).contains(members.count), Set(members).count == members.count
        else {
            throw PlanError(
                "group \(name) has \(members.count) targets; expected 2 to \(Limits.members), each "
                    + "once")
        }
        guard (0..<members.count).contains(maxUnavailable) else {
            throw PlanError(
                "group \(name): max_unavailable is \(maxUnavailable) of \(members.count) targets; "
                    + "one at least has to be there")
        }
        (self.name, self.members, self.maxUnavailable) = (name, members, maxUnavailable)
    }

    /// What somebody has to do with a member.
    public enum Order: Equatable, Sendable {
        /// `nil`: the group holds it no longer.
        case barrier(TargetName, step: Int?)
        case deploy(TargetName)
        case abort(TargetName)
        case rollBack(TargetName)
    }

    // MARK: What people ask for

    public mutating func begin(
        _ release: Release, by actor: String, _ reason: String, on targets: [TargetName: Target],
        at now: Timestamp
    ) throws(Refusal) {
        if let rollout, rollout.isLive {
            throw Refusal(
                .refused, .busy,
                "\(rollout.release.number) is on its way into group \(name): \(rollout.state.rawValue). "
                    + "Wait, or abort it")
        }
        let away = members.filter { targets[$0].map(\.isOutOfReach) ?? true }
        guard away.count <= maxUnavailable else {
            throw Refusal(
                .refused, .wrongState,
                "\(away.map(\.description).joined(separator: ", ")) of group \(name) are out of "
                    + "reach; at most \(maxUnavailable) may be")
        }
        let counts = Set(members.compactMap { targets[$0]?.plan?.steps.count })
        guard counts.count == 1 else {
            throw Refusal(
                .refused, .noPlan,
                "the targets of group \(name) have plans of \(counts.sorted()) steps; in lockstep all "
                    + "have the same number")
        }
        rollout = GroupRollout(
            number: (rollout?.number ?? 0) + 1, release: release, by: actor, reason: reason,
            startedAt: now,
            before: Dictionary(
                uniqueKeysWithValues: members.map { ($0, targets[$0]?.attemptCount ?? 0) }))
    }

    /// - Returns: whether that changes anything.
    public mutating func turnBack(_ why: String) throws(Refusal) -> Bool {
        guard let rollout, rollout.isLive else {
            throw Refusal(
                .refused, .wrongState, "nothing is on its way into group \(name)")
        }
        guard rollout.state == .rollingOut else { return false }
        self.rollout?.state = .goingBack
        self.rollout?.why = why
        return true
    }

    // MARK: What follows from how the members stand

    /// Advances by what the members show. Asked again whenever one of them changed.
    public mutating func advance(_ targets: [TargetName: Target], at now: Timestamp) -> [Order] {
        guard var present = rollout, present.isLive else { return [] }
        let places = members.map { ($0, present.place(of: targets[$0], $0, at: now)) }
        if present.state == .rollingOut {
            let back = places.compactMap { name, place in
                if case .back(let why) = place { "\(name) went back: \(why)" } else { nil }
            }
            if let why = back.first { (present.state, present.why) = (.goingBack, why) }
        }
        defer { rollout = present }
        switch present.state {
        case .rollingOut: return goOn(&present, places, targets, at: now)
        case .goingBack: return goBack(&present, places, targets, at: now)
        case .promoted, .wentBack: return []
        }
    }

    private func goOn(
        _ present: inout GroupRollout, _ places: [(TargetName, GroupRollout.Place)],
        _ targets: [TargetName: Target], at now: Timestamp
    ) -> [Order] {
        if places.allSatisfy({ $0.1 == .done }) {
            (present.state, present.endedAt) = (.promoted, now)
            present.why = "promoted on all \(members.count) targets"
            return lifted(targets)
        }
        let away = places.filter { $0.1 != .done && targets[$0.0].map(\.isOutOfReach) ?? true }
        if away.count <= maxUnavailable,
            places.allSatisfy({ name, place in
                place.isPast(present.barrier) || away.contains { $0.0 == name }
            }), present.barrier < (targets.values.compactMap(\.plan?.steps.count).max() ?? 0)
        {
            present.barrier += 1
        }
        var orders: [Order] = []
        for (name, place) in places {
            let wanted = Barrier(group: self.name, step: present.barrier)
            if place != .done, targets[name]?.barrier != wanted {
                orders.append(.barrier(name, step: present.barrier))
            }
            if place == .outside { orders.append(.deploy(name)) }
        }
        return orders
    }

    private func goBack(
        _ present: inout GroupRollout, _ places: [(TargetName, GroupRollout.Place)],
        _ targets: [TargetName: Target], at now: Timestamp
    ) -> [Order] {
        var orders: [Order] = []
        var isMoving = false
        for (name, _) in places {
            guard let target = targets[name], let live = present.attempt(of: target, name) else {
                continue
            }
            switch live.phase {
            case .preflight, .queued, .step, .watching:
                orders.append(.abort(name))
                isMoving = true
            case .rollingBack, .failedRollback: isMoving = true
            case .promoted where target.stable == present.release && target.wayBackFromHere != nil:
                orders.append(.rollBack(name))
                isMoving = true
            case .promoted, .rolledBack, .aborted, .superseded, .rejected: break
            }
        }
        if isMoving { return orders }
        (present.state, present.endedAt) = (.wentBack, now)
        return lifted(targets)
    }

    private func lifted(_ targets: [TargetName: Target]) -> [Order] {
        members.filter { targets[$0]?.barrier?.group == name }.map { .barrier($0, step: nil) }
    }

    /// A group that is declared anew goes on counting.
    public mutating func takeHistory(of earlier: Group) { rollout = earlier.rollout }

    /// Whether a member is where the group waits for all to be.
    public func isReady(_ name: TargetName, _ target: Target?, at now: Timestamp) -> Bool {
        guard let rollout, rollout.state == .rollingOut else { return false }
        return rollout.place(of: target, name, at: now).isPast(rollout.barrier)
    }

    /// What keeps the next step from beginning, one sentence for each member.
    public func waitingFor(_ targets: [TargetName: Target], at now: Timestamp) -> [String] {
        guard let rollout, rollout.isLive else { return [] }
        return members.compactMap { name in
            guard let target = targets[name] else { return "\(name) to be there" }
            let place = rollout.place(of: target, name, at: now)
            if rollout.state == .rollingOut, place.isPast(rollout.barrier) { return nil }
            if target.isOutOfReach { return "\(name), which is out of reach" }
            guard rollout.attempt(of: target, name)?.isBusy == true else { return nil }
            let waits = target.waitingFor(at: now).filter { !$0.hasPrefix("group ") }
            return "\(name): " + (waits.first ?? target.stateSummary)
        }
    }
}

extension Target {
    /// Nobody who serves here is joined, or nobody would tell of failures.
    public var isOutOfReach: Bool {
        participants.isEmpty || isWithoutOutcomes
            || participants.values.allSatisfy { $0.absentSince != nil }
    }
}
