import Metrics
import Statistics

/// Regressions.
struct NumberMeter: TaskMeter {
    private(set) var sums: Guarded<RegressionSums>?
    private(set) var percentages: Guarded<PercentageErrors>?
    private(set) var logarithms: Guarded<LogErrors>?
    private(set) var pinballs: [Double: Guarded<PinballLoss>] = [:]
    private(set) var ranks: Guarded<RegressionRanks>?

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        for case .numbers(let quantity) in metrics.map(\.quantity) {
            switch quantity {
            case .mse, .rmse, .mae, .maxError, .meanError, .r2, .explainedVariance, .pearson,
                .concordance:
                sums = Guarded(RegressionSums())
            case .mape, .smape: percentages = Guarded(PercentageErrors())
            case .msle: logarithms = Guarded(LogErrors())
            case .pinball(let quantile):
                pinballs[quantile] = Guarded(PinballLoss(quantile: quantile))
            case .medianAE, .spearman, .kendallTauB: ranks = Guarded(RegressionRanks())
            }
        }
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .numbers(let predicted) = input.block.answers,
            case .numbers(let all) = input.truth
        else { input.wrongAnswers() }
        let truth = input.gather(all)
        input.withWeights { weights in
            truth.withView { truth in
                predicted.withView { predicted in add(.float64(truth), predicted, weights) }
            }
        }
        Self.describe(truth, predicted, &columns)
    }

    private mutating func add(
        _ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>?
    ) {
        sums?.add { (sums) throws(MetricError) in
            try sums.add(truth: truth, predicted: predicted, weights: weights)
        }
        percentages?.add { (errors) throws(MetricError) in
            try errors.add(truth: truth, predicted: predicted, weights: weights)
        }
        logarithms?.add { (errors) throws(MetricError) in
            try errors.add(truth: truth, predicted: predicted, weights: weights)
        }
        for quantile in pinballs.keys {
            pinballs[quantile]?.add { (pinball) throws(MetricError) in
                try pinball.add(truth: truth, predicted: predicted, weights: weights)
            }
        }
        ranks?.add { (ranks) throws(MetricError) in
            try ranks.add(truth: truth, predicted: predicted, weights: weights)
        }
    }

    mutating func merge(_ other: NumberMeter) {
        sums.merge(other.sums)
        percentages.merge(other.percentages)
        logarithms.merge(other.logarithms)
        pinballs.mergeEach(other.pinballs)
        ranks.merge(other.ranks)
    }
}
