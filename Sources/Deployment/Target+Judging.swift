import CairnCore

/// What the evidence says, decided in every state in which traffic is judged.
extension Target {
    /// Latches every guard that broke, and acts on the first that may roll back.
    mutating func judge(_ change: inout Change, at now: Timestamp) {
        guard var live = attempt else { return }
        switch live.phase {
        case .step:
            for verdict in live.reached(at: now) {
                live.evidence.verdicts[verdict.guardName] = verdict
                change.verdicts.append(verdict)
            }
            attempt = live
            guard
                let first = live.plan.armed.first(where: {
                    live.evidence.verdicts[$0.name] != nil
                }),
                let verdict = live.evidence.verdicts[first.name]
            else { return }
            beginRollback(
                cause: "guard \(first.name): \(verdict.why)", endsAs: .rolledBack,
                quarantines: true, ramps: false, &change, at: now)
        case .watching:
            if judgeMeasures(live, &change, at: now) { return }
            judgeWatch(live, &change, at: now)
        case .queued, .preflight, .promoted, .rollingBack, .rolledBack, .aborted, .superseded,
            .rejected, .failedRollback:
            break
        }
    }
}

extension Attempt {
    /// Verdicts that the evidence reaches now and had not before, in the order of the plan.
    func reached(at now: Timestamp) -> [GuardVerdict] {
        let bounds = evidence.bounds(of: plan)
        return plan.guards.compactMap { item in
            guard evidence.verdicts[item.name] == nil else { return nil }
            return evidence.verdict(
                on: item, plan, bound: bounds[item.name], of: number, at: now)
        }
    }
}
