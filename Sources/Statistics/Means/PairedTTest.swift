extension TTest {
    /// The t-test of the differences a − b against 0: the default on one fixed test set.
    ///
    /// df = n−1. Pairs of unequal number are `invalidInput`; needs two finite pairs.
    /// Source: Student 1908.
    /// - Parameter workers: threads for long samples; the result is the same for any number.
    public static func paired(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) -> TTest {
        switch PairedSamples.prepare(a, b, nanPolicy, workers: workers) {
        case .failure(let status): return TTest(status.value)
        case .success(let pairs):
            let estimate = ScaledEstimate(
                frame: pairs.frame, difference: pairs.moments.mean.value,
                error: pairs.moments.standardError)
            return TTest(estimate, degreesOfFreedom: Double(pairs.moments.count - 1))
        }
    }
}
