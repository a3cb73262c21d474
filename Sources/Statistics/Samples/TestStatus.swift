/// How far a test came with the data it was given. A result never holds NaN: what could not be
/// computed is `nil`, and the status says why.
public enum TestStatus: String, Equatable, Sendable, CaseIterable {
    case ok
    /// A sample is smaller than the test needs.
    case insufficientData = "insufficient_data"
    /// NaN under `.reject`, infinity where moments are needed, pairs of unequal length, counts
    /// that are negative, above `largestCount`, or otherwise cannot be.
    case invalidInput = "invalid_input"
    /// No variation and no difference: the statistic is 0 and p is 1.
    case degenerateEqual = "degenerate_equal"
    /// No variation and yet a difference: the statistic is ±∞ and p is 0.
    case degenerateDifferent = "degenerate_different"

    /// Whether there are a statistic and p-values.
    public var isDecided: Bool { self != .insufficientData && self != .invalidInput }
}

/// What NaN in the data means.
public enum NaNPolicy: String, Equatable, Sendable, CaseIterable {
    /// One NaN makes the test `invalidInput`.
    case reject
    /// NaN are dropped before everything else; of pairs, both halves.
    case omit

    /// The values that the test is to use, or `nil` when NaN rules it out.
    func apply(_ values: [Double]) -> [Double]? {
        guard values.contains(where: \.isNaN) else { return values }
        return self == .reject ? nil : values.filter { !$0.isNaN }
    }

    /// The pairs that the test is to use, or `nil` when NaN or unequal lengths rule it out.
    func applyToPairs(_ a: [Double], _ b: [Double]) -> [(Double, Double)]? {
        guard a.count == b.count else { return nil }
        let pairs = Array(zip(a, b))
        let isWhole = { (pair: (Double, Double)) in !pair.0.isNaN && !pair.1.isNaN }
        if pairs.allSatisfy(isWhole) { return pairs }
        return self == .reject ? nil : pairs.filter(isWhole)
    }
}

/// A closed interval of values; a bound may be infinite.
public struct Interval: Equatable, Sendable {
    public let low: Double
    public let high: Double

    public init(low: Double, high: Double) {
        self.low = low
        self.high = high
    }

    public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}
