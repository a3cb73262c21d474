import Metrics
import Statistics

extension MetricsBench {
    /// Predicted numbers against true ones.
    static let numberCases: Group = [
        "mse_mae_r2": { bench in
            try bench.regression { sums in
                [
                    try sums.meanSquaredError, try sums.meanAbsoluteError,
                    try sums.rSquared ?? 0,
                ]
            }
        },
        "pearson": { bench in try bench.regression { sums in [try sums.pearson ?? 0] } },
    ]

    private func regression(
        _ values: @escaping (RegressionSums) throws -> [Double]
    ) throws -> Case {
        let truth = try column("t.f64", of: Double.self)
        let predicted = try column("p.f64", of: Double.self)
        return Case(byteCount: 16 * truth.count) {
            let (t, p) = (ScoreView.float64(truth.view), ScoreView.float64(predicted.view))
            let blocks = Blocks(count: t.count, workers: workers, leastPerWorker: 2)
            return try values(
                blocks.reduce(into: RegressionSums()) { (part, range) throws(MetricError) in
                    try part.add(truth: t[range], predicted: p[range])
                })
        }
    }
}
