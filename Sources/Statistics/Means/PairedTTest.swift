extension TTest {
    /// The t-test of the differences a − b against 0: the default on one fixed test set.
    ///
    /// df = n−1. Pairs of unequal number are `invalidInput`; needs two finite pairs.
    /// Source: Student 1908.
    public static func paired(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject
    ) -> TTest {
        guard let pairs = nanPolicy.applyToPairs(a, b),
            pairs.allSatisfy({ $0.0.isFinite && $0.1.isFinite })
        else { return TTest(.invalidInput) }
        guard pairs.count >= 2 else { return TTest(.insufficientData) }
        let frame = Frame(covering: pairs.map(\.0), pairs.map(\.1))
        let moments = Moments(pairs.map { frame.difference($0.0, $0.1) })
        let estimate = ScaledEstimate(
            frame: frame, difference: moments.mean.value, error: moments.standardError)
        return TTest(estimate, degreesOfFreedom: Double(pairs.count - 1))
    }
}
