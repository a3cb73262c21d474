import CairnCore

extension Target {
    mutating func applyPlan(
        _ model: ModelName, _ plan: Plan, _ request: Event.Request, _ change: inout Change
    ) throws(Refusal) {
        do { try plan.check() } catch { throw Refusal(.invalid, error.description) }
        if let present = self.model, present != model, stable != nil {
            throw Refusal(
                .refused, "\(name) serves \(present); a target keeps its model. Use another target")
        }
        if self.model == model, self.plan == plan {
            change.isChange = false
            change.summary = ""
            return
        }
        (self.model, self.plan) = (model, plan)
        change.summary = "\(request.actor) applied a plan of \(plan.steps.count) steps for \(model)"
    }

    mutating func deploy(
        _ release: Release, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard let plan else {
            throw Refusal(.refused, "\(name) has no plan; run `cairn target apply` first")
        }
        if let quarantined = quarantine[release.manifest] {
            throw Refusal(
                .refused,
                "\(release.number) is in quarantine since \(quarantined.since): "
                    + "\(quarantined.why). Run `cairn unquarantine` with a reason to deploy it again"
            )
        }
        if stable == release, attempt?.isBusy != true {
            change.isChange = false
            change.summary = "\(release.number) serves already"
            return
        }
        if let attempt, attempt.isBusy {
            if attempt.release == release, attempt.phase != .rollingBack,
                attempt.phase != .failedRollback
            {
                change.isChange = false
                change.summary = "attempt \(attempt.number) moves \(release.number) in already"
                return
            }
            return try deployBeside(attempt, release, plan, request, &change, at: now)
        }
        if isFrozen {
            throw Refusal(
                .refused,
                "\(name) is frozen; lift it with `cairn freeze remove`. Abort and rollback "
                    + "always work")
        }
        attempt = newAttempt(release, plan, at: now, why: "deployed by \(request.actor)")
        next = nil
        if !plan.skipsVerdict { change.effects.append(.askVerdict(release)) }
        change.summary =
            "\(request.actor) deployed \(release.number) as attempt \(attemptCount)"
            + Self.because(request)
    }

    /// Another attempt is under way: refuse, queue or supersede, as its plan says.
    private mutating func deployBeside(
        _ live: Attempt, _ release: Release, _ plan: Plan, _ request: Event.Request,
        _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        switch live.plan.onBusy {
        case .refuse:
            throw Refusal(
                .refused,
                "attempt \(live.number) of \(name) is under way: \(stateText). Wait, or "
                    + "abort it; a plan with on_busy queue or supersede would not refuse")
        case .queue, .supersede:
            next = newAttempt(release, plan, at: now, why: "waits for attempt \(live.number)")
            next?.phase = .queued
            change.summary =
                "\(request.actor) deployed \(release.number) as attempt "
                + "\(attemptCount), behind attempt \(live.number)" + Self.because(request)
            guard live.plan.onBusy == .supersede, live.phase != .rollingBack,
                live.phase != .failedRollback
            else { return }
            beginRollback(
                cause: "superseded by \(release.number)", endsAs: .superseded, quarantines: false,
                &change, at: now)
        }
    }

    private mutating func newAttempt(
        _ release: Release, _ plan: Plan, at now: Timestamp, why: String
    ) -> Attempt {
        attemptCount += 1
        return Attempt(
            number: attemptCount, release: release, plan: plan, from: stable, phase: .preflight,
            why: why, at: now)
    }

    mutating func promote(
        _ full: Bool, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        if let live = attempt, live.phase == .preflight, live.verdict == .inconclusive, !full {
            return waiveVerdict(live, request, &change)
        }
        guard var live = attempt, case .step(let index, let sub) = live.phase else {
            throw Refusal(.refused, "nothing waits for a promotion on \(name): \(stateText)")
        }
        guard live.evidence.broken.isEmpty else {
            throw Refusal(.refused, "a guard broke: \(stateText)")
        }
        guard !isFrozen else {
            throw Refusal(
                .refused,
                "\(name) is frozen, and a promotion adds weight; lift the freeze with `cairn freeze "
                    + "remove`")
        }
        if full {
            live.overrides.append("promote --full from step \(index + 1) by \(request.actor)")
            attempt = live
            enterWatch("promoted to the end by \(request.actor)", &change, at: now)
            change.summary =
                "\(request.actor) promoted \(live.release.number) to the end from step "
                + "\(index + 1), an override" + Self.because(request)
            return
        }
        guard sub == .gate else {
            throw Refusal(
                .refused,
                "step \(index + 1) of \(name) is \(sub.rawValue), it waits for no "
                    + "promotion: \(stateText). --full overrides the rest of the plan")
        }
        live.overrides.append("gate of step \(index + 1) by \(request.actor)")
        attempt = live
        change.summary =
            "\(request.actor) promoted \(live.release.number) past the gate of step "
            + "\(index + 1)" + Self.because(request)
        enterStep(index + 1, "promoted by \(request.actor)", &change, at: now)
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

    mutating func pause(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard var live = attempt, live.isLive else {
            throw Refusal(.refused, "nothing is under way on \(name): \(stateText)")
        }
        if let by = live.pausedBy {
            change.isChange = false
            change.summary = "paused already by \(by)"
            return
        }
        live.pause(by: request.actor, at: now)
        attempt = live
        change.summary = "\(request.actor) paused attempt \(live.number)" + Self.because(request)
    }

    mutating func resume(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard var live = attempt, live.isLive, live.pausedBy != nil else {
            throw Refusal(.refused, "nothing is paused on \(name): \(stateText)")
        }
        live.resume(at: now)
        attempt = live
        change.summary = "\(request.actor) resumed attempt \(live.number)" + Self.because(request)
    }

    mutating func abort(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        if let waiting = next, request.attempt == waiting.number {
            next = nil
            change.summary =
                "\(request.actor) took attempt \(waiting.number) (\(waiting.release.number)) off the "
                + "queue" + Self.because(request)
            return
        }
        guard let live = attempt, live.isBusy else {
            if let attempt, attempt.phase == .aborted {
                change.isChange = false
                change.summary = "attempt \(attempt.number) was aborted already: \(attempt.why)"
                return
            }
            throw Refusal(.refused, "nothing is under way on \(name): \(stateText)")
        }
        if live.phase == .failedRollback {
            return try acceptUnverified(live, request, &change, at: now)
        }
        if live.phase == .rollingBack {
            change.isChange = false
            change.summary = "attempt \(live.number) is on its way back already: \(live.why)"
            return
        }
        change.summary = "\(request.actor) aborted attempt \(live.number)" + Self.because(request)
        beginRollback(
            cause: "aborted by \(request.actor)" + Self.because(request), endsAs: .aborted,
            quarantines: false, &change, at: now)
    }

    mutating func retry(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard let last = attempt, !last.isBusy, last.phase != .promoted else {
            throw Refusal(.refused, "there is nothing to try again on \(name): \(stateText)")
        }
        try deploy(last.release, request, &change, at: now)
        change.summary += " (attempt \(last.number) again, with new evidence)"
    }

    mutating func unquarantine(
        _ manifest: Digest, _ request: Event.Request, _ change: inout Change
    ) throws(Refusal) {
        guard let held = quarantine[manifest] else {
            throw Refusal(.notFound, "\(manifest.short) is not in quarantine on \(name)")
        }
        guard !request.reason.isEmpty else {
            throw Refusal(.invalid, "say why with --reason: \(held.number) broke: \(held.why)")
        }
        quarantine[manifest] = nil
        change.summary =
            "\(request.actor) let \(held.number) out of quarantine" + Self.because(request)
    }

    mutating func freeze(_ on: Bool, _ request: Event.Request, _ change: inout Change) {
        if isFrozen == on {
            change.isChange = false
            change.summary = on ? "frozen already" : "not frozen"
            return
        }
        isFrozen = on
        change.summary =
            "\(request.actor) \(on ? "froze \(name)" : "lifted the freeze of \(name)")"
            + Self.because(request)
    }

    static func because(_ request: Event.Request) -> String {
        request.reason.isEmpty ? "" : ": \(request.reason)"
    }
}
