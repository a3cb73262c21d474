import CairnCore

extension Target {
    /// One sentence on the present state.
    public var stateText: String {
        stateSummary + (attempt.map { ": " + $0.why } ?? "")
    }

    /// The same without how it came to be so.
    public var stateSummary: String {
        guard let live = attempt else {
            return stable.map { "\($0.number) serves, nothing is under way" }
                ?? "nothing serves yet"
        }
        let paused = live.pausedBy.map { ", paused by \($0)" } ?? ""
        let blind = live.isBlind ? ", blind" : ""
        return "attempt \(live.number) (\(live.release.number)) \(live.phase.verb) \(live.phase)"
            + paused + blind
    }

    /// What keeps the present phase from ending, one sentence each.
    public func waitingFor(at now: Timestamp) -> [String] {
        guard let live = attempt else { return [] }
        if live.isLive, live.isBlind, live.wayBack == nil {
            return ["outcomes of live requests" + (live.isHeldBlind ? ", or a person" : "")]
        }
        switch live.phase {
        case .preflight:
            var waits: [String] = []
            if !live.plan.skipsVerdict, live.verdict != .pass {
                waits.append("a verdict of the evaluator (now \(live.verdict?.rawValue ?? "none"))")
            }
            let lacking = participants.filter {
                $0.value.role == .agent && !$0.value.held.contains(live.release.manifest)
            }.keys.sorted()
            if !lacking.isEmpty { waits.append("the bytes on \(lacking.joined(separator: ", "))") }
            if isFrozen { waits.append("the end of the freeze") }
            return waits + waitingForHooks(live)
        case .step(let index, .shifting), .step(let index, .warming):
            let late = laggards()
            if late.isEmpty, let place = live.ramp, let ramp = live.plan.steps[index].ramp {
                return ["part \(place.part + 1) of \(ramp.parts) of step \(index + 1)"]
            }
            return late.isEmpty
                ? ["the warm-up of step \(index + 1)"]
                : ["an acknowledgement of epoch \(route.epoch) by \(late.joined(separator: ", "))"]
        case .step(let index, .baking):
            let step = live.plan.steps[index]
            var waits: [String] = []
            let rest = step.bake - live.phaseClock.elapsed(at: now)
            if rest > .zero { waits.append("\(rest.inWords) more of baking") }
            let lacking = step.bakeRequests - live.evidence.stepCandidate.requests
            if lacking > 0 { waits.append("\(lacking) more requests on the candidate") }
            waits += waitingForEvidence(live, step)
            if isFrozen { waits.append("the end of the freeze") }
            if let barrier, barrier.holds(after: index) {
                waits.append("group \(barrier.group) to allow what comes after step \(index + 1)")
            }
            return waits + waitingForHooks(live)
        case .step(let index, .gate): return ["a promotion past step \(index + 1)"]
        case .watching: return ["the end of the watch"]
        case .rollingBack, .failedRollback: return waitingForWayBack(live, at: now)
        case .queued: return ["the attempt before it"]
        case .promoted, .rolledBack, .aborted, .superseded, .rejected: return []
        }
    }

    private func waitingForEvidence(_ live: Attempt, _ step: Plan.Step) -> [String] {
        var waits: [String] = []
        let events = live.evidence.stepCandidate.failures + live.evidence.stepStable.failures
        if events < step.bakeEvents { waits.append("\(step.bakeEvents - events) more failures") }
        for item in live.plan.armed {
            if item.eventsMin > 0, !live.evidence.hasEvents(for: item) {
                waits.append("\(item.eventsMin) events of guard \(item.name)")
            } else if let margin = item.margin, !live.evidence.isShown(item, within: margin) {
                waits.append("guard \(item.name) to show at most \(percent(margin)) more")
            }
        }
        return waits
    }

    private func waitingForHooks(_ live: Attempt) -> [String] {
        calls.filter(live.awaits).map { "hook \($0.hook.name) (\($0.state.rawValue))" }
    }

    private func waitingForWayBack(_ live: Attempt, at now: Timestamp) -> [String] {
        guard let wayBack = live.wayBack else { return [] }
        if let place = wayBack.ramp, let ramp = live.plan.rollback.ramp {
            return ["the ramp back, part \(place.part) of \(ramp.parts)"]
        }
        return proof(of: wayBack, live, at: now).waits
    }

    /// When the machine wants to be asked again; `nil`: only an event moves it.
    public func nextTimer() -> Timestamp? {
        var moments = participants.values.compactMap { $0.absentSince.map { $0 + Limits.absence } }
        if let live = attempt { moments += live.deadlines }
        moments += calls.compactMap(\.moment)
        moments += drillMoments
        moments += freezeWindows.compactMap { $0.nextEdge(after: lastEventAt) }
        // What was due at the last event has had its effect, or waits for something else.
        return moments.filter { $0 > lastEventAt }.min()
    }
}

extension Attempt.Phase {
    fileprivate var verb: String { self == .failedRollback ? "has" : "is" }
}

extension Attempt.Phase: CustomStringConvertible {
    public var description: String {
        switch self {
        case .queued: "queued"
        case .preflight: "in preflight"
        case .step(let index, let sub): "at step \(index + 1), \(sub.rawValue)"
        case .watching: "watching"
        case .promoted: "promoted"
        case .rollingBack: "rolling back"
        case .rolledBack: "rolled back"
        case .aborted: "aborted"
        case .superseded: "superseded"
        case .rejected: "rejected"
        case .failedRollback: "failed to roll back"
        }
    }
}
