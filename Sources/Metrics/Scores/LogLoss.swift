import Statistics
import func Glibc.log

/// The mean of −log of the probability that the truth was given, in nats; binary cross-entropy.
///
/// Probabilities are clipped to [ε, 1 − ε], ε = 2⁻²³ for Float and 2⁻⁵² for Double, and rows are not
/// made to sum to 1. Source of conventions: scikit-learn 1.9, `log_loss`.
public struct LogLoss: Accumulator, Equatable {
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
        let losses = try Self.array(truth.count) { (out) throws(MetricError) in
            try Self.each(truth: truth, scores: scores, into: out)
        }
        try add(losses, weights)
    }

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: probabilities, examples × classes, row by row.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        let losses = try Self.array(truth.count) { (out) throws(MetricError) in
            try Self.each(truth: truth, rows: rows, width: width, into: out)
        }
        try add(losses, weights)
    }

    private mutating func add(
        _ losses: [Double], _ weights: ColumnView<Double>?
    ) throws(MetricError) {
        try Inputs.check(weights, count: losses.count)
        for (index, loss) in losses.enumerated() { mean.add(loss, weight: weights?[index] ?? 1) }
    }

    private static func array(
        _ count: Int, _ body: (UnsafeMutableBufferPointer<Double>) throws(MetricError) -> Void
    ) throws(MetricError) -> [Double] {
        var values = [Double](repeating: 0, count: count)
        try values.withUnsafeMutableBufferPointer { (out) throws(MetricError) in try body(out) }
        return values
    }

    public mutating func merge(_ other: LogLoss) { mean.merge(other.mean) }

    public var value: Double { get throws(MetricError) { try mean.value } }

    /// Each example's own loss: what paired tests compare.
    public static func each(
        truth: LabelView, scores: ScoreView, into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count, losses.count])
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkProbabilities(scores)
        for index in 0..<truth.count {
            let p = clipped(scores[index], scores.epsilon)
            losses[index] = -log(truth[index] == 1 ? p : 1 - p)
        }
    }

    public static func each(
        truth: LabelView, rows: ScoreView, width: Int,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, losses.count])
        try Inputs.checkRows(rows, width: width, count: truth.count)
        try Inputs.checkLabels(truth, below: width, "the truth")
        try Inputs.checkProbabilities(rows)
        for index in 0..<truth.count {
            losses[index] = -log(clipped(rows[index * width + truth[index]], rows.epsilon))
        }
    }

    private static func clipped(_ p: Double, _ epsilon: Double) -> Double {
        min(max(p, epsilon), 1 - epsilon)
    }
}
