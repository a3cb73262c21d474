/// One metric of one evaluation: a number, or why there is none.
public struct MetricValue: Sendable, Equatable {
    public let metric: EvaluationMetric
    public let result: Result

    public enum Result: Sendable, Equatable {
        case value(Double)
        /// "undefined: …", "insufficient data: …".
        case problem(String)
    }

    public init(_ metric: EvaluationMetric, _ result: Result) {
        (self.metric, self.result) = (metric, result)
    }

    public var value: Double? { if case .value(let value) = result { value } else { nil } }
    public var problem: String? { if case .problem(let text) = result { text } else { nil } }
}
