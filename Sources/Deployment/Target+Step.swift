import CairnCore

/// Inside one step: shifting, warming, baking, gate.
extension Target {
    mutating func advanceStep(
        _ live: Attempt, _ index: Int, _ sub: Attempt.Sub, _ change: inout Change,
        at now: Timestamp, bakesEnd: Bool
    ) -> Bool {
        let step = live.plan.steps[index]
        if sub == .baking, let lack = live.lack(of: step, at: now),
            live.stepClock.elapsed(at: now) >= live.plan.deadline(of: index)
        {
            return endStep(live, index, without: lack, &change, at: now)
        }
        switch sub {
        case .shifting: return shift(live, index, &change, at: now)
        case .warming:
            guard live.phaseClock.elapsed(at: now) >= step.warm,
                live.evidence.warmRequests >= step.warmRequests
            else {
                guard live.stepClock.elapsed(at: now) >= live.plan.deadline(of: index) else {
                    return false
                }
                return endStep(live, index, without: .data, &change, at: now)
            }
            attempt?.enter(.step(index, .baking), "warm", at: now)
            return true
        case .baking:
            guard bakesEnd, live.lack(of: step, at: now) == nil, !isFrozen,
                barrier?.holds(after: index) != true
            else { return false }
            return endBake(live, index, &change, at: now)
        case .gate: return expireGate(step, index, &change, at: now)
        }
    }

    /// The step's weight goes out, part by part where it has a ramp.
    private mutating func shift(
        _ live: Attempt, _ index: Int, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        let ramp = live.plan.steps[index].ramp
        if let place = live.ramp, place.isAcknowledged, let ramp {
            let goesUp = live.plan.steps[index].weight > place.from
            guard live.phaseClock.elapsed(at: now) >= ramp.pause, !(goesUp && isFrozen) else {
                return false
            }
            attempt?.ramp = .init(from: place.from, part: place.part + 1)
            attempt?.enter(
                .step(index, .shifting), "part \(place.part + 1) of \(ramp.parts)", at: now)
            return true
        }
        if hasLaggards {
            guard live.phaseClock.elapsed(at: now) >= live.plan.ackDeadline else { return false }
            beginRollback(
                cause: "router_timeout: no acknowledgement from "
                    + laggards().joined(separator: ", "), endsAs: .rolledBack, quarantines: false,
                ramps: false, &change, at: now)
            return true
        }
        if let place = live.ramp, let ramp, place.part < ramp.parts {
            attempt?.ramp?.isAcknowledged = true
            return true
        }
        attempt?.ramp = nil
        attempt?.enter(.step(index, .warming), "every participant acknowledged", at: now)
        return true
    }

    private mutating func endBake(
        _ live: Attempt, _ index: Int, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        let steps = live.plan.steps
        let isLast = index + 1 == steps.count
        let rises = !isLast && steps[index + 1].weight > steps[index].weight
        let answer = ask(
            [[.rollout, .step], isLast ? [.confirmPromotion] : rises ? [.confirmIncrease] : []],
            live, &change, at: now)
        guard answer == .agreed else { return answer != .waiting }
        if steps[index].gate != nil {
            attempt?.enter(.step(index, .gate), "baked; waits for a promotion", at: now)
            change.effects.append(
                .notify("\(name): step \(index + 1) waits for `cairn promote`"))
        } else {
            enterStep(index + 1, "step \(index + 1) baked", &change, at: now)
        }
        return true
    }

    /// The step's deadline passed: its policy for what is lacking.
    private mutating func endStep(
        _ live: Attempt, _ index: Int, without lack: Attempt.Lack, _ change: inout Change,
        at now: Timestamp
    ) -> Bool {
        let policy: Plan.Policy
        let why: String
        switch lack {
        case .data:
            policy = live.plan.onNoData
            why = "step \(index + 1) had too little traffic before its deadline"
        case .proof(let item):
            policy = live.plan.onUnsure
            why = "guard \(item) was not sure of step \(index + 1) before its deadline"
        }
        switch policy {
        case .hold: return hold("step \(index + 1)", why, &change)
        case .proceed where isFrozen: return false
        case .proceed: enterStep(index + 1, "the step's deadline passed", &change, at: now)
        case .rollBack:
            beginRollback(
                cause: why, endsAs: .rolledBack, quarantines: false, ramps: false, &change, at: now)
        }
        return true
    }

    private mutating func expireGate(
        _ step: Plan.Step, _ index: Int, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        guard let gate = step.gate, let expiry = gate.expiry,
            let live = attempt, live.phaseClock.elapsed(at: now) >= expiry
        else { return false }
        switch gate.onExpiry {
        case .hold:
            return hold("gate \(index + 1)", "the gate of step \(index + 1) expired", &change)
        case .proceed where isFrozen: return false
        case .proceed: enterStep(index + 1, "the gate expired", &change, at: now)
        case .rollBack:
            beginRollback(
                cause: "the gate of step \(index + 1) expired", endsAs: .rolledBack,
                quarantines: false, ramps: false, &change, at: now)
        }
        return true
    }

    /// Waits on for a person, who is told of it once.
    ///
    /// - Returns: whether this is the first time.
    mutating func hold(_ what: String, _ why: String, _ change: inout Change) -> Bool {
        guard var live = attempt, live.holds.insert(what).inserted else { return false }
        attempt = live
        let isSaid = change.summary.contains(why)
        change.summary = join(
            change.summary, isSaid ? "held for a person" : "\(why); held for a person")
        change.effects.append(
            .notify("\(name): PAGE: \(why); \(live.release.number) is held for a person"))
        return true
    }

    // MARK: The whole rollout's deadline

    func isOverdue(_ live: Attempt, at now: Timestamp) -> Bool {
        guard let deadline = live.plan.deadline, !live.holds.contains("deadline") else {
            return false
        }
        return live.rolloutClock.elapsed(at: now) >= deadline
    }

    mutating func endOverdue(
        _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        let why = "the rollout's deadline of \(live.plan.deadline?.inWords ?? "") passed"
        switch live.plan.onDeadline {
        case .rollBack:
            beginRollback(
                cause: why, endsAs: .rolledBack, quarantines: false, ramps: false, &change, at: now)
        case .hold:
            _ = hold("deadline", why, &change)
            attempt?.pause(by: "its deadline", at: now)
        }
        return true
    }
}

extension Attempt {
    /// What keeps a bake from ending.
    enum Lack: Equatable {
        /// Time, requests or events.
        case data
        /// What this guard shall show.
        case proof(String)
    }

    /// `nil`: the step has lasted, has seen and has shown as much as it must.
    func lack(of step: Plan.Step, at now: Timestamp) -> Lack? {
        guard phaseClock.elapsed(at: now) >= step.bake,
            evidence.stepCandidate.requests >= step.bakeRequests,
            evidence.stepCandidate.failures + evidence.stepStable.failures >= step.bakeEvents
        else { return .data }
        for item in plan.armed where item.mustBeHeard && !evidence.hasEvents(for: item) {
            return .data
        }
        for item in plan.armed {
            if evidence.isBeyond(item) { return .proof(item.name) }
            if let margin = item.margin, !evidence.isShown(item, within: margin) {
                return .proof(item.name)
            }
        }
        return nil
    }
}

extension Plan.Step {
    var mirror: BasisPoints { if case .mirror(let share) = kind { share } else { .zero } }
    var baseline: BasisPoints { kind == .experiment ? weight : .zero }

    func sentence(_ release: Release) -> String {
        switch kind {
        case .shift: "\(weight) to \(release.number)"
        case .mirror(let share): "\(share) mirrored to \(release.number)"
        case .experiment: "\(weight) each to \(release.number) and to a copy of stable"
        case .hook(let name): "waits for hook \(name)"
        }
    }
}
