import Statistics

/// Whether two versions differ in a metric, by the test that fits how it was measured.
public struct DifferenceTest: Sendable, Equatable {
    public enum Method: String, Sendable {
        /// Right or wrong on the same examples.
        case mcNemar = "McNemar exact"
        /// A value for each of the same examples.
        case pairedT = "paired t"
        /// A value for each of as many repeats: t = (X̄₁−X̄₂)/(s_p·√(2/n)).
        case pooledT = "pooled t"
        case welchT = "Welch t"
    }

    public let method: Method
    /// For McNemar the smaller of the two counts of disagreement, else t.
    public let statistic: Double
    /// Two-sided.
    public let p: Double
    /// Of b − a.
    public let interval: Interval?
    public let minimumDetectable: Double?

    /// The tests that apply, the foremost first; none where one run of the suite has no value for
    /// each example.
    static func tests(
        of metric: EvaluationMetric, _ a: Measurements, _ b: Measurements, alpha: Double
    ) -> [DifferenceTest] {
        if a.repeats.count >= 2, b.repeats.count >= 2 {
            guard let x = a.values(of: metric), let y = b.values(of: metric) else { return [] }
            return [
                DifferenceTest(.pooledT, TTest.pooled(y, x), alpha),
                DifferenceTest(.welchT, TTest.welch(y, x), alpha),
            ].compactMap(\.self)
        }
        guard let pair = ExamplePairs(metric, a, b) else { return [] }
        if pair.isRightOrWrong {
            return [DifferenceTest(PairedProportions(a: pair.a, b: pair.b), alpha)]
        }
        return [DifferenceTest(.pairedT, TTest.paired(pair.b, pair.a), alpha)].compactMap(\.self)
    }

    private init?(_ method: Method, _ test: TTest, _ alpha: Double) {
        guard let t = test.t, let p = test.p?.twoSided else { return nil }
        (self.method, statistic, self.p) = (method, t, p)
        interval = test.interval(confidence: 1 - alpha)
        minimumDetectable = test.minimumDetectableEffect(alpha: alpha)
    }

    private init(_ pair: PairedProportions, _ alpha: Double) {
        let test = McNemarTest(onlyACorrect: pair.onlyA, onlyBCorrect: pair.onlyB)
        method = .mcNemar
        statistic = Double(min(pair.onlyA, pair.onlyB))
        // Counts are never negative here, so the test always has its p.
        p = test.exactP ?? 1
        interval = pair.interval(confidence: 1 - alpha)
        minimumDetectable = pair.minimumDetectableEffect(alpha: alpha)
    }
}

/// The values of a metric for each of the same examples, of two versions.
struct ExamplePairs {
    let a: [Double]
    let b: [Double]
    let isRightOrWrong: Bool

    /// - Returns: `nil` where the metric is no mean over examples, where a version lacks the values,
    ///   and where two language models cut the texts into different numbers of tokens, so that
    ///   their losses are not for each of the same things.
    init?(_ metric: EvaluationMetric, _ a: Measurements, _ b: Measurements) {
        guard let column = metric.column, a.exampleCount == b.exampleCount,
            let x = a.repeats[0].examples.columns[column],
            let y = b.repeats[0].examples.columns[column],
            a.repeats[0].examples.tokenCount == b.repeats[0].examples.tokenCount
        else { return nil }
        (self.a, self.b) = (x, y)
        isRightOrWrong = column == .correct
    }
}
