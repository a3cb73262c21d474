/// A number as the unevaluated sum of two doubles: about 106 bits of significand.
///
/// Means and deviations are taken in it, so a tiny spread on a huge offset keeps its digits.
/// Source: Dekker, A Floating-Point Technique for Extending the Available Precision, 1971.
struct DoubleDouble: Equatable, Sendable {
    let high: Double
    let low: Double

    static let zero = DoubleDouble(high: 0, low: 0)

    private init(high: Double, low: Double) {
        self.high = high
        self.low = low
    }

    /// a − b, exactly.
    init(_ a: Double, minus b: Double) { self.init(sumOf: a, -b) }

    /// a + b, exactly.
    private init(sumOf a: Double, _ b: Double) {
        let sum = a + b
        let part = sum - a
        self.init(high: sum, low: (a - (sum - part)) + (b - part))
    }

    var value: Double { high + low }

    static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
        let high = DoubleDouble(sumOf: a.high, b.high)
        let low = DoubleDouble(sumOf: a.low, b.low)
        let carried = DoubleDouble(sumOf: high.high, high.low + low.high)
        return DoubleDouble(sumOf: carried.high, carried.low + low.low)
    }

    static prefix func - (a: DoubleDouble) -> DoubleDouble {
        DoubleDouble(high: -a.high, low: -a.low)
    }

    static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + -b }

    static func / (a: DoubleDouble, divisor: Double) -> DoubleDouble {
        let quotient = a.high / divisor
        let remainder = a.high.addingProduct(-quotient, divisor) + a.low
        return DoubleDouble(sumOf: quotient, remainder / divisor)
    }
}
