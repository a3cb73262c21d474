import CairnCore
import Statistics

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

    /// Ends a rollback that is proven; names what it waits for in `verification`.
    mutating func verifyRollback(_ change: inout Change, at now: Timestamp) -> Bool {
        guard var live = attempt, var wayBack = live.wayBack,
            live.phase == .rollingBack || live.phase == .failedRollback
        else { return false }
        if let place = wayBack.ramp, let ramp = live.plan.rollback.ramp {
            return rampBack(wayBack, ramp, place, &change, at: now)
        }
        if wayBack.acknowledgedAt == nil, !hasLaggards {
            wayBack.acknowledgedAt = now
            live.wayBack = wayBack
            attempt = live
        }
        if let finding = verification(of: wayBack, live.plan.rollback, at: now) {
            end(wayBack, finding, "verified", &change, at: now)
            return true
        }
        record(wayBack, live.number)
        guard live.phase == .rollingBack,
            wayBack.clock.elapsed(at: now) >= live.plan.rollback.deadline
        else { return false }
        let waits = waitingFor(at: now).joined(separator: "; ")
        live.enter(.failedRollback, "\(wayBack.cause); not verified: \(waits)", at: now)
        attempt = live
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
        end(
            wayBack, "not verified: accepted by \(request.actor)" + Self.because(request),
            "accepted",
            &change, at: now)
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
        stableCounts = wayBack.after
        let milliseconds = (now - wayBack.startedAt).wholeMilliseconds
        change.summary = join(
            change.summary,
            "\(live.release.number) is off \(name), \(word) after \(milliseconds) ms: \(finding)")
        change.effects.append(
            .notify("\(name): back on \(wayBack.to?.number.description ?? "nothing"): \(finding)"))
        tell(.postRollout, "\(live.phase): \(wayBack.cause)", &change, at: now)
    }

    private mutating func record(_ wayBack: Attempt.WayBack, _ number: UInt64) {
        lastRollback = RollbackRecord(
            attempt: number, cause: wayBack.cause, from: wayBack.from, to: wayBack.to,
            startedAt: wayBack.startedAt, acknowledgedAt: wayBack.acknowledgedAt,
            verifiedAt: wayBack.verifiedAt, verification: wayBack.verification)
    }

    /// What proves the way back, or `nil` while something is missing.
    private func verification(
        of wayBack: Attempt.WayBack, _ rules: Plan.Rollback, at now: Timestamp
    ) -> String? {
        guard let acknowledgedAt = wayBack.acknowledgedAt, !hasLaggards else { return nil }
        let quietSince = max(acknowledgedAt, wayBack.lastHitAt ?? acknowledgedAt)
        let agentCount = participants.values.count { $0.role == .agent }
        var bytes =
            participants.isEmpty
            ? "nobody is joined who could serve it"
            : "\(participants.count) participants acknowledged epoch \(wayBack.epoch)"
        if agentCount > 0, let to = wayBack.to {
            bytes += ", \(agentCount) of them agents that have loaded \(to.manifest.short)"
        }
        if rules.verifyRequests == 0 { return bytes }
        if wayBack.after.requests >= rules.verifyRequests {
            guard let before = wayBack.before.rate, wayBack.before.requests > 0 else {
                return bytes + "; \(wayBack.after.requests) requests, none on the candidate; no "
                    + "failure rate from before to compare with"
            }
            guard isAsBefore(wayBack, rules.alpha) else { return nil }
            return bytes + "; \(wayBack.after.requests) requests, none on the candidate; failures "
                + "\(percent(wayBack.after.rate ?? 0)) as before (\(percent(before)))"
        }
        // Silence proves something only where somebody would hear.
        guard !isWithoutOutcomes, now - quietSince >= rules.quiet, wayBack.after.requests == 0
        else { return nil }
        return bytes + "; no traffic for \(rules.quiet.wholeMilliseconds) ms to prove it further"
    }

    /// Failures after are not more frequent than before, by a one-sided two-proportion test.
    func isAsBefore(_ wayBack: Attempt.WayBack, _ alpha: Double) -> Bool {
        let test = TwoProportionTest(
            successesA: wayBack.after.failures, trialsA: wayBack.after.requests,
            successesB: wayBack.before.failures, trialsB: wayBack.before.requests)
        return (test.p?.greater ?? 1) >= alpha
    }
}
