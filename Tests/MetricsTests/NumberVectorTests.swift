import CairnTestKit
import Metrics
import Testing

@Suite struct NumberVectorTests {
    @Test func theVectorsAreThere() { #expect(MetricCase.all.count > 100) }

    @Test(arguments: MetricCase.of("regression"))
    func regression(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            try withViews(
                test.input["t"]?.doubles ?? [], test.input["pred"]?.doubles ?? [],
                test.input["weight"]?.doubles
            ) { (truth, predicted, weights) throws(MetricError) in
                try checkSame(truth.count, predicted.count, weights?.count ?? truth.count)
                return try Self.metrics(.float64(truth), .float64(predicted), weights)
            }
        }
    }

    private static func metrics(
        _ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>?
    ) throws(MetricError) -> [String: Double?] {
        let count = truth.count
        let sums = try inPieces(RegressionSums(), count) { (part, range) throws(MetricError) in
            try part.add(
                truth: truth[range], predicted: predicted[range], weights: weights?[range])
        }
        // Correlations of the vectors are plain, whatever the weights.
        let plain = try inPieces(RegressionSums(), count) { (part, range) throws(MetricError) in
            try part.add(truth: truth[range], predicted: predicted[range])
        }
        let ranks = try inPieces(RegressionRanks(), count) { (part, range) throws(MetricError) in
            try part.add(
                truth: truth[range], predicted: predicted[range], weights: weights?[range])
        }
        let shares = try inPieces(PercentageErrors(), count) { (part, range) throws(MetricError) in
            try part.add(
                truth: truth[range], predicted: predicted[range], weights: weights?[range])
        }
        let logs = try inPieces(LogErrors(), count) { (part, range) throws(MetricError) in
            try part.add(
                truth: truth[range], predicted: predicted[range], weights: weights?[range])
        }
        var got: [String: Double?] = [
            "mse": try sums.meanSquaredError, "rmse": try sums.rootMeanSquaredError,
            "mae": try sums.meanAbsoluteError, "max_error": try sums.maximumError,
            "mean_error": try sums.bias, "r2": try sums.rSquared,
            "explained_variance": try sums.explainedVariance, "pearson": try plain.pearson,
            "concordance": try plain.concordance, "median_ae": try ranks.medianAbsoluteError(),
            "spearman": try ranks.spearman(), "kendall_tau_b": try ranks.kendallTauB(),
            "mape": try shares.meanAbsolutePercentageError,
            "smape": try shares.symmetricPercentageError, "msle": try logs.meanSquaredLogError,
        ]
        for quantile in [0.1, 0.5, 0.9] {
            let pinball = try inPieces(PinballLoss(quantile: quantile), count) {
                (part, range) throws(MetricError) in
                try part.add(
                    truth: truth[range], predicted: predicted[range], weights: weights?[range])
            }
            got["pinball_\(quantile)"] = try pinball.value
        }
        return got
    }
}
