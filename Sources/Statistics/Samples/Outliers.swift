/// Which values lie outside fences around the bulk of a sample.
public struct OutlierFences: Equatable, Sendable {
    public let low: Double
    public let high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// q₁ − k·iqr and q₃ + k·iqr with type-7 quartiles; `nil` for no values, with NaN, or for a k
    /// that is not finite and at least 0.
    ///
    /// - Parameters:
    ///   - factor: k, 3 for far outliers, 1.5 for outliers.
    ///   - reduced: whether a value must also lie outside the 1st to 99th percentile.
    public static func interquartile(
        _ values: [Double], factor: Double = 3, reduced: Bool = false
    ) -> OutlierFences? {
        guard isFactor(factor), let sample = SortedSample(values), let q1 = sample.quantile(0.25),
            let q3 = sample.quantile(0.75), let p1 = sample.quantile(0.01),
            let p99 = sample.quantile(0.99)
        else { return nil }
        // Where both quartiles are the same infinity there is no spread to measure by.
        let reach = q1 == q3 || factor == 0 ? 0 : factor * (q3 - q1)
        let (low, high) = (q1 - reach, q3 + reach)
        return reduced
            ? OutlierFences(low: min(low, p1), high: max(high, p99))
            : OutlierFences(low: low, high: high)
    }

    /// mean ∓ k standard deviations of the population (over n); `nil` unless there are values and
    /// all are finite, and k too, and at least 0.
    public static func sigma(_ values: [Double], factor: Double = 3) -> OutlierFences? {
        guard isFactor(factor), !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        let frame = Frame(covering: values)
        let moments = Moments(values, in: frame)
        let n = Double(values.count)
        let deviation = frame.length(moments.deviation * ((n - 1) / n).squareRoot())
        let reach = factor == 0 ? 0 : factor * deviation
        let mean = frame.length(moments.mean.value)
        return OutlierFences(low: mean - reach, high: mean + reach)
    }

    private static func isFactor(_ factor: Double) -> Bool { factor >= 0 && factor.isFinite }

    public func isOutside(_ value: Double) -> Bool { value < low || value > high }

    /// The places of the values outside, ascending.
    public func indices(in values: [Double]) -> [Int] {
        values.indices.filter { isOutside(values[$0]) }
    }
}
