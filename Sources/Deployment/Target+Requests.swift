import CairnCore

extension Target {
    mutating func applyPlan(
        _ model: ModelName, _ plan: Plan, _ request: Event.Request, _ change: inout Change
    ) throws(Refusal) {
        do { try plan.check() } catch { throw Refusal(.invalid, .malformed, error.description) }
        if let present = self.model, present != model, stable != nil {
            throw Refusal(
                .refused, .otherModel,
                "\(name) serves \(present); a target keeps its model. Use another target")
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
            throw Refusal(
                .refused, .noPlan, "\(name) has no plan; run `cairn target apply` first")
        }
        if let quarantined = quarantine[release.manifest] {
            throw Refusal(
                .refused, .quarantined,
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
                .refused, .frozen,
                "\(name) is frozen\(freezeText(at: now)); lift it with `cairn freeze remove`. Abort and rollback "
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
                .refused, .busy,
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
                ramps: true, &change, at: now)
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

    mutating func pause(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard var live = attempt, live.isLive else {
            throw Refusal(
                .refused, .wrongState, "nothing is under way on \(name): \(stateText)")
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
            throw Refusal(
                .refused, .wrongState, "nothing is paused on \(name): \(stateText)")
        }
        live.resume(at: now)
        attempt = live
        change.summary = "\(request.actor) resumed attempt \(live.number)" + Self.because(request)
    }

    mutating func abort(
        _ quarantines: Bool, _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        if let waiting = next, request.attempt == waiting.number {
            next = nil
            change.summary =
                "\(request.actor) took attempt \(waiting.number) (\(waiting.release.number)) off the "
                + "queue" + Self.because(request)
            if quarantines { quarantine(waiting.release, Self.why(request), &change, at: now) }
            return
        }
        guard let live = attempt, live.isBusy else {
            if let attempt, attempt.phase == .aborted {
                change.isChange = false
                change.summary = "attempt \(attempt.number) was aborted already: \(attempt.why)"
                if quarantines { quarantine(attempt.release, Self.why(request), &change, at: now) }
                return
            }
            throw Refusal(
                .refused, .wrongState, "nothing is under way on \(name): \(stateText)")
        }
        if live.phase == .failedRollback {
            return try acceptUnverified(live, request, &change, at: now)
        }
        if live.phase == .rollingBack {
            change.isChange = false
            change.summary = "attempt \(live.number) is on its way back already: \(live.why)"
            if quarantines { quarantine(live.release, Self.why(request), &change, at: now) }
            return
        }
        change.summary = "\(request.actor) aborted attempt \(live.number)" + Self.because(request)
        beginRollback(
            cause: "aborted by \(request.actor)" + Self.because(request), endsAs: .aborted,
            quarantines: quarantines, ramps: true, &change, at: now)
    }

    mutating func retry(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        guard let last = attempt, !last.isBusy, last.phase != .promoted else {
            throw Refusal(
                .refused, .wrongState, "there is nothing to try again on \(name): \(stateText)")
        }
        try deploy(last.release, request, &change, at: now)
        change.summary += " (attempt \(last.number) again, with new evidence)"
    }

    static func because(_ request: Event.Request) -> String {
        request.reason.isEmpty ? "" : ": \(request.reason)"
    }
}
