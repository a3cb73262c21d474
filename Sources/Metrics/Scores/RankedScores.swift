/// Everything that follows from the order of scores: areas under the ROC and precision-recall curves,
/// KS, the best F1.
///
/// A tied pair counts one half; average precision steps once for each distinct score; −0 is +0;
/// infinities are ordered. Source of conventions: scikit-learn 1.9.
public struct RankedScores: Sendable, Equatable {
    /// The examples with this score or a higher one.
    public struct Point: Sendable, Equatable {
        public let score: Double
        /// Their weights; their numbers without weights.
        public let truePositives: Double
        public let falsePositives: Double

        init(score: Double, truePositives: Double, falsePositives: Double) {
            (self.score, self.truePositives) = (score, truePositives)
            self.falsePositives = falsePositives
        }
    }

    /// The best F1 over all thresholds, and the highest threshold that reaches it.
    public struct BestF1: Sendable, Equatable {
        public let value: Double
        public let threshold: Double
    }

    /// The weights of all positives, of all negatives.
    public internal(set) var positives = 0.0
    public internal(set) var negatives = 0.0
    /// Pairs of a positive and a negative in the right order, ties one half: Mann and Whitney's U of
    /// the positives.
    public internal(set) var orderedPairs = 0.0
    /// Σ (TPₙ − TPₙ₋₁) precisionₙ.
    var precisionSum = 0.0
    /// The same under straight lines between the points.
    var trapezoidSum = 0.0
    /// The largest difference of the shares of positives and negatives at or above a score.
    var largestGap = 0.0
    var best: BestF1?
    /// Of the curve from the highest score down, the last one included: at most as many as asked for.
    public internal(set) var points: [Point] = []

    init() {}

    private var hasBoth: Bool { positives > 0 && negatives > 0 }

    /// `nil` where one class is missing, as are `gini` and `kolmogorovSmirnov`.
    public var rocAUC: Double? { hasBoth ? orderedPairs / (positives * negatives) : nil }
    public var gini: Double? { rocAUC.map { 2 * $0 - 1 } }
    /// `nil` without a positive, as are the next two.
    public var averagePrecision: Double? { positives > 0 ? precisionSum / positives : nil }
    /// The area under straight lines between the points: another number than `averagePrecision`.
    public var trapezoidPrecisionRecallAUC: Double? {
        positives > 0 ? trapezoidSum / positives : nil
    }
    public var bestF1: BestF1? { positives > 0 ? best : nil }
    /// The largest distance between the two classes' distributions of scores.
    public var kolmogorovSmirnov: Double? { hasBoth ? largestGap : nil }
}
