/// Which columns of examples are kept: those from which the metrics that are means follow, and those
/// by which others can be measured again on resamples.
struct ExamplePlan: Sendable, Equatable {
    let columns: Set<ExampleColumn>

    /// - Parameters:
    ///   - gated: metrics that gates hold against other versions; for these more is kept.
    init(_ metrics: [EvaluationMetric], gated: [EvaluationMetric], task: EvaluationTask) {
        var columns = Set<ExampleColumn>()
        for metric in metrics {
            switch metric.evidence {
            case .mean(let column): columns.formUnion(Self.kept(for: column, metric.quantity, task))
            case .resampled: columns.formUnion(Self.answers(for: metric.quantity, task))
            case .repeatsOnly: continue
            }
        }
        for metric in gated {
            // A confidence a row costs more than all else, and only these metrics need it.
            if case .classes(.calibration) = metric.quantity, !task.isBinary {
                columns.formUnion([.confidence, .correct])
            }
        }
        // Right and wrong are always shown, where there is such a thing.
        if task.isClassification { columns.insert(.correct) }
        self.columns = columns
    }

    private static func kept(
        for column: ExampleColumn, _ quantity: MetricQuantity, _ task: EvaluationTask
    ) -> Set<ExampleColumn> {
        switch quantity {
        case .classes(.logLoss): return [task.isBinary ? .signedScore : .truthProbability]
        case .classes(.brier): return [task.isBinary ? .signedScore : .brier]
        case .numbers(.mse), .numbers(.mae), .numbers(.meanError), .numbers(.pinball):
            return [.error]
        case .likelihoods(.crossEntropy), .likelihoods(.bitsPerToken), .likelihoods(.bitsPerByte):
            return [.textLoss]
        case .classes, .labelSets, .numbers, .likelihoods, .choices, .texts, .rankings, .trials,
            .requests:
            return [column]
        }
    }

    /// What a metric can be measured again from.
    static func answers(for quantity: MetricQuantity, _ task: EvaluationTask) -> Set<ExampleColumn>
    {
        switch quantity {
        case .classes(let quantity):
            switch quantity {
            case .curve: [.signedScore]
            case .calibration: task.isBinary ? [.signedScore] : []
            case .accuracy, .balancedAccuracy, .score, .outcome, .matthews, .kappa: [.predicted]
            case .logLoss, .brier, .topK, .classCurve: []
            }
        case .labelSets: Set(LabelSetMeter.outcomeColumns)
        case .numbers(.spearman), .numbers(.kendallTauB): [.predictedNumber]
        case .numbers: [.error]
        case .likelihoods(let quantity):
            switch quantity {
            case .tokenAccuracy: [.tokens, .correctTokens]
            case .bytePerplexity: [.textLoss, .bytes]
            case .wordPerplexity: [.textLoss, .words]
            case .crossEntropy, .perplexity, .bitsPerToken, .bitsPerByte, .documentPerplexity,
                .exactMatch:
                [.textLoss, .tokens]
            }
        case .texts(let quantity): Set(quantity.corpus?.columns ?? [])
        case .requests: [.latency]
        case .choices, .rankings, .trials: []
        }
    }
}

extension EvaluationTask {
    var isBinary: Bool { if case .binary = self { true } else { false } }
}
