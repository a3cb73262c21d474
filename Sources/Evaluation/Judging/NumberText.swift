extension Double {
    /// With `digits` significant digits at most: `0.912`, `1.2e-07`.
    func text(digits: Int = 4) -> String {
        guard isFinite, self != 0 else { return "\(self)" }
        var exponent = 0
        var size = magnitude
        while size >= 10 {
            size /= 10
            exponent += 1
        }
        while size < 1 {
            size *= 10
            exponent -= 1
        }
        if exponent < -4 { return Self.small(size, exponent, digits, isNegative: self < 0) }
        let scale = digits - 1 - exponent
        guard scale.magnitude <= 300 else { return "\(self)" }
        let power = Self.powerOfTen(scale.magnitude)
        let rounded =
            scale >= 0 ? (self * power).rounded() / power : (self / power).rounded() * power
        let text = "\(rounded)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A mantissa from 1 to 10 with its exponent, rounded by itself: far down no power of ten is exact.
    private static func small(
        _ mantissa: Double, _ exponent: Int, _ digits: Int, isNegative: Bool
    ) -> String {
        let power = powerOfTen(digits - 1)
        let rounded = (mantissa * power).rounded() / power
        let (shown, places) =
            rounded >= 10 ? (rounded / 10, -exponent - 1) : (rounded, -exponent)
        let text = "\(shown)"
        return (isNegative ? "-" : "") + (text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
            + (places < 10 ? "e-0\(places)" : "e-\(places)")
    }

    private static func powerOfTen(_ exponent: some BinaryInteger) -> Double {
        (0..<Int(exponent)).reduce(1.0) { power, _ in power * 10 }
    }
}
