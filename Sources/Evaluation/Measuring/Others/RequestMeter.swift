import Metrics
import Statistics

/// Requests that were served: latencies in milliseconds, errors, throughput.
struct RequestMeter: TaskMeter {
    private var serving = Guarded(Serving())

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {}

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .requests(let answers) = input.block.answers else { input.wrongAnswers() }
        serving.add { (serving) throws(MetricError) in
            try answers.latencies.withView { (latencies) throws(MetricError) in
                try answers.failed.withView { (failed) throws(MetricError) in
                    // Starts come in seconds; the accumulator has one unit for both.
                    let starts = answers.starts.map { $0.map { $0 * 1_000 } }
                    try Self.withView(answers.tokenCounts) { (tokens) throws(MetricError) in
                        try Self.withView(starts) { (starts) throws(MetricError) in
                            try serving.add(
                                latencies: latencies, failed: failed, tokenCounts: tokens,
                                starts: starts)
                        }
                    }
                }
            }
        }
        columns.set(.latency) { .float64(answers.latencies) }
        columns.set(.failed) { .bits(ExampleBits(answers.failed)) }
    }

    private static func withView<Value>(
        _ column: [Value]?, _ body: (ColumnView<Value>?) throws(MetricError) -> Void
    ) throws(MetricError) {
        guard let column else { return try body(nil) }
        try column.withView { (view) throws(MetricError) in try body(view) }
    }

    mutating func merge(_ other: RequestMeter) { serving.merge(other.serving) }

    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        // Sorted once for all percentiles.
        let sorted = Result { () throws(MetricError) in
            try serving.get().latencies()
        }
        return metrics.map { metric in
            guard case .requests(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of requests")
            }
            return MetricValue(
                metric,
                serving.value(orUndefined: "no time went by") { (serving) throws(MetricError) in
                    try quantity.value(of: serving) { () throws(MetricError) in try sorted.get() }
                })
        }
    }
}

extension RequestQuantity {
    fileprivate func value(
        of serving: Serving, _ latencies: () throws(MetricError) -> Quantiles
    ) throws(MetricError) -> Double? {
        switch self {
        case .latency(let percentile, let isNearestRank):
            isNearestRank
                ? try latencies().nearestRank(percentile / 100)
                : try latencies().linear(percentile / 100)
        case .meanLatency: try serving.meanLatency
        case .maxLatency: try latencies().maximum
        case .errorRate: try serving.errorRate
        case .requestsPerSecond:
            try serving.requestsPerSecond(wallSeconds: try serving.wallTime / 1_000)
        case .tokensPerSecond:
            try serving.tokensPerSecond(wallSeconds: try serving.wallTime / 1_000)
        }
    }
}
