import CairnTestKit
import Metrics
import Testing

@Suite struct ScoreVectorTests {
    @Test(arguments: MetricCase.of("binary_probability"))
    func binaryProbability(_ test: MetricCase) {
        let truth = (test.input["y"]?.ints ?? []).map(UInt8.init)
        let scores = test.input["prob"]?.array?.map { $0[1]?.double ?? $0.double ?? .nan } ?? []
        test.check { () throws(MetricError) in
            try checkSame(truth.count, scores.count)
            return try withViews(truth, scores, test.input["weight"]?.doubles) {
                (truth, scores, weights) throws(MetricError) in
                let (truth, scores) = (LabelView.uint8(truth), ScoreView.float64(scores))
                let logLoss = try inPieces(LogLoss(), truth.count) {
                    (part, range) throws(MetricError) in
                    try part.add(
                        truth: truth[range], scores: scores[range], weights: weights?[range])
                }
                let brier = try inPieces(BrierScore(), truth.count) {
                    (part, range) throws(MetricError) in
                    try part.add(
                        truth: truth[range], scores: scores[range], weights: weights?[range])
                }
                var got = try Self.areas(truth, scores, weights)
                got["log_loss"] = try logLoss.value
                got["brier"] = try brier.value
                for bins in [10, 15] {
                    let calibration = try inPieces(Calibration(binCount: bins), truth.count) {
                        (part, range) throws(MetricError) in
                        try part.add(truth: truth[range], scores: scores[range])
                    }
                    got["ece_l1_\(bins)"] = try calibration.expectedError
                    got["ece_l2_\(bins)"] = try calibration.rootMeanSquareError
                    got["ece_max_\(bins)"] = try calibration.maximumError
                }
                return got
            }
        }
    }

    static func areas(
        _ truth: LabelView, _ scores: ScoreView, _ weights: ColumnView<Double>?
    ) throws(MetricError) -> [String: Double?] {
        let ranked = try inPieces(ScoreRanks(), truth.count) { (part, range) throws(MetricError) in
            try part.add(truth: truth[range], scores: scores[range], weights: weights?[range])
        }.ranked()
        return [
            "roc_auc": ranked.rocAUC, "gini": ranked.gini,
            "average_precision": ranked.averagePrecision,
            "pr_auc_trapezoid": ranked.trapezoidPrecisionRecallAUC,
            "ks": ranked.kolmogorovSmirnov, "best_f1": ranked.bestF1?.value,
            "best_f1_threshold": ranked.bestF1?.threshold, "mann_whitney_u": ranked.orderedPairs,
        ]
    }

    @Test(arguments: MetricCase.of("binary_score"))
    func binaryScore(_ test: MetricCase) {
        let truth = (test.input["y"]?.ints ?? []).map(UInt8.init)
        test.check { () throws(MetricError) in
            try withViews(truth, test.input["score"]?.doubles ?? [], nil) {
                (truth, scores, _) throws(MetricError) in
                try Self.areas(.uint8(truth), .float64(scores), nil)
            }
        }
    }

    @Test(arguments: MetricCase.of("multiclass_probability"))
    func multiclassProbability(_ test: MetricCase) {
        let truth = (test.input["y"]?.ints ?? []).map(UInt8.init)
        let rows = test.input["prob"]?.array?.map { $0.doubles ?? [] } ?? []
        test.check { () throws(MetricError) in
            try withViews(truth, Array(rows.joined()), nil) {
                (truth, scores, _) throws(MetricError) in
                try Self.metrics(.uint8(truth), .float64(scores), width: rows[0].count)
            }
        }
    }

    private static func metrics(
        _ truth: LabelView, _ rows: ScoreView, width: Int
    ) throws(MetricError) -> [String: Double?] {
        let count = truth.count
        let logLoss = try inPieces(LogLoss(), count) { (part, range) throws(MetricError) in
            try part.add(truth: truth[range], rows: rows.rows(range, width: width), width: width)
        }
        let brier = try inPieces(BrierScore(), count) { (part, range) throws(MetricError) in
            try part.add(truth: truth[range], rows: rows.rows(range, width: width), width: width)
        }
        let ranks = try inPieces(MulticlassRanks(width: width), count) {
            (part, range) throws(MetricError) in
            try part.add(truth: truth[range], rows: rows.rows(range, width: width))
        }
        let areas = try ranks.oneVersusRest()
        var got: [String: Double?] = [
            "log_loss": try logLoss.value, "brier": try brier.value,
            "roc_auc_ovr_macro": areas.rocAUCMacro, "roc_auc_ovr_weighted": areas.rocAUCWeighted,
            "average_precision_macro": areas.averagePrecisionMacro,
            "roc_auc_ovo_macro": try ranks.oneVersusOne(),
        ]
        for k in 1...5 {
            let top = try inPieces(TopK(k), count) { (part, range) throws(MetricError) in
                try part.add(
                    truth: truth[range], rows: rows.rows(range, width: width), width: width)
            }
            got["top_\(k)"] = try top.value
        }
        for bins in [10, 15] {
            let calibration = try inPieces(Calibration(binCount: bins), count) {
                (part, range) throws(MetricError) in
                try part.add(
                    truth: truth[range], rows: rows.rows(range, width: width), width: width)
            }
            got["ece_l1_\(bins)"] = try calibration.expectedError
            got["ece_max_\(bins)"] = try calibration.maximumError
        }
        return got
    }
}
