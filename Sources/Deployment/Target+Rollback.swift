import CairnCore
import Statistics

extension Target {
    mutating func rollBack(
        to number: VersionNumber?, _ request: Event.Request, _ change: inout Change,
        at now: Timestamp
    ) throws(Refusal) {
        if let live = attempt, live.isBusy {
            if live.phase == .rollingBack || live.phase == .failedRollback {
                guard number == nil || number == live.wayBack?.to?.number else {
                    throw Refusal(.refused, "\(name) is on its way back: \(stateText)")
                }
                change.isChange = false
                change.summary = "\(name) is on its way back already: \(live.why)"
                return
            }
            guard number == nil || number == live.from?.number else {
                throw Refusal(
                    .refused,
                    "attempt \(live.number) is under way; it goes back to "
                        + "\(live.from?.number.description ?? "nothing"). Roll back to "
                        + "\(number!) after that")
            }
            change.summary =
                "\(request.actor) rolled back attempt \(live.number)" + Self.because(request)
            return beginRollback(
                cause: "rolled back by \(request.actor)" + Self.because(request),
                endsAs: .rolledBack, quarantines: false, &change, at: now)
        }
        guard let stable else {
            throw Refusal(.refused, "nothing serves on \(name)")
        }
        let goal = try provenRelease(number)
        guard let plan else { throw Refusal(.refused, "\(name) has no plan") }
        attemptCount += 1
        var undo = Attempt(
            number: attemptCount, release: stable, plan: plan, from: goal, phase: .watching,
            why: "undo by \(request.actor)", at: now)
        undo.evidence.watched = stableCounts
        attempt = undo
        change.summary =
            "\(request.actor) rolled back from \(stable.number) to \(goal.number)"
            + Self.because(request)
        beginRollback(
            cause: "rolled back by \(request.actor)" + Self.because(request), endsAs: .rolledBack,
            quarantines: false, &change, at: now)
    }

    /// Where a rollback without a version goes: from an attempt to what it came from, else to the
    /// proven release before what serves. Never forward: the same command twice must not undo
    /// itself.
    public var wayBackFromHere: Release? {
        if let attempt, attempt.isBusy { return attempt.from }
        let before = proven.firstIndex { $0 == stable }.map { proven[..<$0] } ?? proven[...]
        return before.last { $0 != stable && quarantine[$0.manifest] == nil }
    }

    /// The proven release with this number; without one `wayBackFromHere`.
    private func provenRelease(_ number: VersionNumber?) throws(Refusal) -> Release {
        let others = proven.filter { $0 != stable && quarantine[$0.manifest] == nil }
        guard let number else {
            guard let last = wayBackFromHere else {
                let names = others.map(\.number.description).joined(separator: ", ")
                throw Refusal(
                    .refused,
                    "no proven version came before \(stable?.number.description ?? "nothing") on "
                        + "\(name)"
                        + (names.isEmpty
                            ? "; `cairn deploy` moves one in"
                            : "; name one of \(names) with --to"))
            }
            return last
        }
        if stable?.number == number {
            throw Refusal(.refused, "\(number) serves on \(name) already")
        }
        guard let found = others.last(where: { $0.number == number }) else {
            let names = others.map(\.number.description).joined(separator: ", ")
            throw Refusal(
                .refused,
                "\(number) never held all traffic of \(name) through its watch, or is in "
                    + "quarantine" + (names.isEmpty ? "" : "; proven are \(names)")
                    + ". Deploy it instead")
        }
        return found
    }

    /// Turns traffic back. Has no precondition: it works from every live state.
    mutating func beginRollback(
        cause: String, endsAs ending: Attempt.Phase, quarantines: Bool, _ change: inout Change,
        at now: Timestamp
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
            return
        }
        var wayBack = Attempt.WayBack(
            cause: cause, from: live.release, to: live.from, endsAs: ending, startedAt: now,
            clock: Stopwatch(runningSince: now))
        wayBack.before = live.phase == .watching ? Counts() : live.evidence.stable
        if case .watching = live.phase { stable = live.from }
        live.pausedBy = nil
        live.seeAgain(at: now)
        live.enter(.rollingBack, cause, at: now)
        live.wayBack = wayBack
        attempt = live
        publish(&change, at: now)
        attempt?.wayBack?.epoch = route.epoch
        if change.summary.isEmpty { change.summary = "rolling back: \(cause)" }
        change.effects.append(
            .notify(
                "\(name): rolling back \(live.release.number) → "
                    + "\(live.from?.number.description ?? "nothing"): \(cause)"))
    }

    /// Ends a rollback that is proven; names what it waits for in `verification`.
    mutating func verifyRollback(_ change: inout Change, at now: Timestamp) -> Bool {
        guard var live = attempt, var wayBack = live.wayBack,
            live.phase == .rollingBack || live.phase == .failedRollback
        else { return false }
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
                .invalid,
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

    func join(_ first: String, _ second: String) -> String {
        first.isEmpty ? second : first + "; " + second
    }
}

/// A rate in percent with up to two decimals.
func percent(_ rate: Double) -> String {
    let hundredths = Int((rate * 10_000).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    return rest == 0 ? "\(whole) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
}
