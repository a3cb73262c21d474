import CairnCore

extension Target {
    /// Takes every transition that is due, one after the other, until none is; then brings the route
    /// and the pins in line with the state.
    mutating func settle(_ change: inout Change, at now: Timestamp) {
        var transitions = 0
        let effectCount = change.effects.count
        // What the event itself has moved is in the route before anyone's acknowledgement counts.
        publish(&change, at: now)
        bringSightInLine(&change, at: now)
        while advance(&change, at: now) {
            publish(&change, at: now)
            bringSightInLine(&change, at: now)
            transitions += 1
            precondition(transitions < 1_000, "\(name) does not come to rest: \(stateText)")
        }
        publish(&change, at: now)
        bringPinsInLine(&change)
        if transitions > 0 || change.effects.count > effectCount { change.isChange = true }
    }

    /// One transition that is due: a deadline before a gate's expiry before the end of a bake.
    private mutating func advance(_ change: inout Change, at now: Timestamp) -> Bool {
        guard let live = attempt else { return startNext(&change, at: now) }
        if live.isLive, live.isBlind, live.wayBack == nil {
            return endBlindness(live, &change, at: now)
        }
        switch live.phase {
        case .queued, .preflight:
            return !live.standsStill && advancePreflight(live, &change, at: now)
        case .step(let index, let sub):
            return !live.standsStill && advanceStep(live, index, sub, &change, at: now)
        case .watching:
            guard !live.standsStill,
                live.phaseClock.elapsed(at: now) >= live.plan.watch.duration
            else { return false }
            finish(
                .promoted, "watched for \(live.plan.watch.duration.inSeconds) s", &change, at: now)
            return true
        case .rollingBack, .failedRollback: return verifyRollback(&change, at: now)
        case .promoted, .rolledBack, .aborted, .superseded, .rejected:
            return startNext(&change, at: now)
        }
    }

    private mutating func startNext(_ change: inout Change, at now: Timestamp) -> Bool {
        guard var waiting = next, !isFrozen, attempt?.isBusy != true else { return false }
        next = nil
        let why =
            waiting.release == stable
            ? "it serves already"
            : quarantine[waiting.release.manifest].map { "in quarantine: \($0.why)" }
        if let why {
            waiting.enter(.rejected, why, at: now)
            attempt = waiting
            change.summary = join(
                change.summary, "attempt \(waiting.number) rejected: \(waiting.why)")
            return true
        }
        attempt = Attempt(
            number: waiting.number, release: waiting.release, plan: waiting.plan, from: stable,
            phase: .preflight, why: "its turn came", at: now)
        if !waiting.plan.skipsVerdict { change.effects.append(.askVerdict(waiting.release)) }
        change.summary = join(change.summary, "attempt \(waiting.number) begins")
        return true
    }

    private mutating func advancePreflight(
        _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        if live.verdict == .fail || live.verdict == .error {
            finish(
                .rejected, "verdict \(live.verdict!.rawValue): \(live.verdictWhy)", &change, at: now
            )
            return true
        }
        let isOver = live.phaseClock.elapsed(at: now) >= live.plan.preflightDeadline
        // More evidence may still come: an inconclusive verdict meets its policy at the deadline.
        let isPassed =
            live.plan.skipsVerdict || live.verdict == .pass
            || (live.verdict == .inconclusive
                && (live.isVerdictWaived || (isOver && live.plan.onInconclusive == .proceed)))
        if isPassed, isHeld(live.release, by: live.plan), !isFrozen {
            if stable == nil {
                stable = live.release
                finish(.promoted, "the first version of \(name)", &change, at: now)
            } else {
                enterStep(0, "preflight passed", &change, at: now)
            }
            return true
        }
        guard isOver,
            live.verdict != .inconclusive || live.plan.onInconclusive == .reject
                || live.isVerdictWaived || live.plan.onInconclusive == .proceed && !isFrozen
        else { return false }
        let waits = waitingFor(at: now).joined(separator: "; ")
        finish(.rejected, "preflight ended without: \(waits)", &change, at: now)
        return true
    }

    /// Whether enough agents have the bytes on disk, verified, and what serves there has loaded
    /// them: a router that is told of the candidate must find it.
    func isHeld(_ release: Release, by plan: Plan) -> Bool {
        let agents = participants.values.filter { $0.role == .agent }
        let holders = agents.count {
            $0.held.contains(release.manifest) && $0.loadedCandidate == release.manifest
                && $0.absentSince == nil
        }
        return plan.agentsMin == 0 ? holders == agents.count : holders >= plan.agentsMin
    }

    mutating func enterStep(
        _ index: Int, _ why: String, _ change: inout Change, at now: Timestamp
    ) {
        guard var live = attempt else { return }
        guard index < live.plan.steps.count else {
            return enterWatch("the last step is done", &change, at: now)
        }
        live.enter(.step(index, .shifting), why, at: now)
        live.stepClock = Stopwatch(runningSince: live.standsStill ? nil : now)
        live.evidence.beginStep()
        attempt = live
        change.summary = join(
            change.summary,
            "step \(index + 1) of \(live.plan.steps.count): \(live.plan.steps[index].weight) to "
                + "\(live.release.number)")
    }

    mutating func enterWatch(_ why: String, _ change: inout Change, at now: Timestamp) {
        guard var live = attempt else { return }
        live.enter(.watching, why, at: now)
        attempt = live
        stable = live.release
        stableCounts = Counts()
        change.summary = join(
            change.summary, "\(live.release.number) serves everything and is watched")
        change.effects.append(.notify("\(name): \(live.release.number) serves everything"))
    }

    private mutating func finish(
        _ phase: Attempt.Phase, _ why: String, _ change: inout Change, at now: Timestamp
    ) {
        guard var live = attempt else { return }
        live.enter(phase, why, at: now)
        attempt = live
        if phase == .promoted {
            proven.removeAll { $0 == live.release }
            proven.append(live.release)
            if proven.count > Limits.proven { proven.removeFirst() }
        }
        let word = phase == .promoted ? "promoted" : "rejected"
        change.summary = join(change.summary, "\(live.release.number) is \(word): \(why)")
        change.effects.append(.notify("\(name): \(live.release.number) is \(word): \(why)"))
    }

    private mutating func advanceStep(
        _ live: Attempt, _ index: Int, _ sub: Attempt.Sub, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        let step = live.plan.steps[index]
        if sub == .baking, !live.isBaked(step, at: now),
            live.stepClock.elapsed(at: now) >= live.plan.stepDeadline
        {
            return endStepWithoutData(live, index, &change, at: now)
        }
        switch sub {
        case .shifting:
            if !hasLaggards {
                attempt?.enter(.step(index, .warming), "every participant acknowledged", at: now)
                return true
            }
            guard live.phaseClock.elapsed(at: now) >= live.plan.ackDeadline else { return false }
            beginRollback(
                cause: "router_timeout: no acknowledgement from "
                    + laggards().joined(separator: ", "), endsAs: .rolledBack, quarantines: false,
                &change, at: now)
            return true
        case .warming:
            guard live.phaseClock.elapsed(at: now) >= step.warm,
                live.evidence.warmRequests >= step.warmRequests
            else { return warmingIsOver(live, &change, at: now) }
            attempt?.enter(.step(index, .baking), "warm", at: now)
            return true
        case .baking:
            guard live.isBaked(step, at: now), !isFrozen else { return false }
            if step.gate != nil {
                attempt?.enter(.step(index, .gate), "baked; waits for a promotion", at: now)
                change.effects.append(
                    .notify("\(name): step \(index + 1) waits for `cairn promote`"))
            } else {
                enterStep(index + 1, "step \(index + 1) baked", &change, at: now)
            }
            return true
        case .gate: return expireGate(step, index, &change, at: now)
        }
    }

    /// A warm-up that gets no requests ends with the step's deadline.
    private mutating func warmingIsOver(
        _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        guard let index = live.stepIndex,
            live.stepClock.elapsed(at: now) >= live.plan.stepDeadline
        else { return false }
        return endStepWithoutData(live, index, &change, at: now)
    }

    private mutating func endStepWithoutData(
        _ live: Attempt, _ index: Int, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        switch live.plan.onNoData {
        case .hold: return false
        case .proceed where isFrozen: return false
        case .proceed: enterStep(index + 1, "the step's deadline passed", &change, at: now)
        case .rollBack:
            beginRollback(
                cause: "step \(index + 1) had too little traffic before its deadline",
                endsAs: .rolledBack, quarantines: false, &change, at: now)
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
        case .hold: return false
        case .proceed where isFrozen: return false
        case .proceed: enterStep(index + 1, "the gate expired", &change, at: now)
        case .rollBack:
            beginRollback(
                cause: "the gate of step \(index + 1) expired", endsAs: .rolledBack,
                quarantines: false, &change, at: now)
        }
        return true
    }
}

extension Evidence {
    mutating func beginStep() {
        (stepCandidate, stepStable, warmRequests) = (Counts(), Counts(), 0)
    }
}
