import CairnCore

extension Target {
    /// The next part of the way back, by time alone: it waits for nobody, and goes on in a pause.
    mutating func rampBack(
        _ wayBack: Attempt.WayBack, _ ramp: Plan.Ramp, _ place: Attempt.RampPlace,
        _ change: inout Change, at now: Timestamp
    ) -> Bool {
        guard now - wayBack.startedAt >= ramp.pause * place.part else { return false }
        if place.part + 1 < ramp.parts {
            attempt?.wayBack?.ramp?.part += 1
        } else {
            endRamp(&change, at: now)
        }
        return true
    }

    /// From here on nothing goes to the candidate, and that is to be proven.
    mutating func endRamp(_ change: inout Change, at now: Timestamp) {
        guard var wayBack = attempt?.wayBack else { return }
        wayBack.ramp = nil
        wayBack.clock = Stopwatch(runningSince: attempt?.pausedBy == nil ? now : nil)
        attempt?.wayBack = wayBack
        publish(&change, at: now)
        attempt?.wayBack?.epoch = route.epoch
        change.summary = join(change.summary, "nothing goes to the candidate any more")
    }

    /// Ends a rollback that is proven; until then its proof names what it waits for.
    mutating func verifyRollback(_ change: inout Change, at now: Timestamp) -> Bool {
        guard var live = attempt, var wayBack = live.wayBack,
            live.phase == .rollingBack || live.phase == .failedRollback
        else { return false }
        if let place = wayBack.ramp, let ramp = live.plan.rollback.ramp {
            return rampBack(wayBack, ramp, place, &change, at: now)
        }
        if wayBack.acknowledgedAt == nil, !hasLaggards { wayBack.acknowledgedAt = now }
        let proof = proof(of: wayBack, live, at: now)
        wayBack.proof = proof
        live.wayBack = wayBack
        attempt = live
        if proof.isComplete {
            end(wayBack, proof.finding, "verified", &change, at: now)
            return true
        }
        record(wayBack, live.number)
        guard wayBack.clock.elapsed(at: now) >= live.plan.rollback.deadline else { return false }
        return endUnproven(live, wayBack, &change, at: now)
    }

    /// The deadline of a way back passed: a person is called, or the plan takes it as it is once all
    /// who serve are back.
    private mutating func endUnproven(
        _ live: Attempt, _ wayBack: Attempt.WayBack, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        let waits = waitingFor(at: now).joined(separator: "; ")
        let isBack = [.acknowledged, .loaded].allSatisfy { name in
            wayBack.proof?.check(name)?.state != .waiting
        }
        if live.plan.rollback.onUnproven == .accept, isBack {
            accept(
                wayBack, by: "the plan",
                "not verified: accepted by the plan after "
                    + "\(live.plan.rollback.deadline.inWords); missing: \(waits)", &change, at: now)
            return true
        }
        guard live.phase == .rollingBack else { return false }
        var failed = live
        failed.enter(.failedRollback, "\(wayBack.cause); not verified: \(waits)", at: now)
        attempt = failed
        change.summary = join(change.summary, "the rollback is not verified in time: \(waits)")
        change.effects.append(
            .notify(
                "\(name): PAGE: the rollback of \(live.release.number) is not verified: \(waits)"))
        return true
    }

    /// Whoever ends a way back that cannot prove itself says why, and stands for it.
    mutating func acceptUnverified(
        _ live: Attempt, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard let wayBack = live.wayBack else { return }
        guard !request.reason.isEmpty else {
            throw Refusal(
                .invalid, .reasonMissing,
                "the way back of attempt \(live.number) is not verified; to accept it as it is, say "
                    + "why with --reason. Missing: "
                    + waitingFor(at: now).joined(separator: "; "))
        }
        change.summary = "\(request.actor) accepts the way back of attempt \(live.number)"
        accept(
            wayBack, by: request.actor,
            "not verified: accepted by \(request.actor)" + Self.because(request), &change, at: now)
    }

    private mutating func accept(
        _ wayBack: Attempt.WayBack, by actor: String, _ finding: String, _ change: inout Change,
        at now: Timestamp
    ) {
        guard let live = attempt else { return }
        var wayBack = wayBack
        wayBack.proof = proof(of: wayBack, live, at: now)
        wayBack.proof?.acceptedBy = actor
        end(wayBack, finding, "accepted", &change, at: now)
    }

    private mutating func end(
        _ wayBack: Attempt.WayBack, _ finding: String, _ word: String, _ change: inout Change,
        at now: Timestamp
    ) {
        guard var live = attempt else { return }
        var wayBack = wayBack
        wayBack.verification = finding
        wayBack.verifiedAt = word == "verified" ? now : nil
        live.wayBack = wayBack
        live.enter(wayBack.endsAs, wayBack.cause, at: now)
        attempt = live
        record(wayBack, live.number)
        stableServed = ServedRecord()
        (stableServed.counts, stableServed.latencies) = (wayBack.after, wayBack.latenciesAfter)
        let milliseconds = (now - wayBack.startedAt).wholeMilliseconds
        change.summary = join(
            change.summary,
            "\(live.release.number) is off \(name), \(word) after \(milliseconds) ms: \(finding)")
        if let lastRollback { change.rollbacks.append(lastRollback) }
        change.effects.append(
            .notify("\(name): back on \(wayBack.to?.number.description ?? "nothing"): \(finding)"))
        tell(.postRollout, "\(live.phase): \(wayBack.cause)", &change, at: now)
    }

    private mutating func record(_ wayBack: Attempt.WayBack, _ number: UInt64) {
        lastRollback = RollbackRecord(
            attempt: number, cause: wayBack.cause, from: wayBack.from, to: wayBack.to,
            startedAt: wayBack.startedAt, acknowledgedAt: wayBack.acknowledgedAt,
            verifiedAt: wayBack.verifiedAt, verification: wayBack.verification,
            proof: wayBack.proof)
    }
}
