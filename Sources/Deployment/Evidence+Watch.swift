import CairnCore
import Statistics

/// The watch after the last step: one arm only, against its own past and its test set.
extension Evidence {
    /// Takes what the candidate did in a step, for detectors that learn from it.
    mutating func learn(
        _ count: Event.Outcomes.Count, under epoch: EpochRecord, _ rules: Plan.Watch,
        at now: Timestamp
    ) {
        guard count.arm == .candidate else { return }
        for name in detectors.keys {
            detectors[name]?.learn(count, rules, isFullLoad: epoch.weight == .all, at: now)
        }
    }

    mutating func observe(
        _ count: Event.Outcomes.Count, _ rules: Plan.Watch, at now: Timestamp
    ) {
        watched.add(count)
        watch.add(count.failures, of: count.requests)
        for name in detectors.keys { detectors[name]?.add(count, rules, at: now) }
    }

    mutating func observe(
        _ counts: [Int], of column: String, _ rules: Plan.Watch, at now: Timestamp
    ) {
        for name in detectors.keys {
            detectors[name]?.add(counts, of: column, rules, at: now)
        }
    }

    mutating func pin(_ reference: Reference) {
        for name in detectors.keys { detectors[name]?.pin(reference) }
    }

    func drift(_ rules: Plan.Watch) -> String? {
        if let rise = watch.rise {
            return "the failure rate has drifted up to \(percent(rise.rate)) "
                + "(\(percent(watched.rate ?? 0)) over all)"
        }
        guard rules.failureRateMax > 0, watched.requests >= rules.requestsMin,
            let rate = watched.rate, rate > rules.failureRateMax
        else { return nil }
        return
            "\(percent(rate)) of requests failed, over the limit of \(percent(rules.failureRateMax))"
    }
}
