import CairnCore

extension Target {
    /// One event, and what is due with it.
    mutating func apply(_ event: Event, at now: Timestamp) throws(Refusal) -> Change {
        var change = Change()
        let freezes = bringFreezeInLine(at: now)
        // Whatever is due comes before a promotion and after an abort, a breach or a newer version:
        // what the promotion expects is held against what stands then. A bake's end comes after.
        if case .promote = event { settle(&change, at: now, bakesEnd: attempt?.plan.rules == 1) }
        if let request = event.request {
            try check(request)
            try take(event, &change, at: now)
        } else {
            take(fact: event, &change, at: now)
        }
        if let freezes {
            change.isChange = true
            change.summary = join(freezes, change.summary)
        }
        settle(&change, at: now)
        tellHooks(&change, at: now)
        return change
    }

    private mutating func take(_ event: Event, _ change: inout Change, at now: Timestamp)
        throws(Refusal)
    {
        switch event {
        case .apply(let model, let plan, let request):
            try applyPlan(model, plan, request, &change)
        case .deploy(let release, let request): try deploy(release, request, &change, at: now)
        case .promote(let full, let keepsGuards, let request):
            try promote(full, keepsGuards, request, &change, at: now)
        case .skipStep(let request): try skipStep(request, &change, at: now)
        case .goTo(let step, let request): try go(to: step, request, &change, at: now)
        case .pause(let request): try pause(request, &change, at: now)
        case .resume(let request): try resume(request, &change, at: now)
        case .abort(let quarantines, let request):
            try abort(quarantines, request, &change, at: now)
        case .retry(let request): try retry(request, &change, at: now)
        case .rollBack(let number, let fast, let request):
            try rollBack(to: number, fast, request, &change, at: now)
        case .quarantine(let release, let request):
            try quarantine(release, request, &change, at: now)
        case .unquarantine(let manifest, let request):
            try unquarantine(manifest, request, &change)
        case .freeze(let on, let request): freeze(on, request, &change, at: now)
        case .addFreezeWindow(let window, let request):
            try addFreezeWindow(window, request, &change, at: now)
        case .removeFreezeWindow(let name, let request):
            try removeFreezeWindow(name, request, &change, at: now)
        case .drill(let request): try beginDrill(request, &change, at: now)
        case .verdict, .reference, .joined, .acknowledged, .disconnected, .left, .outcomes,
            .measured, .alerted, .hookAnswered, .barrier, .outage, .restarted, .led, .timer:
            take(fact: event, &change, at: now)
        }
    }

    private mutating func take(fact event: Event, _ change: inout Change, at now: Timestamp) {
        switch event {
        case .verdict(let manifest, let verdict, let why): take(verdict, of: manifest, why, &change)
        case .reference(let number, let reference): pin(reference, to: number, &change)
        case .joined(let name, let role): join(name, role, &change)
        case .acknowledged(let name, let ack): acknowledge(name, ack, &change)
        case .disconnected(let name):
            change.isChange = participants[name] != nil
            participants[name]?.absentSince = now
            noticeDesertion()
        case .left(let name):
            change.isChange = participants.removeValue(forKey: name) != nil
            if change.isChange { change.summary = "\(name) left" }
        case .outcomes(let outcomes): take(outcomes, &change, at: now)
        case .hookAnswered(let key, let isYes, let why): take(answer: isYes, to: key, why, &change)
        case .barrier(let group, let step): setBarrier(group, step, &change)
        case .measured(let measurement): take(measurement, &change, at: now)
        case .alerted(let alert): take(alert, &change, at: now)
        case .outage(let isOut): outage(isOut, &change)
        case .restarted:
            for name in participants.keys where participants[name]?.absentSince == nil {
                participants[name]?.absentSince = now
            }
            noticeDesertion()
            change.summary = "the controller started again"
        case .led(let token):
            // Not an older one's word that comes late.
            change.isChange = token > route.fencingToken
            guard change.isChange else { return }
            route.fencingToken = token
            change.summary = "a controller leads with token \(token)"
        case .timer: forgetTheAbsent(&change, at: now)
        case .apply, .deploy, .promote, .skipStep, .goTo, .pause, .resume, .abort, .retry,
            .rollBack, .quarantine, .unquarantine, .freeze, .addFreezeWindow, .removeFreezeWindow,
            .drill:
            break
        }
    }

    private func check(_ request: Event.Request) throws(Refusal) {
        if let revision = request.revision, revision != self.revision {
            throw Refusal(
                .conflict, .otherRevision,
                "\(name) is at revision \(self.revision), not \(revision): \(stateText). "
                    + "Look again and repeat what still holds")
        }
        if let number = request.attempt, number != attempt?.number ?? 0, number != next?.number {
            throw Refusal(
                .conflict, .otherAttempt,
                "attempt \(number) is not the present one of \(name): \(stateText)")
        }
        if let step = request.step, step != attempt?.stepIndex {
            throw Refusal(
                .conflict, .otherStep, "\(name) is not at step \(step + 1): \(stateText)")
        }
    }
}
