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
        guard let weights else {
            let sum = try BinaryKernels.brier(truth, scores)
            return mean.add(sum: sum, weight: Double(truth.count), count: truth.count)
        }
        let losses = try Inputs.values(truth.count) { (out) throws(MetricError) in
            try Self.each(truth: truth, scores: scores, into: out)
        }
        try mean.add(losses, weights)
    }

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: probabilities, examples × classes, row by row.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try add(
            RowFacts(truth: truth, rows: rows, width: width, wanted: .squares), weights: weights)
    }

    /// - Parameter facts: with the squared distances.
    public mutating func add(
        _ facts: RowFacts, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try mean.add(Self.each(facts), weights)
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
        for index in 0..<truth.count {
            let distance = scores[index] - Double(truth[index])
            losses[index] = distance * distance
        }
    }

    /// - Parameter facts: with the squared distances.
    public static func each(_ facts: RowFacts) -> [Double] {
        facts.require(.squares)
        return facts.squares
    }

    /// The same of rows that nothing else is asked of.
    public static func each(
        truth: LabelView, rows: ScoreView, width: Int,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, losses.count])
        let facts = try RowFacts(truth: truth, rows: rows, width: width, wanted: .squares)
        _ = losses.update(fromContentsOf: facts.squares)
    }
}
