import CairnCore

extension Target {
    /// Takes every transition that is due, one after the other, until none is; then brings the route
    /// and the pins in line with the state.
    ///
    /// - Parameter bakesEnd: whether a bake may end too; a promotion at the same moment comes first.
    mutating func settle(_ change: inout Change, at now: Timestamp, bakesEnd: Bool = true) {
        var transitions = 0
        let effectCount = change.effects.count
        // What the event itself has moved is in the route before anyone's acknowledgement counts.
        publish(&change, at: now)
        bringSightInLine(&change, at: now)
        while advance(&change, at: now, bakesEnd: bakesEnd) {
            publish(&change, at: now)
            bringSightInLine(&change, at: now)
            transitions += 1
            precondition(transitions < 1_000, "\(name) does not come to rest: \(stateText)")
        }
        publish(&change, at: now)
        bringPinsInLine(&change)
        cancelCalls()
        planDrill(&change, at: now)
        if transitions > 0 || change.effects.count > effectCount { change.isChange = true }
    }

    /// One transition that is due: a deadline before a gate's expiry before the end of a bake.
    private mutating func advance(
        _ change: inout Change, at now: Timestamp, bakesEnd: Bool
    ) -> Bool {
        if callAgain(&change, at: now) { return true }
        if advanceDrill(&change, at: now) { return true }
        guard let live = attempt else { return startNext(&change, at: now) }
        if live.isLive, live.isBlind, live.wayBack == nil {
            return endBlindness(live, &change, at: now)
        }
        switch live.phase {
        case .queued, .preflight:
            return !live.standsStill && advancePreflight(live, &change, at: now)
        case .step(let index, let sub):
            if live.standsStill { return false }
            if isOverdue(live, at: now) { return endOverdue(live, &change, at: now) }
            return advanceStep(live, index, sub, &change, at: now, bakesEnd: bakesEnd)
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
                return true
            }
            let answer = ask(
                [[.confirmRollout], [.preRollout], [.confirmIncrease]], live, &change, at: now)
            if answer == .agreed { enterStep(0, "preflight passed", &change, at: now) }
            if answer != .waiting { return true }
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
        if live.entryCount == 0 {
            live.rolloutClock = Stopwatch(runningSince: live.standsStill ? nil : now)
        }
        live.entryCount += 1
        live.holds.formIntersection(["deadline"])
        live.enter(.step(index, .shifting), why, at: now)
        live.stepClock = Stopwatch(runningSince: live.standsStill ? nil : now)
        live.ramp = live.plan.steps[index].ramp.map { _ in .init(from: route.weight, part: 1) }
        live.evidence.beginStep()
        attempt = live
        change.summary = join(
            change.summary,
            "step \(index + 1) of \(live.plan.steps.count): "
                + live.plan.steps[index].sentence(live.release))
    }

    mutating func enterWatch(_ why: String, _ change: inout Change, at now: Timestamp) {
        guard var live = attempt else { return }
        live.enter(.watching, why, at: now)
        attempt = live
        if let before = stable {
            servedUntil[before.manifest] = now
            served[before.manifest] = stableServed
        }
        stable = live.release
        stableServed = ServedRecord()
        change.summary = join(
            change.summary, "\(live.release.number) serves everything and is watched")
        change.effects.append(.notify("\(name): \(live.release.number) serves everything"))
    }

    mutating func finish(
        _ phase: Attempt.Phase, _ why: String, _ change: inout Change, at now: Timestamp
    ) {
        guard var live = attempt else { return }
        live.enter(phase, why, at: now)
        attempt = live
        if phase == .promoted {
            proven.removeAll { $0 == live.release }
            proven.append(live.release)
            if proven.count > Limits.proven { proven.removeFirst() }
            let known = Set(proven.map(\.manifest))
            servedUntil = servedUntil.filter { known.contains($0.key) }
            served = served.filter { known.contains($0.key) }
        }
        let word = phase == .promoted ? "promoted" : "rejected"
        change.summary = join(change.summary, "\(live.release.number) is \(word): \(why)")
        change.effects.append(.notify("\(name): \(live.release.number) is \(word): \(why)"))
        tell(.postRollout, "\(word): \(why)", &change, at: now)
    }
}
