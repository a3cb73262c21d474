import CairnTestKit
import Metrics
import Testing

/// Every number, or why there is none: section by section of the conventions.
@Suite struct ConventionTests {
    private static let nothing: [Double] = []

    private func refuses(_ body: () throws(MetricError) -> Void) -> Bool {
        do {
            try body()
            return false
        } catch {
            if case .invalidInput = error { return true }
            return false
        }
    }

    private func lacksData<Value>(_ body: () throws(MetricError) -> Value) -> Bool {
        do {
            _ = try body()
            return false
        } catch {
            if case .insufficientData = error { return true }
            return false
        }
    }

    @Test func nothingIsNoNumber() {
        #expect(lacksData { () throws(MetricError) in try MatchCount().accuracy })
        #expect(lacksData { () throws(MetricError) in try ClassMatrix(classCount: 2).matthews })
        #expect(lacksData { () throws(MetricError) in try ClassMatrix(classCount: 0).kappa() })
        #expect(lacksData { () throws(MetricError) in try LogLoss().value })
        #expect(lacksData { () throws(MetricError) in try BrierScore().value })
        #expect(lacksData { () throws(MetricError) in try Calibration(binCount: 3).maximumError })
        #expect(lacksData { () throws(MetricError) in try TopK(1).value })
        #expect(lacksData { () throws(MetricError) in try ScoreRanks().ranked() })
        #expect(
            lacksData { () throws(MetricError) in try MulticlassRanks(width: 2).oneVersusOne() })
        #expect(lacksData { () throws(MetricError) in try RegressionSums().bias })
        #expect(lacksData { () throws(MetricError) in try RegressionRanks().spearman() })
        #expect(lacksData { () throws(MetricError) in try PinballLoss(quantile: 0.5).value })
        #expect(lacksData { () throws(MetricError) in try LanguageModel().perplexity })
        #expect(lacksData { () throws(MetricError) in try TokenLogits().accuracy })
        #expect(lacksData { () throws(MetricError) in try MultipleChoice().accuracy })
        #expect(lacksData { () throws(MetricError) in try PassAtK(1).value })
        #expect(lacksData { () throws(MetricError) in try RankedQueries().nDCG })
        #expect(lacksData { () throws(MetricError) in try Serving().errorRate })
        #expect(
            lacksData { () throws(MetricError) in try MultilabelMatrix(labelCount: 1).hammingLoss })
    }

    @Test(arguments: [-0.1, 1.5, .nan, .infinity, -.infinity], [0, 5, 40])
    func whatIsNoProbabilityIsRefused(value: Double, place: Int) {
        var p = [Double](repeating: 0.5, count: 41)
        p[place] = value
        let y = [UInt8](repeating: 1, count: 41)
        withViews(y, p, nil) { (y, p, _) in
            let (truth, scores) = (LabelView.uint8(y), ScoreView.float64(p))
            var (logLoss, brier, bins) = (LogLoss(), BrierScore(), Calibration(binCount: 10))
            #expect(
                refuses { () throws(MetricError) in try logLoss.add(truth: truth, scores: scores) })
            #expect(
                refuses { () throws(MetricError) in try brier.add(truth: truth, scores: scores) })
            #expect(
                refuses { () throws(MetricError) in try bins.add(truth: truth, scores: scores) })
            #expect(
                refuses { () throws(MetricError) in
                    try logLoss.add(truth: truth[0..<1], rows: scores, width: 41)
                })
            // What was refused left nothing.
            #expect(logLoss == LogLoss() && brier == BrierScore())
            #expect(bins == Calibration(binCount: 10))
        }
    }

    @Test func truthsThatAreNoneAreRefused() {
        withViews([Int32(0), 2], [0.5, 0.5], nil) { (y, p, _) in
            let (truth, scores) = (LabelView.int32(y), ScoreView.float64(p))
            var (logLoss, ranks, matrix) = (LogLoss(), ScoreRanks(), ClassMatrix(classCount: 2))
            #expect(
                refuses { () throws(MetricError) in try logLoss.add(truth: truth, scores: scores) })
            #expect(
                refuses { () throws(MetricError) in try ranks.add(truth: truth, scores: scores) })
            #expect(
                refuses { () throws(MetricError) in try matrix.add(truth: truth, predicted: truth) }
            )
            #expect(
                refuses { () throws(MetricError) in
                    try logLoss.add(truth: truth, scores: scores[0..<1])
                })
        }
        withViews([Int32(0), -1], [Int32(0), 0], nil) { (y, h, _) in
            for classes in [1, 2, 17, 300] {
                var matrix = ClassMatrix(classCount: classes)
                #expect(
                    refuses { () throws(MetricError) in
                        try matrix.add(truth: .int32(y), predicted: .int32(h))
                    })
            }
        }
    }

    @Test(arguments: [-1, .nan, .infinity] as [Double]) func weightsAreNotNegative(weight: Double) {
        withViews([UInt8(0), 1], [0.25, 0.5], [1, weight]) { (y, p, weights) in
            let (truth, scores) = (LabelView.uint8(y), ScoreView.float64(p))
            var (logLoss, ranks, sums) = (LogLoss(), ScoreRanks(), RegressionSums())
            #expect(
                refuses { () throws(MetricError) in
                    try logLoss.add(truth: truth, scores: scores, weights: weights)
                })
            #expect(
                refuses { () throws(MetricError) in
                    try ranks.add(truth: truth, scores: scores, weights: weights)
                })
            #expect(
                refuses { () throws(MetricError) in
                    try sums.add(truth: scores, predicted: scores, weights: weights)
                })
        }
    }

    @Test func weightsThatAreAllZeroAreNoData() throws {
        try withViews([UInt8(0), 1], [0.25, 0.5], [0, 0]) { (y, p, weights) in
            let (truth, scores) = (LabelView.uint8(y), ScoreView.float64(p))
            var (logLoss, ranks, matrix) = (LogLoss(), ScoreRanks(), ClassMatrix(classCount: 2))
            try logLoss.add(truth: truth, scores: scores, weights: weights)
            try ranks.add(truth: truth, scores: scores, weights: weights)
            try matrix.add(truth: truth, predicted: truth, weights: weights)
            #expect(lacksData { () throws(MetricError) in try logLoss.value })
            #expect(lacksData { () throws(MetricError) in try ranks.ranked() })
            #expect(lacksData { () throws(MetricError) in try matrix.accuracy })
        }
    }

    @Test func zeroHasNoSignAndInfinitiesAreScores() throws {
        try withViews([UInt8(0), 1, 1, 0], [-0.0, 0.0, .infinity, -.infinity], nil) { (y, p, _) in
            let ranked = try ScoreRanks.ranked(truth: .uint8(y), scores: .float64(p))
            // Of the four pairs one is tied, the others in order.
            #expect(ranked.rocAUC == 3.5 / 4)
        }
        withViews([UInt8(0), 1], [0, Double.nan], nil) { (y, p, _) in
            #expect(
                refuses { () throws(MetricError) in
                    _ = try ScoreRanks.ranked(truth: .uint8(y), scores: .float64(p))
                })
        }
    }

    @Test func oneClassIsUndefined() throws {
        try withViews([UInt8(1), 1], [0.2, 0.4], nil) { (y, p, _) in
            let ranked = try ScoreRanks.ranked(truth: .uint8(y), scores: .float64(p))
            #expect(ranked.rocAUC == nil && ranked.gini == nil && ranked.kolmogorovSmirnov == nil)
            #expect(ranked.averagePrecision == 1)
        }
    }

    @Test func clippingIsOfTheStoredType() throws {
        try withViews([UInt8(0)], [Float(1)], nil) { (y, p, _) in
            var loss = LogLoss()
            try loss.add(truth: .uint8(y), scores: .float32(p))
            #expect(try loss.value == 23 * 0.6931471805599453)
        }
        try withViews([UInt8(0)], [1.0], nil) { (y, p, _) in
            var loss = LogLoss()
            try loss.add(truth: .uint8(y), scores: .float64(p))
            #expect(Vectors.agree(try loss.value, 52 * 0.6931471805599453, relative: 1e-15))
        }
    }

    @Test func numbersThatAreNoneAreRefused() {
        withViews([1.0, .infinity], [1.0, 2], nil) { (t, p, _) in
            var (sums, ranks) = (RegressionSums(), RegressionRanks())
            #expect(
                refuses { () throws(MetricError) in
                    try sums.add(truth: .float64(t), predicted: .float64(p))
                })
            #expect(
                refuses { () throws(MetricError) in
                    try ranks.add(truth: .float64(t), predicted: .float64(p))
                })
        }
    }

    @Test func hugeNumbersAreNoNaN() throws {
        try withViews([1e300, -1e300], [-1e300, 1e300], nil) { (t, p, _) in
            var sums = RegressionSums()
            try sums.add(truth: .float64(t), predicted: .float64(p))
            #expect(try sums.meanSquaredError == .infinity)
            #expect(try sums.rSquared == nil && sums.pearson == nil)
        }
    }

    @Test func minusInfinityMakesPerplexityInfinite() throws {
        try [-1.0, -.infinity].withView { tokens in
            var model = LanguageModel()
            try model.add(tokens: .float64(tokens))
            #expect(try model.perplexity == .infinity)
        }
        [-1.0, 0.5].withView { tokens in
            var model = LanguageModel()
            #expect(refuses { () throws(MetricError) in try model.add(tokens: .float64(tokens)) })
        }
    }
}
