import Statistics

/// Pairs of true and predicted numbers, kept until their order is asked for: 16 bytes an example.
public struct RegressionRanks: Accumulator, Equatable {
    private struct Part: Sendable, Equatable {
        var truth: HeldColumn<Double>
        var predicted: HeldColumn<Double>
        var weights: HeldColumn<Double>?
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
                truth: HeldColumn(count: truth.count) { truth[$0] },
                predicted: HeldColumn(count: truth.count) { predicted[$0] },
                weights: weights.map { HeldColumn($0) }))
    }

    public mutating func merge(_ other: RegressionRanks) { parts += other.parts }

    public func requireExamples() throws(MetricError) {
        guard !parts.isEmpty else { throw Inputs.noExample }
    }

    /// With weights, the mean of the two values around half of the weight where it falls between.
    public func medianAbsoluteError(workers: Int = 1) throws(MetricError) -> Double {
        try requireExamples()
        let errors = parts.map { part in
            HeldColumn(count: part.truth.count) {
                (part.truth[$0] - part.predicted[$0]).magnitude
            }
        }
        guard parts.contains(where: { $0.weights != nil }) else {
            let median = withExtendedLifetime(errors) {
                SortedSample.quantiles(
                    [0.5], of: .float64(errors.map(\.pointer)), workers: workers)
            }
            guard let median else { preconditionFailure("errors of finite numbers hold a NaN") }
            return median[0]
        }
        let weights = parts.flatMap { part in
            part.weights.map { Array($0.pointer) } ?? Array(repeating: 1, count: part.truth.count)
        }
        guard weights.contains(where: { $0 > 0 }) else { throw Inputs.noWeight }
        return Quantiles.weightedMedian(errors.flatMap { Array($0.pointer) }, weights)
    }

    /// Of midranks, whatever the weights; `nil` where one side is constant.
    public func spearman(workers: Int = 1) throws(MetricError) -> Double? {
        try order(wantsKendall: false, workers).spearman
    }

    /// Kendall's τ-b, whatever the weights; `nil` where one side is constant.
    ///
    /// Source: Knight, "A computer method for calculating Kendall's tau with ungrouped data", 1966.
    public func kendallTauB(workers: Int = 1) throws(MetricError) -> Double? {
        try order(wantsKendall: true, workers).kendallTauB
    }

    private func order(
        wantsKendall: Bool, _ workers: Int
    ) throws(MetricError) -> PairOrder {
        try requireExamples()
        let order = withExtendedLifetime(parts) {
            PairOrder(
                parts.map(\.truth.pointer), parts.map(\.predicted.pointer),
                wantsKendall: wantsKendall, workers: workers)
        }
        guard let order else { preconditionFailure("finite numbers hold a NaN") }
        return order
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
