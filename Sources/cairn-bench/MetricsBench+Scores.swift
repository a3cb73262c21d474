import Metrics
import Statistics

extension MetricsBench {
    /// Probabilities against labels, and log-probabilities.
    static let scoreCases: Group = [
        "logloss2": { bench in
            try bench.binary(LogLoss(), { try [$0.value] }) {
                (part, truth, scores) throws(MetricError) in
                try part.add(truth: truth, scores: scores)
            }
        },
        "brier2": { bench in
            try bench.binary(BrierScore(), { try [$0.value] }) {
                (part, truth, scores) throws(MetricError) in
                try part.add(truth: truth, scores: scores)
            }
        },
        "ece15": { bench in
            try bench.binary(Calibration(binCount: 15), { try [$0.expectedError] }) {
                (part, truth, scores) throws(MetricError) in
                try part.add(truth: truth, scores: scores)
            }
        },
        "logloss10": { bench in
            try bench.rows(LogLoss(), { try [$0.value] }) {
                (part, truth, rows) throws(MetricError) in
                try part.add(truth: truth, rows: rows, width: 10)
            }
        },
        "top5": { bench in
            try bench.rows(TopK(5), { try [$0.value] }) { (part, truth, rows) throws(MetricError) in
                try part.add(truth: truth, rows: rows, width: 10)
            }
        },
        "perplexity": { bench in
            let column = try bench.column("logprob.f32", of: Float.self)
            return Case(byteCount: 4 * column.count) {
                let view = ScoreView.float32(column.view)
                let blocks = Blocks(count: view.count, workers: bench.workers, leastPerWorker: 3)
                return [
                    try blocks.reduce(into: LanguageModel()) { (part, range) throws(MetricError) in
                        try part.add(tokens: view[range])
                    }.perplexity
                ]
            }
        },
    ]

    private func binary<Part: Accumulator>(
        _ empty: Part, _ values: @escaping (Part) throws -> [Double],
        _ add: @escaping @Sendable (inout Part, LabelView, ScoreView) throws(MetricError) -> Void
    ) throws -> Case {
        let truth = try column("y2.i32", of: Int32.self)
        let scores = try column("p2.f32", of: Float.self)
        return Case(byteCount: 8 * truth.count) {
            let (y, p) = (LabelView.int32(truth.view), ScoreView.float32(scores.view))
            let blocks = Blocks(count: y.count, workers: workers, leastPerWorker: 2)
            return try values(
                blocks.reduce(into: empty) { (part, range) throws(MetricError) in
                    try add(&part, y[range], p[range])
                })
        }
    }

    private func rows<Part: Accumulator>(
        _ empty: Part, _ values: @escaping (Part) throws -> [Double],
        _ add: @escaping @Sendable (inout Part, LabelView, ScoreView) throws(MetricError) -> Void
    ) throws -> Case {
        let truth = try column("y.i32", of: Int32.self)
        let scores = try column("rows.f32", of: Float.self)
        return Case(byteCount: 44 * truth.count) {
            let (y, p) = (LabelView.int32(truth.view), ScoreView.float32(scores.view))
            let blocks = Blocks(count: y.count, workers: workers)
            return try values(
                blocks.reduce(into: empty) { (part, range) throws(MetricError) in
                    try add(&part, y[range], p.rows(range, width: 10))
                })
        }
    }
}
