/// Which values lie outside fences around the bulk of a sample.
public struct OutlierFences: Equatable, Sendable {
    public let low: Double
    public let high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    /// q₁ − k·iqr and q₃ + k·iqr with type-7 quartiles; `nil` for no values or with NaN.
    ///
    /// - Parameters:
    ///   - factor: k, 3 for far outliers, 1.5 for outliers.
    ///   - reduced: whether a value must also lie outside the 1st to 99th percentile.
    public static func interquartile(
        _ values: [Double], factor: Double = 3, reduced: Bool = false
    ) -> OutlierFences? {
        guard let sample = SortedSample(values), let q1 = sample.quantile(0.25),
            let q3 = sample.quantile(0.75), let p1 = sample.quantile(0.01),
            let p99 = sample.quantile(0.99)
        else { return nil }
        // Where both quartiles are the same infinity there is no spread to measure by.
        let reach = q1 == q3 ? 0 : factor * (q3 - q1)
        let (low, high) = (q1 - reach, q3 + reach)
        return reduced
            ? OutlierFences(low: min(low, p1), high: max(high, p99))
            : OutlierFences(low: low, high: high)
    }

    /// mean ∓ k standard deviations of the population (over n); `nil` unless there are values and
    /// all are finite.
    public static func sigma(_ values: [Double], factor: Double = 3) -> OutlierFences? {
        guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        let frame = Frame(covering: values)
        let moments = Moments(values, in: frame)
        let n = Double(values.count)
        let reach = factor * frame.length(moments.deviation * ((n - 1) / n).squareRoot())
        let mean = frame.length(moments.mean.value)
        return OutlierFences(low: mean - reach, high: mean + reach)
    }

    public func isOutside(_ value: Double) -> Bool { value < low || value > high }

    /// The places of the values outside, ascending.
    public func indices(in values: [Double]) -> [Int] {
        values.indices.filter { isOutside(values[$0]) }
    }
}
