import CairnCore
import Statistics

/// Two versions on the same suite, metric by metric.
public struct VersionComparison: Sendable, Equatable {
    /// One metric of both; a metric has two rows where two tests stand beside each other.
    public struct Row: Sendable, Equatable {
        public let metric: EvaluationMetric
        /// NaN where there is no value.
        public let valueA: Double
        public let valueB: Double
        public let test: DifferenceTest?
        public let conclusion: Conclusion

        /// b − a.
        public var difference: Double { valueB - valueA }
    }

    public enum Conclusion: Sendable, Equatable {
        case aIsBetter, bIsBetter, noDifferenceShown
        /// Of metrics of which neither larger nor smaller values are the better ones.
        case aIsLarger, bIsLarger
        case untested(String)
    }

    public let rows: [Row]
    /// Those in which b is worst against a come first.
    public let slices: [ComparedSlice]
    /// Right answers of one version alone; `nil` outside tasks with right and wrong.
    public let disagreement: PairedProportions?
    public let exampleCount: Int

    /// - Parameters:
    ///   - alpha: of each test, in (0, 1).
    ///   - basis: the examples of the data set: for metrics that are no means over them, and for
    ///     slices. Without it those are not tested, and there are no slices.
    /// - Throws: when the two were not measured on the same data set, read in the same way.
    public init(
        _ a: ComparedVersion, _ b: ComparedVersion, alpha: Double, basis: ResamplingBasis? = nil
    ) throws(ComparisonError) {
        try Self.check(a, b)
        exampleCount = a.measurements.exampleCount
        disagreement = Self.disagreement(a.measurements, b.measurements)
        let metrics = a.measurements.repeats[0].metrics.map(\.metric)
        let resampled = basis.flatMap {
            ResampledErrors(metrics, a.measurements, b.measurements, $0)
        }
        rows = metrics.flatMap { metric in
            Self.rows(of: metric, a.measurements, b.measurements, resampled, alpha)
        }
        slices =
            basis.map {
                SliceComparison(a.measurements, b.measurements, $0.examples, alpha).slices
            } ?? []
    }

    private static func disagreement(_ a: Measurements, _ b: Measurements) -> PairedProportions? {
        let pair = ExamplePairs(.correct, a.repeats[0].examples, b.repeats[0].examples)
        guard let pair, pair.isRightOrWrong else { return nil }
        return PairedProportions(a: pair.a, b: pair.b)
    }

    private static func check(_ a: ComparedVersion, _ b: ComparedVersion) throws(ComparisonError) {
        guard a.basis.dataset == b.basis.dataset else {
            throw ComparisonError(
                "\(a.number) was evaluated on the data set \(a.basis.dataset.short), \(b.number) on "
                    + "\(b.basis.dataset.short); numbers from different data sets are never "
                    + "compared. Evaluate one of them again on the other's data set.")
        }
        guard a.basis == b.basis else {
            throw ComparisonError(
                "\(a.number) was evaluated as \(a.basis.task) on the column "
                    + "'\(a.basis.labelColumn)', \(b.number) as \(b.basis.task) on "
                    + "'\(b.basis.labelColumn)'. Evaluate one of them again on the same suite.")
        }
        guard a.measurements.exampleCount == b.measurements.exampleCount else {
            throw ComparisonError(
                "\(a.number) has \(a.measurements.exampleCount) examples, \(b.number) "
                    + "\(b.measurements.exampleCount), though of the same data set. Evaluate both "
                    + "again.")
        }
    }

    private static func rows(
        of metric: EvaluationMetric, _ a: Measurements, _ b: Measurements,
        _ resampled: ResampledErrors?, _ alpha: Double
    ) -> [Row] {
        let (left, right) = (a.mean(of: metric), b.mean(of: metric))
        let values = (left?.value ?? .nan, right?.value ?? .nan)
        let row = { (test: DifferenceTest?, conclusion: Conclusion) in
            Row(
                metric: metric, valueA: values.0, valueB: values.1, test: test,
                conclusion: conclusion)
        }
        guard left?.value != nil, right?.value != nil else {
            let problem = left?.problem ?? right?.problem ?? "one of them was measured without it"
            return [row(nil, .untested(problem))]
        }
        let tests = DifferenceTest.tests(of: metric, a, b, resampled: resampled, alpha: alpha)
        if tests.isEmpty {
            let shortage = metric.evidence == .resampled ? resampled?.shortage : nil
            return [row(nil, shortage.map { .untested($0) } ?? untested(metric, a, b))]
        }
        return tests.map { test in
            row(test, .of(test.p, metric, difference: values.1 - values.0, alpha: alpha))
        }
    }

    private static func untested(
        _ metric: EvaluationMetric, _ a: Measurements, _ b: Measurements
    ) -> Conclusion {
        let (x, y) = (a.repeats[0].examples, b.repeats[0].examples)
        if case .likelihoods = metric.quantity, x.tokenCount != y.tokenCount {
            return .untested("the versions cut the texts into different numbers of tokens")
        }
        return .untested("a test of it needs a suite that repeats")
    }
}

extension VersionComparison.Conclusion {
    /// - Parameter difference: b − a.
    static func of(
        _ p: Double, _ metric: EvaluationMetric, difference: Double, alpha: Double
    ) -> VersionComparison.Conclusion {
        guard p < alpha, difference != 0 else { return .noDifferenceShown }
        switch metric.direction {
        case .higher: return difference > 0 ? .bIsBetter : .aIsBetter
        case .lower: return difference < 0 ? .bIsBetter : .aIsBetter
        case .none: return difference > 0 ? .bIsLarger : .aIsLarger
        }
    }
}

/// One side of a comparison.
public struct ComparedVersion: Sendable {
    public let number: VersionNumber
    /// On which it was measured.
    public let suite: EvaluationSuite
    public let measurements: Measurements

    public var basis: EvaluationSuite.Basis { suite.basis }

    public init(number: VersionNumber, suite: EvaluationSuite, measurements: Measurements) {
        (self.number, self.suite, self.measurements) = (number, suite, measurements)
    }
}

/// Two versions cannot be compared; the text says what was measured on what.
public struct ComparisonError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
