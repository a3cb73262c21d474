import CairnCore

/// Moves along the plan that a person orders.
extension Target {
    mutating func promote(
        _ full: Bool, _ keepsGuards: Bool, _ request: Event.Request, _ change: inout Change,
        at now: Timestamp
    ) throws(Refusal) {
        if let live = attempt, live.phase == .preflight, live.verdict == .inconclusive, !full {
            return waiveVerdict(live, request, &change)
        }
        let (live, index, sub) = try steppingAttempt("waits for a promotion")
        try refuseWeight()
        if full { return try promoteToTheEnd(live, index, keepsGuards, request, &change, at: now) }
        guard sub == .gate else {
            throw Refusal(
                .refused, .wrongState,
                "step \(index + 1) of \(name) is \(sub.rawValue), it waits for no "
                    + "promotion: \(stateText). --full overrides the rest of the plan")
        }
        attempt?.overrides.append("gate of step \(index + 1) by \(request.actor)")
        change.summary =
            "\(request.actor) promoted \(live.release.number) past the gate of step "
            + "\(index + 1)" + Self.because(request)
        enterStep(index + 1, "promoted by \(request.actor)", &change, at: now)
    }

    /// To the watch; or to the last step, which is shifted to and baked as the plan says.
    private mutating func promoteToTheEnd(
        _ live: Attempt, _ index: Int, _ keepsGuards: Bool, _ request: Event.Request,
        _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        let last = live.plan.steps.count - 1
        if keepsGuards, index == last {
            throw Refusal(
                .refused, .wrongState,
                "\(name) is at its last step, which ends by itself: \(stateText)")
        }
        let how = keepsGuards ? " under its guards" : ""
        attempt?.overrides.append(
            "promote --full\(how) from step \(index + 1) by \(request.actor)")
        if keepsGuards {
            enterStep(last, "promoted to the last step by \(request.actor)", &change, at: now)
        } else {
            enterWatch("promoted to the end by \(request.actor)", &change, at: now)
        }
        change.summary =
            "\(request.actor) promoted \(live.release.number) to the end\(how) from step "
            + "\(index + 1), an override" + Self.because(request)
    }

    /// An inconclusive verdict is a person's to decide; the bytes must be held all the same.
    private mutating func waiveVerdict(
        _ live: Attempt, _ request: Event.Request, _ change: inout Change
    ) {
        attempt?.isVerdictWaived = true
        attempt?.overrides.append("inconclusive verdict by \(request.actor)")
        change.summary =
            "\(request.actor) promoted \(live.release.number) past an inconclusive verdict, an "
            + "override" + Self.because(request)
    }

    mutating func skipStep(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        let (_, index, sub) = try steppingAttempt("is at a step to skip")
        try refuseWeight()
        attempt?.overrides.append(
            "skip of step \(index + 1) while \(sub.rawValue) by \(request.actor)")
        enterStep(index + 1, "step \(index + 1) skipped by \(request.actor)", &change, at: now)
        change.summary =
            "\(request.actor) skipped step \(index + 1), an override; \(change.summary)"
            + Self.because(request)
    }

    mutating func go(
        to step: Int, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        let (live, index, _) = try steppingAttempt("is at a step to leave")
        guard live.plan.steps.indices.contains(step) else {
            throw Refusal(
                .invalid, .malformed,
                "the plan of attempt \(live.number) has \(live.plan.steps.count) steps, none is "
                    + "step \(step + 1)")
        }
        if live.plan.steps[step].weight > route.weight || step > index { try refuseWeight() }
        if step > index {
            attempt?.overrides.append(
                "goto step \(step + 1) from step \(index + 1) by \(request.actor)")
        }
        enterStep(step, "sent there by \(request.actor)", &change, at: now)
        change.summary =
            "\(request.actor) went from step \(index + 1) to step \(step + 1)"
            + (step > index ? ", an override" : "") + Self.because(request)
    }

    private func steppingAttempt(_ what: String) throws(Refusal) -> (Attempt, Int, Attempt.Sub) {
        guard let live = attempt, case .step(let index, let sub) = live.phase else {
            throw Refusal(.refused, .wrongState, "nothing \(what) on \(name): \(stateText)")
        }
        return (live, index, sub)
    }

    /// What adds weight is refused where a guard broke, and in a freeze.
    private func refuseWeight() throws(Refusal) {
        if let live = attempt,
            let broken = live.plan.armed.first(where: {
                live.evidence.verdicts[$0.name] != nil
            })
        {
            throw Refusal(
                .refused, .guardBroke, "guard \(broken.name) broke: \(stateText)")
        }
        guard !isFrozen else {
            throw Refusal(
                .refused, .frozen,
                "\(name) is frozen, and this may add weight; lift the freeze with `cairn freeze "
                    + "remove`")
        }
    }
}
