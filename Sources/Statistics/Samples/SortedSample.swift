/// A sample in ascending order, for quantiles and distribution functions. Infinities are allowed.
public struct SortedSample: Equatable, Sendable {
    public let values: [Double]

    /// - Returns: `nil` when NaN is among the values: it has no place in an order.
    public init?(_ values: [Double]) {
        guard !values.contains(where: \.isNaN) else { return nil }
        self.values = values.sorted()
    }

    /// The type-7 quantile: linear between the order statistics, h = (n−1)p.
    ///
    /// - Returns: `nil` for no values or p outside [0, 1].
    /// Source: Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996.
    public func quantile(_ p: Double) -> Double? {
        guard !values.isEmpty, p >= 0, p <= 1 else { return nil }
        let h = Double(values.count - 1) * p
        let index = Int(h)
        let low = values[index]
        let high = values[min(index + 1, values.count - 1)]
        return Self.interpolate(low, high, h - Double(index))
    }

    public var median: Double? { quantile(0.5) }

    /// From the nearer end, which is exact at both ends; without overflow for far ends.
    private static func interpolate(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
        if fraction == 0 || low == high { return low }
        if !low.isFinite || !high.isFinite {
            if low.isFinite { return high }
            return high.isFinite || fraction < 0.5 ? low : high
        }
        let step = high - low
        guard step.isFinite else { return low * (1 - fraction) + high * fraction }
        return fraction < 0.5 ? low + step * fraction : high - step * (1 - fraction)
    }
}
