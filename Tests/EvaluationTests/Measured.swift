import CairnCore
import Evaluation

/// Measurements made up for tests of judging: no model was asked.
enum Measured {
    /// One run with these examples right, and the accuracy that follows.
    static func correct(_ right: [Bool]) -> Measurements {
        let values = right.map { $0 ? 1.0 : 0.0 }
        let accuracy = values.reduce(0, +) / Double(values.count)
        return Measurements([
            Measurement(
                metrics: [MetricValue(.accuracy, .value(accuracy))],
                examples: ExampleResults(count: values.count, columns: [.correct: values]))
        ])!
    }

    /// `common` examples right in both, then those right in one only, then `wrong` in both.
    static func pair(common: Int, onlyA: Int, onlyB: Int, wrong: Int = 0) -> (
        a: Measurements, b: Measurements
    ) {
        let block = { (count: Int, value: Bool) in Array(repeating: value, count: count) }
        return (
            correct(block(common + onlyA, true) + block(onlyB + wrong, false)),
            correct(
                block(common, true) + block(onlyA, false) + block(onlyB, true)
                    + block(wrong, false))
        )
    }

    static func losses(_ metric: EvaluationMetric, _ values: [Double], tokens: Int? = nil)
        -> Measurements
    {
        let mean = values.reduce(0, +) / Double(values.count)
        return Measurements([
            Measurement(
                metrics: [MetricValue(metric, .value(mean))],
                examples: ExampleResults(
                    count: values.count, columns: [metric.column!: values], tokenCount: tokens))
        ])!
    }

    static func repeats(_ metric: EvaluationMetric, _ values: [Double]) -> Measurements {
        Measurements(
            values.map { value in
                Measurement(
                    metrics: [MetricValue(metric, .value(value))],
                    examples: ExampleResults(count: 10, columns: [:]))
            })!
    }

    static func suite(
        task: EvaluationTask = .multiclass, gates: [SuiteGate], repeats: Int = 1,
        dataset: UInt8 = 1
    ) throws -> EvaluationSuite {
        try EvaluationSuite(
            name: ModelName("s"), model: ModelName("m"), dataset: Digest(of: [dataset]), task: task,
            gates: gates, repeats: repeats)
    }
}
