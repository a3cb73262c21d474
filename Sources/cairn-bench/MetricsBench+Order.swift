import Metrics
import Statistics

extension MetricsBench {
    /// What needs the order of scores or numbers.
    static let orderCases: Group = [
        "auc": { bench in
            try bench.scores { (truth, scores) in
                [try ScoreRanks.rocAUC(truth: truth, scores: scores, workers: bench.workers) ?? 0]
            }
        },
        // One pass gives all three; peers need a call for each.
        "average_precision": { bench in
            try bench.scores { (truth, scores) in
                let ranked = try ScoreRanks.ranked(
                    truth: truth, scores: scores, workers: bench.workers)
                return [
                    ranked.averagePrecision ?? 0, ranked.rocAUC ?? 0,
                    ranked.kolmogorovSmirnov ?? 0,
                ]
            }
        },
        "spearman": { bench in try bench.pairs { [$0.spearman ?? 0] } },
        "kendall": { bench in
            try bench.pairs(wantsKendall: true) { [$0.kendallTauB ?? 0] }
        },
    ]

    private func scores(
        _ values: @escaping (LabelView, ScoreView) throws -> [Double]
    ) throws -> Case {
        let truth = try column("y2.i32", of: Int32.self)
        let scores = try column("p2.f32", of: Float.self)
        return Case(byteCount: 8 * truth.count) {
            try values(.int32(truth.view), .float32(scores.view))
        }
    }

    private func pairs(
        wantsKendall: Bool = false, _ values: @escaping (PairOrder) -> [Double]
    ) throws -> Case {
        let truth = try column("t.f64", of: Double.self)
        let predicted = try column("p.f64", of: Double.self)
        return Case(byteCount: 16 * truth.count) {
            let order = PairOrder(
                [truth.view.pointer], [predicted.view.pointer], wantsKendall: wantsKendall,
                workers: workers)
            return order.map(values) ?? []
        }
    }
}
