import CMetrics
import CairnCore
import CairnTestKit
import Metrics
import Statistics
import Testing

/// No result depends on how many threads there are, or on what the processor can do.
@Suite(.serialized) struct SameBitsTests {
    /// More than three blocks, and not a whole number of them.
    private static let columns = RandomColumns(210_001, seed: 7)

    /// Runs under every level that this processor has and 1, 2, 3 and 7 workers; all must be equal.
    private func same(_ name: String, _ body: (_ workers: Int) throws -> [Double]) throws {
        let best = cairn_metrics_best_level()
        defer { cairn_metrics_use_level(best) }
        var first: [UInt64]?
        for level in 0...best.rawValue {
            cairn_metrics_use_level(cairn_metrics_level(level))
            for workers in [1, 2, 3, 7] {
                let values = try body(workers)
                #expect(values.allSatisfy { !$0.isNaN }, "\(name): \(values)")
                let bits = values.map(\.bitPattern)
                #expect(
                    bits == first ?? bits, "\(name), level \(level), \(workers) workers: \(values)")
                first = first ?? bits
            }
        }
    }

    private func reduced<Total: Accumulator>(
        _ empty: Total, _ workers: Int,
        _ body: @Sendable (inout Total, Range<Int>) throws(MetricError) -> Void
    ) throws -> Total {
        try Blocks(count: Self.columns.count, workers: workers).reduce(into: empty, body)
    }

    @Test func classes() throws {
        let columns = Self.columns
        try withViews(columns.truth, columns.predicted, columns.weights) {
            (truth, predicted, weights) in
            try same("matrix") { workers in
                let plain = try reduced(ClassMatrix(classCount: 10), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: .int32(truth[range]), predicted: .int32(predicted[range]))
                }
                let weighted = try reduced(ClassMatrix(classCount: 10), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(
                        truth: .int32(truth[range]), predicted: .int32(predicted[range]),
                        weights: weights?[range])
                }
                let count = try reduced(MatchCount(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: .int32(truth[range]), predicted: .int32(predicted[range]))
                }
                return [
                    try plain.accuracy, try count.accuracy, try plain.matthews,
                    try plain.kappa(.quadratic) ?? .nan, try weighted.accuracy,
                    try weighted.matthews, try weighted.balancedAccuracy ?? .nan,
                ]
            }
        }
    }

    @Test func probabilities() throws {
        let columns = Self.columns
        try withViews(columns.isPositive, columns.scores, columns.weights) {
            (truth, scores, weights) in
            let (truth, scores) = (LabelView.int32(truth), ScoreView.float32(scores))
            try same("binary") { workers in
                let loss = try reduced(LogLoss(), workers) { (part, range) throws(MetricError) in
                    try part.add(truth: truth[range], scores: scores[range])
                }
                let weighted = try reduced(LogLoss(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(
                        truth: truth[range], scores: scores[range], weights: weights?[range])
                }
                let brier = try reduced(BrierScore(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: truth[range], scores: scores[range])
                }
                let calibration = try reduced(Calibration(binCount: 15), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: truth[range], scores: scores[range])
                }
                return [
                    try loss.value, try weighted.value, try brier.value,
                    try calibration.expectedError, try calibration.rootMeanSquareError,
                ]
            }
        }
    }

    @Test func rows() throws {
        let columns = Self.columns
        try withViews(columns.truth, columns.rows, nil) { (truth, rows, _) in
            let (truth, rows) = (LabelView.int32(truth), ScoreView.float32(rows))
            try same("rows") { workers in
                let loss = try reduced(LogLoss(), workers) { (part, range) throws(MetricError) in
                    try part.add(
                        truth: truth[range], rows: rows.rows(range, width: 10), width: 10)
                }
                let brier = try reduced(BrierScore(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(
                        truth: truth[range], rows: rows.rows(range, width: 10), width: 10)
                }
                let logits = try reduced(TokenLogits(), workers) {
                    (part, range) throws(MetricError) in
                    let targets = truth[range]
                    guard case .int32(let targets) = targets else { return }
                    try part.add(
                        logits: rows.rows(range, width: 10), width: 10, targets: targets)
                }
                return [
                    try loss.value, try brier.value, try logits.crossEntropy,
                    try logits.accuracy, try logits.perplexity,
                ]
            }
        }
    }

    /// Log-probabilities of tokens, in both types.
    @Test func tokens() throws {
        let doubles = Self.columns.doubles.map { -20 * $0 }
        let floats = doubles.map(Float.init)
        let exact = -CompensatedSum(of: floats.map(Double.init)).value / Double(floats.count)
        try doubles.withView { doubles in
            try floats.withView { floats in
                try same("tokens") { workers in
                    let views = [ScoreView.float32(floats), .float64(doubles)]
                    let values = try views.map { view in
                        try reduced(LanguageModel(), workers) { (part, range) throws(MetricError) in
                            try part.add(tokens: view[range])
                        }.lossPerToken
                    }
                    #expect(abs(values[0] / exact - 1) < 1e-14)
                    return values
                }
            }
        }
    }

    @Test func order() throws {
        let columns = Self.columns
        try withViews(columns.isPositive, columns.scores, nil) { (truth, scores, _) in
            let (truth, scores) = (LabelView.int32(truth), ScoreView.float32(scores))
            try same("order") { workers in
                let ranks = try reduced(ScoreRanks(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: truth[range], scores: scores[range])
                }
                let all = try ranks.ranked(pointCountMax: 100, workers: workers)
                let points = all.points.flatMap {
                    [$0.score, $0.truePositives, $0.falsePositives]
                }
                let whole = try ScoreRanks.ranked(truth: truth, scores: scores, workers: workers)
                return [
                    all.rocAUC ?? .nan, all.averagePrecision ?? .nan,
                    all.trapezoidPrecisionRecallAUC ?? .nan, all.kolmogorovSmirnov ?? .nan,
                    all.bestF1?.value ?? .nan, all.bestF1?.threshold ?? .nan,
                    try ranks.rocAUC(workers: workers) ?? .nan, whole.averagePrecision ?? .nan,
                ] + points
            }
        }
    }

    @Test func numbers() throws {
        let columns = Self.columns
        try withViews(columns.numbers, columns.guesses, columns.weights) {
            (truth, predicted, weights) in
            let (truth, predicted) = (ScoreView.float64(truth), ScoreView.float64(predicted))
            try same("regression") { workers in
                let sums = try reduced(RegressionSums(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: truth[range], predicted: predicted[range])
                }
                let ranks = try reduced(RegressionRanks(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(truth: truth[range], predicted: predicted[range])
                }
                let logs = try reduced(LogErrors(), workers) {
                    (part, range) throws(MetricError) in
                    try part.add(
                        truth: truth[range], predicted: predicted[range], weights: weights?[range])
                }
                return [
                    try sums.meanSquaredError, try sums.meanAbsoluteError,
                    try sums.rSquared ?? .nan, try sums.explainedVariance ?? .nan,
                    try sums.pearson ?? .nan, try sums.concordance ?? .nan, try sums.bias ?? .nan,
                    try ranks.spearman(workers: workers) ?? .nan,
                    try ranks.kendallTauB(workers: workers) ?? .nan,
                    try ranks.medianAbsoluteError(workers: workers),
                    try logs.meanSquaredLogError ?? .nan,
                ]
            }
        }
    }

    @Test func quantiles() throws {
        let (numbers, guesses) = (Self.columns.numbers, Self.columns.guesses)
        try same("stability") { workers in
            let stability = PopulationStability(
                reference: numbers, current: guesses, workers: workers)
            return stability.edges + [stability.index ?? .nan]
        }
    }

    /// White space of every kind, words longer than eight bytes, and texts longer than 64.
    @Test func words() throws {
        var random = SeededRandom(seed: 8)
        let spaces: [UInt8] = [0x09, 0x0A, 0x0D, 0x1C, 0x1F, 0x20, 0x20, 0x20, 0x20]
        let others: [UInt8] = [0x08, 0x0E, 0x1B, 0x21, 0x61, 0x62, 0x62, 0x62, 0x7F]
        let texts = (0..<400).map { length in
            String(
                decoding: (0..<length).map { _ in
                    (Int.random(in: 0..<6, using: &random) == 0 ? spaces : others)
                        .randomElement(using: &random) ?? 0x20
                }, as: UTF8.self)
        }
        let counts = texts.map { text in
            text.utf8.split(whereSeparator: spaces.contains).count
        }
        let pairs = try TextPairs(
            hypotheses: Texts(texts),
            references: TextLists(Texts(texts.map { "b \($0) ab" })))
        try same("words") { workers in
            var errors = WordErrors()
            try errors.add(pairs, workers: workers)
            #expect(errors.examples.map { Int($0.hypothesisCount) } == counts)
            return [try errors.sum.errorRate, Double(errors.sum.hits)]
        }
    }
}
