import Statistics

/// Pairs of true and predicted numbers, kept until their order is asked for: 16 bytes an example.
public struct RegressionRanks: Accumulator, Equatable {
    private struct Part: Sendable, Equatable {
        var truth: [Double]
        var predicted: [Double]
        var weights: [Double]?
    }

    private var parts: [Part] = []

    public init() {}

    /// - Parameters:
    ///   - truth: finite, as `predicted`.
    ///   - weights: 0 or more, for the median; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: ScoreView, predicted: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkPairs(truth, predicted, weights)
        guard truth.count > 0 else { return }
        parts.append(
            Part(
                truth: truth.doubles, predicted: predicted.doubles,
                weights: weights.map { Array($0.pointer) }))
    }

    public mutating func merge(_ other: RegressionRanks) { parts += other.parts }

    public func requireExamples() throws(MetricError) {
        guard !parts.isEmpty else { throw Inputs.noExample }
    }

    /// With weights, the mean of the two values around half of the weight where it falls between.
    public func medianAbsoluteError(workers: Int = 1) throws(MetricError) -> Double {
        try requireExamples()
        let errors = parts.flatMap { part in
            zip(part.truth, part.predicted).map { ($0 - $1).magnitude }
        }
        guard parts.contains(where: { $0.weights != nil }) else {
            return Quantiles(errors).linear(0.5) ?? 0
        }
        let weights = parts.flatMap { $0.weights ?? $0.truth.map { _ in 1 } }
        guard weights.contains(where: { $0 > 0 }) else { throw Inputs.noWeight }
        return Quantiles.weightedMedian(errors, weights)
    }

    /// Of midranks, whatever the weights; `nil` where one side is constant.
    public func spearman(workers: Int = 1) throws(MetricError) -> Double? {
        try requireExamples()
        return Correlation.spearman(parts.flatMap(\.truth), parts.flatMap(\.predicted))
    }

    /// Kendall's τ-b, whatever the weights; `nil` where one side is constant.
    public func kendallTauB(workers: Int = 1) throws(MetricError) -> Double? {
        try requireExamples()
        return Correlation.kendallTauB(parts.flatMap(\.truth), parts.flatMap(\.predicted))
    }

    /// |p − t| of each example: what paired tests compare; squared where asked for.
    public static func each(
        truth: ScoreView, predicted: ScoreView, isSquared: Bool = false,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkPairs(truth, predicted, nil)
        try Inputs.checkSame([truth.count, losses.count])
        for index in 0..<truth.count {
            let distance = (predicted[index] - truth[index]).magnitude
            losses[index] = isSquared ? distance * distance : distance
        }
    }
}

extension ScoreView {
    var doubles: [Double] {
        switch self {
        case .float32(let column): column.pointer.map(Double.init)
        case .float64(let column): Array(column.pointer)
        }
    }
}
