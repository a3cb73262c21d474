import CMetrics

/// A sample in ascending order, for quantiles and distribution functions. Infinities are allowed.
public struct SortedSample: Equatable, Sendable {
    public let values: [Double]

    /// - Returns: `nil` when NaN is among the values: it has no place in an order.
    public init?(_ values: [Double]) {
        guard !values.contains(where: \.isNaN) else { return nil }
        self.values = values.count > 4096 ? Self.sortedByDigits(values) : values.sorted()
    }

    /// As integers in the same order.
    private static func sortedByDigits(_ values: [Double]) -> [Double] {
        let count = values.count
        let integers = Scratch(byteCount: 8 * count)
        let spare = Scratch(byteCount: 8 * count)
        let start = integers.start.assumingMemoryBound(to: UInt64.self)
        cairn_integers_f64(values, count, start)
        cairn_sort_u64(start, count, spare.start.assumingMemoryBound(to: UInt64.self))
        return (0..<count).map { cairn_number_f64(start[$0]) }
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

    /// The same quantiles of a sample that need not be sorted for them.
    ///
    /// - Returns: `nil` for no values, a NaN, or a p outside [0, 1].
    public static func quantiles(
        _ ps: [Double], of columns: NumberColumns, workers: Int
    ) -> [Double]? {
        cuts(ps, of: columns, workers: workers)?.map(\.value)
    }

    /// Where a sample is cut.
    struct Cut: Equatable, Sendable {
        let value: Double
        /// How many of the sample are at most this; `nil` where its neighbours do not say it.
        let countUpTo: Int?
    }

    /// The quantiles, and how many values each has below it and on it.
    static func cuts(
        _ ps: [Double], of columns: NumberColumns, workers: Int
    ) -> [Cut]? {
        let count = columns.counts.reduce(0, +)
        guard count > 0, ps.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
        let places = ps.flatMap { p in
            let index = Int(Double(count - 1) * p)
            return [index, min(index + 1, count - 1)]
        }
        guard let found = OrderStatistics.at(places, of: columns, workers: workers) else {
            return nil
        }
        return ps.indices.map { place in
            let h = Double(count - 1) * ps[place]
            let (low, high) = (found[2 * place], found[2 * place + 1])
            let value = interpolate(low, high, h - h.rounded(.down))
            return Cut(value: value, countUpTo: value < high ? places[2 * place] + 1 : nil)
        }
    }

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
