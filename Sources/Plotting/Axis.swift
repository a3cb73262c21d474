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
