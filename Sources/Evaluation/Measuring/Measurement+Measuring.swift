extension Measurement {
    /// Computes metrics from predictions.
    ///
    /// - Parameters:
    ///   - metrics: of `task`, in the order in which they are to be shown.
    ///   - predictions: of these examples, read for this task.
    ///   - workerCount: threads; the numbers are the same bits for any.
    public init(
        _ metrics: [EvaluationMetric], task: EvaluationTask, examples: Examples,
        predictions: Predictions, workerCount: Int
    ) {
        let blocks = ExampleBlocks(count: examples.count, workerCount: workerCount)
        switch (predictions, examples.truth) {
        case (.classes(let classes), _):
            let measured = MeasuredClasses(classes, task: task, blocks)
            self.init(
                metrics: metrics.map { MetricValue($0, measured[$0]) }, labels: measured.labels,
                confusion: measured.counts.matrix, examples: measured.examples)
        case (.numbers(let predicted), .numbers(let truth)):
            let measured = MeasuredNumbers(predicted, truth: truth, blocks)
            self.init(
                metrics: metrics.map { MetricValue($0, measured[$0]) }, examples: measured.examples)
        case (.likelihoods(let texts), .texts(let truth)):
            let measured = MeasuredTexts(texts, truth: truth, blocks)
            self.init(
                metrics: metrics.map { MetricValue($0, measured[$0]) }, examples: measured.examples)
        case (.numbers, _), (.likelihoods, _):
            preconditionFailure("predictions of \(task) on examples of another task")
        }
    }
}

/// What a table of metrics says of one that is not its task's.
extension MetricValue.Result {
    static func notOf(_ task: String) -> Self { .problem("undefined: no metric of \(task)") }
}
