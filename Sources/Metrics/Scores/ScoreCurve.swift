import Statistics

/// Everything that follows from the order of scores: ROC and precision-recall curves, their areas,
/// KS, the best F1.
///
/// A tied pair counts one half; average precision steps once for each distinct score; −0 is +0;
/// infinities are ordered. Source of conventions: scikit-learn 1.9.
public struct ScoreCurve: Sendable {
    /// The examples with one score or more, from the highest score down.
    public struct Point: Sendable, Equatable {
        public let score: Double
        /// Weights of all with this score or a higher one.
        public let truePositives: Double
        public let falsePositives: Double
    }

    public let points: [Point]
    private var positives: Double { points.last?.truePositives ?? 0 }
    private var negatives: Double { points.last?.falsePositives ?? 0 }

    /// - Parameter truth: 1 is positive, 0 negative.
    public init(truth: [Int], score: [Double], weights: [Double]? = nil) throws(MetricError) {
        try Inputs.checkCounts([truth.count, score.count])
        try Inputs.checkNumbers(score, "the scores")
        guard truth.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw .invalidInput("a truth is neither 0 nor 1")
        }
        let weights = try Inputs.weights(weights, count: truth.count)
        let order = score.indices.sorted { score[$0] > score[$1] }
        var (points, hit, wrong) = ([Point](), CompensatedSum(), CompensatedSum())
        for (place, index) in order.enumerated() {
            let weight = weights?[index] ?? 1
            if truth[index] == 1 { hit.add(weight) } else { wrong.add(weight) }
            let isLast = place + 1 == order.count || score[order[place + 1]] != score[index]
            if isLast {
                points.append(
                    Point(
                        score: score[index], truePositives: hit.value,
                        falsePositives: wrong.value))
            }
        }
        self.points = points
    }

    /// `nil` where one class is missing.
    public var rocAUC: Double? {
        guard positives > 0, negatives > 0 else { return nil }
        return orderedPairs / (positives * negatives)
    }

    public var gini: Double? { rocAUC.map { 2 * $0 - 1 } }

    /// Pairs of a positive and a negative in the right order, ties one half: Mann and Whitney's U of
    /// the positives.
    public var orderedPairs: Double {
        var (pairs, before) = (
            CompensatedSum(), Point(score: 0, truePositives: 0, falsePositives: 0)
        )
        for point in points {
            let width = point.falsePositives - before.falsePositives
            pairs.add(width * (point.truePositives + before.truePositives) / 2)
            before = point
        }
        return pairs.value
    }

    /// Σ (Rₙ − Rₙ₋₁) Pₙ; `nil` without a positive.
    public var averagePrecision: Double? {
        guard positives > 0 else { return nil }
        var (sum, before) = (CompensatedSum(), 0.0)
        for point in points where point.truePositives > before {
            let precision = point.truePositives / (point.truePositives + point.falsePositives)
            sum.add((point.truePositives - before) * precision)
            before = point.truePositives
        }
        return sum.value / positives
    }

    /// The area under straight lines between the points: another number than `averagePrecision`.
    public var trapezoidPrecisionRecallAUC: Double? {
        guard positives > 0 else { return nil }
        var (sum, before, precisionBefore) = (CompensatedSum(), 0.0, 1.0)
        for point in points {
            let all = point.truePositives + point.falsePositives
            let precision = all > 0 ? point.truePositives / all : 1
            sum.add((point.truePositives - before) * (precision + precisionBefore) / 2)
            (before, precisionBefore) = (point.truePositives, precision)
        }
        return sum.value / positives
    }

    /// The largest distance between the two classes' distributions of scores.
    public var kolmogorovSmirnov: Double? {
        guard positives > 0, negatives > 0 else { return nil }
        return points.map { $0.truePositives / positives - $0.falsePositives / negatives }
            .reduce(0, max)
    }

    /// The best F1 over all thresholds, and the highest threshold that reaches it.
    public var bestF1: (value: Double, threshold: Double)? {
        guard positives > 0 else { return nil }
        var best: (value: Double, threshold: Double)?
        for point in points {
            let value =
                2 * point.truePositives
                / (positives + point.truePositives + point.falsePositives)
            if value > best?.value ?? -1 { best = (value, point.score) }
        }
        return best
    }
}
