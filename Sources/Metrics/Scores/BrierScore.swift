import Statistics

/// The mean squared distance of probabilities to the truth: (p − y)² of the positive class, or summed
/// over all classes where there are rows of them.
///
/// Source of conventions: scikit-learn 1.9, `brier_score_loss`.
public struct BrierScore: Accumulator, Equatable {
    private var mean = MeanOfExamples()

    public init() {}

    /// - Parameters:
    ///   - truth: 1 is positive, 0 negative.
    ///   - scores: the probability of 1, from 0 to 1.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, scores: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count])
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkProbabilities(scores)
        for index in 0..<truth.count {
            mean.add(Self.loss(truth[index], scores[index]), weight: weights?[index] ?? 1)
        }
    }

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: probabilities, examples × classes, row by row.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Self.check(truth, rows, width)
        try Inputs.check(weights, count: truth.count)
        for index in 0..<truth.count {
            let row = rows.rows(index..<index + 1, width: width)
            mean.add(Self.loss(truth[index], row: row), weight: weights?[index] ?? 1)
        }
    }

    public mutating func merge(_ other: BrierScore) { mean.merge(other.mean) }

    public var value: Double { get throws(MetricError) { try mean.value } }

    /// Each example's own loss: what paired tests compare.
    public static func each(
        truth: LabelView, scores: ScoreView, into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count, losses.count])
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkProbabilities(scores)
        for index in 0..<truth.count { losses[index] = loss(truth[index], scores[index]) }
    }

    public static func each(
        truth: LabelView, rows: ScoreView, width: Int,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, losses.count])
        try check(truth, rows, width)
        for index in 0..<truth.count {
            losses[index] = loss(truth[index], row: rows.rows(index..<index + 1, width: width))
        }
    }

    private static func check(
        _ truth: LabelView, _ rows: ScoreView, _ width: Int
    ) throws(MetricError) {
        try Inputs.checkRows(rows, width: width, count: truth.count)
        try Inputs.checkLabels(truth, below: width, "the truth")
        try Inputs.checkProbabilities(rows)
    }

    private static func loss(_ truth: Int, _ p: Double) -> Double {
        (p - Double(truth)) * (p - Double(truth))
    }

    private static func loss(_ truth: Int, row: ScoreView) -> Double {
        var sum = 0.0
        for label in 0..<row.count {
            let difference = row[label] - (label == truth ? 1 : 0)
            sum += difference * difference
        }
        return sum
    }
}
