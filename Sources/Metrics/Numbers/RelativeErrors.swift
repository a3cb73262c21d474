import CMetrics
import Statistics

/// Errors as shares of the numbers.
///
/// Source of conventions: scikit-learn 1.9.
public struct PercentageErrors: Accumulator, Equatable {
    private var ofTruth = MeanOfExamples()
    private var symmetric = MeanOfExamples()

    public init() {}

    /// - Parameters:
    ///   - truth: finite, as `predicted`.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: ScoreView, predicted: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkPairs(truth, predicted, weights)
        for index in 0..<truth.count {
            let (truth, predicted) = (truth[index], predicted[index])
            let weight = weights?[index] ?? 1
            let distance = (truth - predicted).magnitude
            ofTruth.add(distance / max(truth.magnitude, 0x1p-52), weight: weight)
            let size = truth.magnitude + predicted.magnitude
            symmetric.add(size == 0 ? 0 : 2 * (distance / size), weight: weight)
        }
    }

    public mutating func merge(_ other: PercentageErrors) {
        ofTruth.merge(other.ofTruth)
        symmetric.merge(other.symmetric)
    }

    /// Divided by max(|truth|, 2⁻⁵²).
    public var meanAbsolutePercentageError: Double {
        get throws(MetricError) { try ofTruth.value }
    }
    /// 2|t − p| / (|t| + |p|), 0 where both are 0.
    public var symmetricPercentageError: Double {
        get throws(MetricError) { try symmetric.value }
    }
}

/// The mean of (ln(1 + t) − ln(1 + p))².
public struct LogErrors: Accumulator, Equatable {
    private var mean = MeanOfExamples()
    private var isOutside = false

    public init() {}

    /// See `PercentageErrors.add`.
    public mutating func add(
        truth: ScoreView, predicted: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkPairs(truth, predicted, weights)
        for index in 0..<truth.count {
            let (truth, predicted) = (truth[index], predicted[index])
            guard truth > -1, predicted > -1 else {
                isOutside = true
                mean.add(0, weight: weights?[index] ?? 1)
                continue
            }
            let difference = cairn_log1p(truth) - cairn_log1p(predicted)
            mean.add(difference * difference, weight: weights?[index] ?? 1)
        }
    }

    public mutating func merge(_ other: LogErrors) {
        mean.merge(other.mean)
        isOutside = isOutside || other.isOutside
    }

    /// `nil` where a number is −1 or less.
    public var meanSquaredLogError: Double? {
        get throws(MetricError) {
            let value = try mean.value
            return isOutside ? nil : value
        }
    }
}

/// The loss of a predicted quantile: q(t − p) above the prediction, (1 − q)(p − t) below.
public struct PinballLoss: Accumulator, Equatable {
    public let quantile: Double
    private var mean = MeanOfExamples()

    /// - Parameter quantile: from 0 to 1.
    public init(quantile: Double) {
        precondition((0...1).contains(quantile), "quantile \(quantile)")
        self.quantile = quantile
    }

    /// See `PercentageErrors.add`.
    public mutating func add(
        truth: ScoreView, predicted: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkPairs(truth, predicted, weights)
        for index in 0..<truth.count {
            let difference = truth[index] - predicted[index]
            let loss = difference >= 0 ? quantile * difference : (quantile - 1) * difference
            mean.add(loss, weight: weights?[index] ?? 1)
        }
    }

    public mutating func merge(_ other: PinballLoss) {
        precondition(quantile == other.quantile, "quantiles \(quantile) and \(other.quantile)")
        mean.merge(other.mean)
    }

    public var value: Double { get throws(MetricError) { try mean.value } }
}

extension Inputs {
    static func checkFinite(_ values: ScoreView, _ what: String) throws(MetricError) {
        for index in 0..<values.count where !values[index].isFinite {
            throw .invalidInput("\(what) holds \(values[index]); expected finite numbers")
        }
    }

    static func checkPairs(
        _ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>?
    ) throws(MetricError) {
        try checkSame([truth.count, predicted.count])
        try check(weights, count: truth.count)
        try checkFinite(truth, "the truth")
        try checkFinite(predicted, "the prediction")
    }
}
