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
        case untested(String)
    }

    public let rows: [Row]
    /// Right answers of one version alone; `nil` outside tasks with right and wrong.
    public let disagreement: PairedProportions?
    public let exampleCount: Int

    /// - Parameters:
    ///   - alpha: of each test, in (0, 1).
    /// - Throws: when the two were not measured on the same data set, read in the same way.
    public init(_ a: ComparedVersion, _ b: ComparedVersion, alpha: Double) throws(ComparisonError) {
        try Self.check(a, b)
        exampleCount = a.measurements.exampleCount
        disagreement = ExamplePairs(.accuracy, a.measurements, b.measurements).map {
            PairedProportions(a: $0.a, b: $0.b)
        }
        rows = a.measurements.repeats[0].metrics.map(\.metric).flatMap { metric in
            Self.rows(of: metric, a.measurements, b.measurements, alpha)
        }
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
        of metric: EvaluationMetric, _ a: Measurements, _ b: Measurements, _ alpha: Double
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
        let tests = DifferenceTest.tests(of: metric, a, b, alpha: alpha)
        if tests.isEmpty { return [row(nil, untested(metric, a, b))] }
        return tests.map { row($0, conclusion($0, metric, values.1 - values.0, alpha)) }
    }

    private static func conclusion(
        _ test: DifferenceTest, _ metric: EvaluationMetric, _ difference: Double, _ alpha: Double
    ) -> Conclusion {
        guard test.p < alpha, difference != 0 else { return .noDifferenceShown }
        return (difference > 0) == metric.isHigherBetter ? .bIsBetter : .aIsBetter
    }

    private static func untested(
        _ metric: EvaluationMetric, _ a: Measurements, _ b: Measurements
    ) -> Conclusion {
        if metric.column == .negativeLogLikelihood {
            return .untested("the versions cut the texts into different numbers of tokens")
        }
        return .untested("a test of it needs a suite that repeats")
    }
}

/// One side of a comparison.
public struct ComparedVersion: Sendable {
    public let number: VersionNumber
    public let basis: EvaluationSuite.Basis
    public let measurements: Measurements

    public init(
        number: VersionNumber, basis: EvaluationSuite.Basis, measurements: Measurements
    ) {
        (self.number, self.basis, self.measurements) = (number, basis, measurements)
    }
}

/// Two versions cannot be compared; the text says what was measured on what.
public struct ComparisonError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
