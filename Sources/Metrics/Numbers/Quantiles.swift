import Statistics

/// Quantiles of all values.
public struct Quantiles: Sendable {
    private let sample: SortedSample?
    private var sorted: [Double] { sample?.values ?? [] }

    /// A NaN among the values leaves none.
    public init(_ values: [Double]) { sample = SortedSample(values) }

    /// Type 7, as numpy: between two values in proportion.
    public func linear(_ part: Double) -> Double? { sample?.quantile(part) }

    public var maximum: Double? { sorted.last }

    /// A value that occurred: the ⌈p·n⌉-th.
    ///
    /// A percentile is written in decimals and may lie a rounding above what it means: 99.9 / 100 of
    /// 1,000 values is the 999th.
    public func nearestRank(_ part: Double) -> Double? {
        guard !sorted.isEmpty, (0...1).contains(part) else { return nil }
        let place = part * Double(sorted.count)
        let whole = place.rounded()
        let isWhole = (place - whole).magnitude <= 4 * place.ulp
        let rank = max(1, Int(isWhole ? whole : place.rounded(.up)))
        return sorted[min(rank, sorted.count) - 1]
    }

    /// The least value with half of the weight at or below it; where the half falls on an edge, the
    /// mean of the two values beside it, as scikit-learn has it.
    static func weightedMedian(_ values: [Double], _ weights: [Double]) -> Double {
        let order = values.indices.sorted { values[$0] < values[$1] }
            .filter { weights[$0] > 0 }
        let half = weights.exactSum / 2
        var below = CompensatedSum()
        for (place, index) in order.enumerated() {
            below.add(weights[index])
            if below.value > half { return values[index] }
            if below.value == half, place + 1 < order.count {
                return (values[index] + values[order[place + 1]]) / 2
            }
        }
        return order.last.map { values[$0] } ?? 0
    }
}
