import Statistics

/// What threshold checks do with a good version: exact, by two binomials.
struct ThresholdRules {
    /// Success that the check asks for, and that the good version has.
    private let asked = 0.99
    private let has = 0.992
    private let checks = 20

    func report() {
        print(
            """

            ## Beside them: threshold checks

            "Success at least \(percent(asked))", a good version at \(percent(has)), \(checks) \
            checks; exact binomials, no simulation.

            | rule | 200 requests a check | 1,000 requests a check |
            | --- | --- | --- |
            """)
        let rules = [
            ("Flagger: rolled back at the 5th failed check", 5),
            ("Argo Rollouts: failureLimit 3, rolled back at the 4th", 4),
        ]
        for (name, limit) in rules {
            let shares = [200, 1000].map { percent(rolledBack(at: limit, requests: $0)) }
            print("| \(name) | \(shares[0]) | \(shares[1]) |")
        }
    }

    private func rolledBack(at limit: Int, requests: Int) -> Double {
        // A check fails when the share of successes is below what is asked.
        let allowed = Int(((1 - asked) * Double(requests) + 1e-9).rounded(.down))
        let failures = BinomialDistribution(trials: requests, probability: 1 - has)
        let failing = failures?.sf(allowed) ?? 0
        return BinomialDistribution(trials: checks, probability: failing)?.sf(limit - 1) ?? 0
    }
}
