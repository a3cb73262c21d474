import Metrics
import Statistics

/// Programs drawn for problems: pass@k.
struct TrialMeter: TaskMeter {
    private var passes: [Int: Guarded<PassAtK>] = [:]
    private let columns: [Int: ExampleColumn]

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        var columns: [Int: ExampleColumn] = [:]
        for metric in metrics {
            guard case .trials(let k) = metric.quantity else { continue }
            passes[k] = Guarded(PassAtK(k))
            columns[k] = metric.column
        }
        self.columns = columns
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .trials(let drawn, let passed) = input.block.answers else {
            input.wrongAnswers()
        }
        input.withWeights { weights in
            drawn.withView { drawn in
                passed.withView { passed in
                    for k in passes.keys {
                        passes[k]?.add { (pass) throws(MetricError) in
                            try pass.add(drawn: drawn, passed: passed, weights: weights)
                        }
                    }
                }
            }
        }
        for (k, column) in self.columns {
            columns.set(column) { Self.estimates(k, drawn, passed).map { .float64($0) } }
        }
    }

    /// - Returns: `nil` where too few were drawn of a problem; the metric says so.
    private static func estimates(_ k: Int, _ drawn: [Int32], _ passed: [Int32]) -> [Double]? {
        var values: [Double] = []
        do throws(MetricError) {
            for (n, c) in zip(drawn, passed) {
                values.append(try PassAtK.estimate(drawn: Int(n), passed: Int(c), k: k))
            }
        } catch {
            return nil
        }
        return values
    }

    mutating func merge(_ other: TrialMeter) { passes.mergeEach(other.passes) }

    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        metrics.map { metric in
            guard case .trials(let k) = metric.quantity, let pass = passes[k] else {
                preconditionFailure("\(metric) is no metric of programs")
            }
            return MetricValue(
                metric,
                pass.value(orUndefined: "") { (pass) throws(MetricError) in try pass.value })
        }
    }
}
