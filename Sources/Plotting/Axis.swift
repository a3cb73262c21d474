import func Glibc.floor
import func Glibc.log10
import func Glibc.pow

/// Maps values to positions on a page, with round numbers as ticks.
struct Axis {
    let low: Double, high: Double
    let from: Double, to: Double

    /// Covers every finite value; a single one gets some room on both sides.
    init(covering values: [Double], from: Double, to: Double) {
        let finite = values.filter(\.isFinite)
        var (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
        if low == high {
            (low, high) = (
                low - max(0.5, 0.1 * low.magnitude), high + max(0.5, 0.1 * high.magnitude)
            )
        }
        (self.low, self.high, self.from, self.to) = (low, high, from, to)
    }

    init(_ range: ClosedRange<Double>, from: Double, to: Double) {
        (low, high, self.from, self.to) = (range.lowerBound, range.upperBound, from, to)
    }

    /// What covers every finite value, with room on both sides of a single one.
    static func range(of values: [Double]) -> ClosedRange<Double> {
        let axis = Axis(covering: values, from: 0, to: 1)
        return axis.low...axis.high
    }

    subscript(value: Double) -> Double {
        from + (value - low) / (high - low) * (to - from)
    }

    /// Three to eight multiples of 1, 2 or 5 times a power of ten.
    var ticks: [Double] {
        let raw = (high - low) / 5
        let magnitude = pow(10, floor(log10(raw)))
        let step = [1, 2, 5, 10].map { $0 * magnitude }.first { $0 >= raw } ?? raw
        let first = (low / step).rounded(.up)
        return (0..<12).map { (first + Double($0)) * step }.filter { $0 <= high + step * 1e-9 }
    }

    /// At most four decimals, without trailing zeros.
    static func label(_ value: Double) -> String { decimal(value, places: 4) }

    /// As short as a tick needs: `0.25`, `12k`, `3.5M`, `2e-6`.
    static func short(_ value: Double) -> String {
        let units: [(Double, String)] = [(1e9, "G"), (1e6, "M"), (1e4, "k")]
        for (size, unit) in units where value.magnitude >= size && value.magnitude < 1e13 {
            return decimal(value / (unit == "k" ? 1e3 : size), places: 2) + unit
        }
        return figure(value)
    }

    /// Five significant digits.
    static func figure(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
        let exponent = Int(floor(log10(value.magnitude)))
        guard (-4..<9).contains(exponent) else {
            return decimal(value / pow(10, Double(exponent)), places: 3) + "e\(exponent)"
        }
        return decimal(value, places: max(0, min(8, 4 - exponent)))
    }

    static func decimal(_ value: Double, places: Int) -> String {
        let scale = pow(10, Double(places))
        let scaled = (value * scale).rounded()
        guard scaled.magnitude < 9e15 else { return "\(value)" }
        let whole = Int64(scaled.magnitude)
        let fraction = whole % Int64(scale)
        var digits = String(fraction)
        digits = String(repeating: "0", count: places - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        let text = "\(whole / Int64(scale))" + (digits.isEmpty ? "" : "." + digits)
        return scaled < 0 ? "-" + text : text
    }
}
