import CairnCore

extension Target {
    mutating func rollBack(
        to number: VersionNumber?, _ fast: Bool, _ request: Event.Request,
        _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        if let live = attempt, live.isBusy {
            if live.phase == .rollingBack || live.phase == .failedRollback {
                guard number == nil || number == live.wayBack?.to?.number else {
                    throw Refusal(
                        .refused, .busy, "\(name) is on its way back: \(stateText)")
                }
                if fast, live.wayBack?.ramp != nil {
                    change.summary = "\(request.actor) cut the way back short"
                    return endRamp(&change, at: now)
                }
                change.isChange = false
                change.summary = "\(name) is on its way back already: \(live.why)"
                return
            }
            guard number == nil || number == live.from?.number else {
                throw Refusal(
                    .refused, .busy,
                    "attempt \(live.number) is under way; it goes back to "
                        + "\(live.from?.number.description ?? "nothing"). Roll back to "
                        + "\(number!) after that")
            }
            change.summary =
                "\(request.actor) rolled back attempt \(live.number)" + Self.because(request)
            return beginRollback(
                cause: "rolled back by \(request.actor)" + Self.because(request),
                endsAs: .rolledBack, quarantines: false, ramps: !fast, &change, at: now)
        }
        guard let stable else {
            throw Refusal(.refused, .wrongState, "nothing serves on \(name)")
        }
        let goal = try provenRelease(number, at: now)
        guard let plan else { throw Refusal(.refused, .noPlan, "\(name) has no plan") }
        attemptCount += 1
        var undo = Attempt(
            number: attemptCount, release: stable, plan: plan, from: goal, phase: .watching,
            why: "undo by \(request.actor)", at: now)
        undo.evidence.watched = stableServed.counts
        attempt = undo
        change.summary =
            "\(request.actor) rolled back from \(stable.number) to \(goal.number)"
            + Self.because(request)
        beginRollback(
            cause: "rolled back by \(request.actor)" + Self.because(request), endsAs: .rolledBack,
            quarantines: false, ramps: !fast, &change, at: now)
    }

    /// Turns traffic back. Has no precondition: it works from every live state.
    ///
    /// - Parameter ramps: as the plan's rollback ramp says, if it has one; else at once.
    mutating func beginRollback(
        cause: String, endsAs ending: Attempt.Phase, quarantines: Bool, ramps: Bool,
        _ change: inout Change, at now: Timestamp
    ) {
        guard var live = attempt else { return }
        if quarantines {
            quarantine[live.release.manifest] = Quarantine(
                number: live.release.number, why: cause, since: now)
        }
        if live.phase == .queued || (live.phase == .preflight && route.weight == .zero) {
            // No traffic has moved: there is nothing to turn back and nothing to verify.
            live.enter(ending, cause, at: now)
            attempt = live
            change.effects.append(.notify("\(name): attempt \(live.number) ended: \(cause)"))
            tell(.postRollout, "ended: \(cause)", &change, at: now)
            return
        }
        var wayBack = Attempt.WayBack(
            cause: cause, from: live.release, to: live.from, endsAs: ending, startedAt: now,
            clock: Stopwatch(runningSince: now))
        setStandard(of: &wayBack, live)
        let weight = live.phase == .watching ? BasisPoints.all : route.weight
        if case .watching = live.phase {
            if let before = stable {
                servedUntil[before.manifest] = now
                served[before.manifest] = stableServed
            }
            stable = live.from
        }
        live.pausedBy = nil
        live.seeAgain(at: now)
        live.enter(.rollingBack, cause, at: now)
        if ramps, live.from != nil, weight > .zero, live.plan.rollback.ramp != nil {
            wayBack.ramp = .init(from: weight, part: 1)
        }
        live.wayBack = wayBack
        attempt = live
        publish(&change, at: now)
        attempt?.wayBack?.epoch = route.epoch
        tell(.rollback, cause, &change, at: now)
        if change.summary.isEmpty { change.summary = "rolling back: \(cause)" }
        change.effects.append(
            .notify(
                "\(name): rolling back \(live.release.number) → "
                    + "\(live.from?.number.description ?? "nothing"): \(cause)"))
    }

    /// What the version that is gone back to did before: beside the candidate where that is enough,
    /// for it met the same requests; else in all the time that it last served.
    private func setStandard(of wayBack: inout Attempt.WayBack, _ live: Attempt) {
        wayBack.before = live.phase == .watching ? Counts() : live.evidence.stable
        guard live.plan.rules >= 3 else { return }
        if live.phase != .watching,
            live.evidence.stable.requests >= max(1, live.plan.rollback.verifyRequests)
        {
            wayBack.latenciesBefore = live.evidence.stableLatencies
            wayBack.basis = "beside the candidate"
            return
        }
        let last =
            live.phase == .watching ? live.from.flatMap { served[$0.manifest] } : stableServed
        guard let last, last.counts.requests > 0 else { return }
        (wayBack.before, wayBack.latenciesBefore) = (last.counts, last.latencies)
        wayBack.basis = "when it last served"
    }
}
