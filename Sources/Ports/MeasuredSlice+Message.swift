import Evaluation
import Messages

extension MetricValue {
    /// - Parameter exampleCount: of the examples that it was measured on.
    public func message(exampleCount: Int) -> MetricResult {
        MetricResult(
            name: metric.name, value: value ?? .nan, problem: problem ?? "",
            exampleCount: UInt64(exampleCount))
    }

    /// - Throws: where the task has no such metric.
    public init(_ message: MetricResult, of task: EvaluationTask) throws(SuiteError) {
        self.init(
            try EvaluationMetric(named: message.name, of: task),
            message.problem.isEmpty ? .value(message.value) : .problem(message.problem))
    }
}

extension MeasuredSlice {
    public var message: SliceResult {
        SliceResult(
            column: column, value: value, exampleCount: UInt64(exampleCount),
            metrics: metrics.map { $0.message(exampleCount: exampleCount) })
    }

    public init(_ message: SliceResult, of task: EvaluationTask) throws(SuiteError) {
        var metrics: [MetricValue] = []
        for metric in message.metrics { metrics.append(try MetricValue(metric, of: task)) }
        self.init(
            column: message.column, value: message.value,
            exampleCount: Int(message.exampleCount), metrics: metrics)
    }
}
