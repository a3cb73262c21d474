import CMetrics
import Statistics

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
        try Inputs.checkSame([truth.count, scores.count])
        guard let weights else {
            let sum = try BinaryKernels.logLoss(truth, scores)
            return mean.add(sum: sum, weight: Double(truth.count), count: truth.count)
        }
        let losses = try Inputs.values(truth.count) { (out) throws(MetricError) in
            try BinaryKernels.logLosses(truth, scores, into: out)
        }
        try mean.add(losses, weights)
    }

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: probabilities, examples × classes, row by row.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        if weights != nil {
            let facts = try RowFacts(truth: truth, rows: rows, width: width, wanted: .given)
            return try add(facts, weights: weights)
        }
        try Inputs.checkRows(rows, width: width, count: truth.count)
        let (count, sum) = (truth.count, try Self.sum(truth, rows, width))
        mean.add(sum: sum, weight: Double(count), count: count)
    }

    /// - Parameter facts: with what was given to the truth.
    public mutating func add(
        _ facts: RowFacts, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try mean.add(Self.each(facts), weights)
    }

    private static func sum(
        _ truth: LabelView, _ rows: ScoreView, _ width: Int
    ) throws(MetricError) -> Double {
        func sum(_ labels: UnsafePointer<Int32>) -> Double? {
            var bad: Int32 = 0
            let sum =
                switch rows {
                case .float32(let rows):
                    cairn_log_loss_rows_f32(rows.start, labels, truth.count, UInt32(width), &bad)
                case .float64(let rows):
                    cairn_log_loss_rows_f64(rows.start, labels, truth.count, UInt32(width), &bad)
                }
            return bad == 0 ? sum : nil
        }
        let found: Double? =
            switch truth {
            case .int32(let labels): sum(labels.start)
            case .uint8: sum(truth.int32)
            }
        guard let found else {
            try Inputs.checkLabels(truth, below: width, "the truth")
            try Inputs.checkProbabilities(rows)
            preconditionFailure("a kernel refused rows that are right")
        }
        return found
    }

    public mutating func merge(_ other: LogLoss) { mean.merge(other.mean) }

    public var value: Double { get throws(MetricError) { try mean.value } }

    /// Each example's own loss: what paired tests compare.
    public static func each(
        truth: LabelView, scores: ScoreView, into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count, losses.count])
        try BinaryKernels.logLosses(truth, scores, into: losses)
    }

    /// - Parameter facts: with what was given to the truth.
    public static func each(_ facts: RowFacts) -> [Double] {
        facts.require(.given)
        let epsilon = facts.epsilon
        return facts.given.map { -cairn_log(min(max($0, epsilon), 1 - epsilon)) }
    }

    /// The same of rows that nothing else is asked of.
    public static func each(
        truth: LabelView, rows: ScoreView, width: Int,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, losses.count])
        let facts = try RowFacts(truth: truth, rows: rows, width: width, wanted: .given)
        _ = losses.update(fromContentsOf: each(facts))
    }
}
