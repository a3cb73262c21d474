import Metrics
import Statistics

/// Multiple choice.
struct ChoiceMeter: TaskMeter {
    private var choices = Guarded(MultipleChoice())
    private let wantsNormalized: Bool

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        wantsNormalized = metrics.contains { $0.quantity == .choices(.normalizedAccuracy) }
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .choices(let answers) = input.block.answers,
            case .choices(let allGold, let allLengths) = input.truth
        else { input.wrongAnswers() }
        let gold = input.gather(allGold)
        // The predictions' own lengths go before those of the data set's texts.
        let lengths =
            wantsNormalized ? answers.lengths ?? allLengths.map { input.gather($0) } : nil
        let hits = Each(answers.logLikelihoods, nil, gold)
        let normalized = lengths.map { Each(answers.logLikelihoods, $0, gold) }
        input.withWeights { weights in
            gold.withView { gold in
                answers.logLikelihoods.withView { likelihoods in
                    choices.add { (choices) throws(MetricError) in
                        guard let lengths else {
                            return try choices.add(
                                logLikelihoods: likelihoods, lengths: nil, gold: gold,
                                weights: weights)
                        }
                        try lengths.withView { (lengths) throws(MetricError) in
                            try choices.add(
                                logLikelihoods: likelihoods, lengths: lengths, gold: gold,
                                weights: weights)
                        }
                    }
                }
            }
        }
        columns.set(.correct) { hits.values.map { .bits($0) } }
        columns.set(ExampleColumn("acc_norm")) { normalized?.values.map { .bits($0) } }
    }

    /// 1 for each question that is answered right, else 0.
    private struct Each {
        /// `nil` where a question is malformed; the metric says how.
        private(set) var values: [Double]?

        init(
            _ likelihoods: ListColumn<Double>, _ lengths: ListColumn<Int32>?, _ gold: [Int32]
        ) {
            do throws(MetricError) {
                try likelihoods.withView { (likelihoods) throws(MetricError) in
                    try gold.withView { (gold) throws(MetricError) in
                        guard let lengths else {
                            values = try MultipleChoice.each(
                                logLikelihoods: likelihoods, lengths: nil, gold: gold)
                            return
                        }
                        try lengths.withView { (lengths) throws(MetricError) in
                            values = try MultipleChoice.each(
                                logLikelihoods: likelihoods, lengths: lengths, gold: gold)
                        }
                    }
                }
            } catch {
                values = nil
            }
        }
    }

    mutating func merge(_ other: ChoiceMeter) { choices.merge(other.choices) }

    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        metrics.map { metric in
            guard case .choices(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of choices")
            }
            return MetricValue(
                metric,
                choices.value(orUndefined: "") { (choices) throws(MetricError) in
                    switch quantity {
                    case .accuracy: try choices.accuracy
                    case .normalizedAccuracy: try choices.normalizedAccuracy
                    }
                })
        }
    }
}
