import Statistics

/// All that one set of predictions says: metrics, the confusion matrix, the result of each example.
public struct Measurement: Sendable, Equatable {
    public let metrics: [MetricValue]
    /// Rows of truth, row by row, in the order of `labels`; both empty outside classification. For
    /// multilabel tasks four numbers a label: true negatives, false positives, false negatives, true
    /// positives.
    public let confusion: [UInt64]
    public let labels: [String]
    public let examples: ExampleResults
    /// Column by column of the suite, value by value.
    public let slices: [MeasuredSlice]
    public let skipped: SkippedRows

    public init(
        metrics: [MetricValue], labels: [String] = [], confusion: [UInt64] = [],
        examples: ExampleResults, slices: [MeasuredSlice] = [],
        skipped: SkippedRows = SkippedRows()
    ) {
        (self.metrics, self.labels, self.confusion) = (metrics, labels, confusion)
        (self.examples, self.slices, self.skipped) = (examples, slices, skipped)
    }

    public subscript(metric: EvaluationMetric) -> MetricValue? {
        metrics.first { $0.metric == metric }
    }
}

/// The metrics of the examples that have one value in one column of the data set.
public struct MeasuredSlice: Sendable, Equatable {
    public let column: String
    public let value: String
    /// Examples that were answered.
    public let exampleCount: Int
    public let metrics: [MetricValue]

    public init(column: String, value: String, exampleCount: Int, metrics: [MetricValue]) {
        (self.column, self.value) = (column, value)
        (self.exampleCount, self.metrics) = (exampleCount, metrics)
    }

    public subscript(metric: EvaluationMetric) -> MetricValue? {
        metrics.first { $0.metric == metric }
    }
}

/// Rows of predictions that were left out because something was wrong with them.
public struct SkippedRows: Sendable, Equatable {
    public static let describedMax = 20

    public var count = 0
    /// What was wrong where, of the first ones.
    public var described: [String] = []

    public init(count: Int = 0, described: [String] = []) {
        (self.count, self.described) = (count, described)
    }
}

/// What a version did on a suite, over all repeats.
public struct Measurements: Sendable, Equatable {
    /// 1 or more, each on the same examples.
    public let repeats: [Measurement]

    /// - Returns: `nil` without any.
    public init?(_ repeats: [Measurement]) {
        if repeats.isEmpty { return nil }
        self.repeats = repeats
    }

    /// Of the data set.
    public var exampleCount: Int { repeats[0].examples.count }
    /// Of the first repeat; fewer than all only where bad rows were left out.
    public var answeredCount: Int { repeats[0].examples.present?.trueCount ?? exampleCount }

    /// The mean over the repeats of each metric of each slice.
    public var slices: [MeasuredSlice] {
        repeats[0].slices.enumerated().map { place, first in
            let others = repeats.map {
                $0.slices.indices.contains(place) ? $0.slices[place] : first
            }
            return MeasuredSlice(
                column: first.column, value: first.value, exampleCount: first.exampleCount,
                metrics: first.metrics.map { value in
                    Self.mean(of: value.metric, others.map { $0[value.metric] }) ?? value
                })
        }
    }

    /// The values of a metric over the repeats; `nil` when one of them has none.
    public func values(of metric: EvaluationMetric) -> [Double]? {
        let values = repeats.compactMap { $0[metric]?.value }
        return values.count == repeats.count ? values : nil
    }

    /// The mean of a metric over the repeats.
    public func mean(of metric: EvaluationMetric) -> MetricValue? {
        Self.mean(of: metric, repeats.map { $0[metric] })
    }

    private static func mean(of metric: EvaluationMetric, _ results: [MetricValue?]) -> MetricValue?
    {
        let values = results.compactMap { $0?.value }
        guard values.count == results.count else {
            return results.compactMap(\.self).first { $0.problem != nil }
        }
        if values.count == 1 { return MetricValue(metric, .value(values[0])) }
        return MetricValue(
            metric, .value(CompensatedSum(of: values).value / Double(values.count)))
    }
}
