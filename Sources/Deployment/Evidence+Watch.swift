import Statistics

/// The watch after the last step: one arm only, against its own past.
extension Evidence {
    /// Feeds a count to the window as evenly spread bits; at most 4,096 of them, in proportion.
    /// Failures beyond the requests (late labels) wait for the next requests.
    mutating func observe(_ count: Event.Outcomes.Count) {
        watched.add(count)
        unseen.add(count)
        let bits = min(unseen.requests, 4_096)
        guard bits > 0 else { return }
        let failures = min(unseen.failures, unseen.requests)
        let ones = failures * bits / unseen.requests
        unseen = Counts(requests: 0, failures: unseen.failures - failures)
        let before = watch.mean ?? 0
        for bit in 0..<bits {
            let isOne = (bit + 1) * ones / bits > bit * ones / bits
            if watch.add(isOne ? 1 : 0).isDrift, (watch.mean ?? 0) > before { drifted = true }
        }
    }

    func drift(_ rules: Plan.Watch) -> String? {
        if drifted {
            return "the failure rate has drifted up to \(percent(watch.mean ?? 0)) "
                + "(\(percent(watched.rate ?? 0)) over all)"
        }
        guard rules.failureRateMax > 0, watched.requests >= rules.requestsMin,
            let rate = watched.rate, rate > rules.failureRateMax
        else { return nil }
        return
            "\(percent(rate)) of requests failed, over the limit of \(percent(rules.failureRateMax))"
    }
}
