import Statistics

/// All that one set of predictions says: metrics, the confusion matrix, the result of each example.
public struct Measurement: Sendable, Equatable {
    public let metrics: [MetricValue]
    /// Rows of truth, row by row, in the order of `labels`; both empty outside classification.
    public let confusion: [UInt64]
    public let labels: [String]
    public let examples: ExampleResults

    public init(
        metrics: [MetricValue], labels: [String] = [], confusion: [UInt64] = [],
        examples: ExampleResults
    ) {
        (self.metrics, self.labels, self.confusion) = (metrics, labels, confusion)
        self.examples = examples
    }

    public subscript(metric: EvaluationMetric) -> MetricValue? {
        metrics.first { $0.metric == metric }
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

    public var exampleCount: Int { repeats[0].examples.count }

    /// The values of a metric over the repeats; `nil` when one of them has none.
    public func values(of metric: EvaluationMetric) -> [Double]? {
        let values = repeats.compactMap { $0[metric]?.value }
        return values.count == repeats.count ? values : nil
    }

    /// The mean of a metric over the repeats.
    public func mean(of metric: EvaluationMetric) -> MetricValue? {
        guard let values = values(of: metric) else {
            return repeats.compactMap { $0[metric] }.first { $0.problem != nil }
        }
        if values.count == 1 { return MetricValue(metric, .value(values[0])) }
        return MetricValue(
            metric, .value(CompensatedSum(of: values).value / Double(values.count)))
    }
}
