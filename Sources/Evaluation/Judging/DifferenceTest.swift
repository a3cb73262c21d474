import Statistics

/// Whether two versions differ in a metric, by the test that fits how it was measured.
public struct DifferenceTest: Sendable, Equatable {
    public enum Method: String, Sendable {
        /// Right or wrong on the same examples.
        case mcNemar = "McNemar exact"
        /// A value for each of the same examples.
        case pairedT = "paired t"
        /// Measured again on the same examples, drawn anew.
        case bootstrap = "paired bootstrap"
        /// A value for each of as many repeats: t = (X̄₁−X̄₂)/(s_p·√(2/n)).
        case pooledT = "pooled t"
        case welchT = "Welch t"
    }

    public let method: Method
    /// For McNemar the smaller of the two counts of disagreement, else t.
    public let statistic: Double
    /// Two-sided.
    public private(set) var p: Double
    /// Of b − a.
    public let interval: Interval?
    public let minimumDetectable: Double?
    public let effect: DifferenceEffect?

    /// The tests that apply, the foremost first; none where nothing tells chance from difference.
    ///
    /// - Parameter resampled: the standard error of b − a for metrics that are no means.
    static func tests(
        of metric: EvaluationMetric, _ a: Measurements, _ b: Measurements,
        resampled: ResampledErrors?, alpha: Double
    ) -> [DifferenceTest] {
        if a.repeats.count >= 2, b.repeats.count >= 2 {
            guard let x = a.values(of: metric), let y = b.values(of: metric) else { return [] }
            return [
                DifferenceTest(.pooledT, TTest.pooled(y, x), alpha, .hedgesG(a: x, b: y)),
                DifferenceTest(.welchT, TTest.welch(y, x), alpha, .a12(a: x, b: y)),
            ].compactMap(\.self)
        }
        if let pair = ExamplePairs(metric, a, b) {
            return [of(pair, alpha: alpha)].compactMap(\.self)
        }
        guard let resampled, let error = resampled[metric], let x = a.mean(of: metric)?.value,
            let y = b.mean(of: metric)?.value
        else { return [] }
        return [DifferenceTest(difference: y - x, error, resampled.distribution, alpha)]
            .compactMap(\.self)
    }

    /// Of values for each of the same examples.
    static func of(_ pair: ExamplePairs, alpha: Double) -> DifferenceTest? {
        if pair.isRightOrWrong {
            return DifferenceTest(PairedProportions(a: pair.a, b: pair.b), alpha)
        }
        let test = TTest.paired(pair.b, pair.a)
        return DifferenceTest(.pairedT, test, alpha, .pairedD(test, count: pair.a.count))
    }

    func withAdjusted(p: Double) -> DifferenceTest {
        var test = self
        test.p = p
        return test
    }

    private init?(_ method: Method, _ test: TTest, _ alpha: Double, _ effect: DifferenceEffect?) {
        guard let t = test.t, let p = test.p?.twoSided else { return nil }
        (self.method, statistic, self.p) = (method, t, p)
        interval = test.interval(confidence: 1 - alpha)
        minimumDetectable = test.minimumDetectableEffect(alpha: alpha)
        self.effect = effect
    }

    private init(_ pair: PairedProportions, _ alpha: Double) {
        let test = McNemarTest(onlyACorrect: pair.onlyA, onlyBCorrect: pair.onlyB)
        method = .mcNemar
        statistic = Double(min(pair.onlyA, pair.onlyB))
        // Counts are never negative here, so the test always has its p.
        p = test.exactP ?? 1
        interval = pair.interval(confidence: 1 - alpha)
        minimumDetectable = pair.minimumDetectableEffect(alpha: alpha)
        effect = .oddsRatio(pair)
    }

    private init?(
        difference: Double, _ error: Double, _ distribution: StudentTDistribution, _ alpha: Double
    ) {
        guard error > 0 || difference == 0 else { return nil }
        method = .bootstrap
        statistic = error > 0 ? difference / error : 0
        p = min(1, distribution.twoSided(statistic))
        let reach = distribution.upperQuantile(alpha / 2) * error
        interval = Interval(low: difference - reach, high: difference + reach)
        minimumDetectable = MinimumDetectableEffect.of(standardError: error, alpha: alpha)
        effect = nil
    }
}
