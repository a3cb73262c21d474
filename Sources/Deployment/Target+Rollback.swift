import CairnCore
import Statistics

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
        undo.evidence.watched = stableCounts
        attempt = undo
        change.summary =
            "\(request.actor) rolled back from \(stable.number) to \(goal.number)"
            + Self.because(request)
        beginRollback(
            cause: "rolled back by \(request.actor)" + Self.because(request), endsAs: .rolledBack,
            quarantines: false, ramps: !fast, &change, at: now)
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
    private func provenRelease(_ number: VersionNumber?, at now: Timestamp) throws(Refusal)
        -> Release
    {
        let others = proven.filter {
            $0 != stable && quarantine[$0.manifest] == nil && isInWindow($0, at: now)
        }
        guard let number else {
            if let last = wayBackFromHere, !isInWindow(last, at: now) {
                throw Refusal(
                    .refused, .notProven,
                    "\(last.number) stopped serving over \(plan?.rollback.window.inWords ?? "") ago, "
                        + "which is the window of the plan; `cairn deploy` moves it in step by step"
                )
            }
            guard let last = wayBackFromHere else {
                let names = others.map(\.number.description).joined(separator: ", ")
                throw Refusal(
                    .refused, .notProven,
                    "no proven version came before \(stable?.number.description ?? "nothing") on "
                        + "\(name)"
                        + (names.isEmpty
                            ? "; `cairn deploy` moves one in"
                            : "; name one of \(names) with --to"))
            }
            return last
        }
        if stable?.number == number {
            throw Refusal(.refused, .wrongState, "\(number) serves on \(name) already")
        }
        guard let found = others.last(where: { $0.number == number }) else {
            let names = others.map(\.number.description).joined(separator: ", ")
            throw Refusal(
                .refused, .notProven,
                "\(number) never held all traffic of \(name) through its watch, or is in "
                    + "quarantine\(windowText)" + (names.isEmpty ? "" : "; proven are \(names)")
                    + ". Deploy it instead")
        }
        return found
    }

    /// Whether it served so short a time ago that the plan still lets it come back.
    private func isInWindow(_ release: Release, at now: Timestamp) -> Bool {
        guard let window = plan?.rollback.window, window > .zero,
            let until = servedUntil[release.manifest]
        else { return true }
        return now - until <= window
    }

    private var windowText: String {
        guard let window = plan?.rollback.window, window > .zero else { return "" }
        return ", or stopped serving over \(window.inWords) ago"
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
        wayBack.before = live.phase == .watching ? Counts() : live.evidence.stable
        let weight = live.phase == .watching ? BasisPoints.all : route.weight
        if case .watching = live.phase {
            if let before = stable { servedUntil[before.manifest] = now }
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

    /// The next part of the way back, by time alone: it waits for nobody, and goes on in a pause.
    private mutating func rampBack(
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
    private mutating func endRamp(_ change: inout Change, at now: Timestamp) {
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

    func join(_ first: String, _ second: String) -> String {
        first.isEmpty ? second : second.isEmpty ? first : first + "; " + second
    }
}

/// A rate in percent with up to two decimals.
func percent(_ rate: Double) -> String {
    let hundredths = Int((rate * 10_000).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    return rest == 0 ? "\(whole) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
}
