import Metrics

extension NumberMeter {
    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        metrics.map { metric in
            guard case .numbers(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of numbers")
            }
            return MetricValue(metric, result(quantity, finish.workerCount))
        }
    }

    private func result(_ quantity: NumberQuantity, _ workers: Int) -> MetricValue.Result {
        let result: MetricValue.Result? =
            switch quantity {
            case .mse, .rmse, .mae, .maxError, .meanError, .r2, .explainedVariance, .pearson,
                .concordance:
                sums?.value(orUndefined: quantity.undefined) { (sums) throws(MetricError) in
                    try Self.value(quantity, sums)
                }
            case .mape:
                percentages?.value(orUndefined: quantity.undefined) { (e) throws(MetricError) in
                    try e.meanAbsolutePercentageError
                }
            case .smape:
                percentages?.value(orUndefined: quantity.undefined) { (e) throws(MetricError) in
                    try e.symmetricPercentageError
                }
            case .msle:
                logarithms?.value(orUndefined: quantity.undefined) { (e) throws(MetricError) in
                    try e.meanSquaredLogError
                }
            case .pinball(let quantile):
                pinballs[quantile]?.value(orUndefined: quantity.undefined) {
                    (loss) throws(MetricError) in try loss.value
                }
            case .medianAE:
                ranks?.value(orUndefined: quantity.undefined) { (ranks) throws(MetricError) in
                    try ranks.medianAbsoluteError(workers: workers)
                }
            case .spearman:
                ranks?.value(orUndefined: quantity.undefined) { (ranks) throws(MetricError) in
                    try ranks.spearman(workers: workers)
                }
            case .kendallTauB:
                ranks?.value(orUndefined: quantity.undefined) { (ranks) throws(MetricError) in
                    try ranks.kendallTauB(workers: workers)
                }
            }
        return result ?? .insufficientData("it was not measured")
    }

    private static func value(_ quantity: NumberQuantity, _ sums: RegressionSums)
        throws(MetricError) -> Double?
    {
        switch quantity {
        case .mse: try sums.meanSquaredError
        case .rmse: try sums.rootMeanSquaredError
        case .mae: try sums.meanAbsoluteError
        case .maxError: try sums.maximumError
        case .meanError: try sums.bias
        case .r2: try sums.rSquared
        case .explainedVariance: try sums.explainedVariance
        case .pearson: try sums.pearson
        case .concordance: try sums.concordance
        case .medianAE, .mape, .smape, .msle, .pinball, .spearman, .kendallTauB: nil
        }
    }
}

extension NumberQuantity {
    /// Why there is no value where there is none.
    fileprivate var undefined: String {
        switch self {
        case .r2: "it needs two examples, and numbers whose squares are numbers"
        case .pearson, .spearman, .kendallTauB, .concordance:
            "truth or predictions are all the same"
        case .msle: "a number is −1 or less"
        case .mse, .rmse, .mae, .medianAE, .maxError, .meanError, .explainedVariance, .mape,
            .smape, .pinball:
            "the errors are beyond the range of numbers"
        }
    }
}
