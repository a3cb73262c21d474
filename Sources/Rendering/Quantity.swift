import CairnCore

/// Numbers as people read them.
public enum Quantity {
    /// `1,234,567`.
    public static func count(_ value: some BinaryInteger) -> String {
        let digits = Array(String(value.magnitude))
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// `1 file`, `2 files`.
    public static func count(_ value: some BinaryInteger, of thing: String) -> String {
        "\(count(value)) \(thing)\(value == 1 ? "" : "s")"
    }

    /// Powers of 1,000: `512 B`, `1.5 kB`, `28 GB`.
    public static func bytes(_ count: some BinaryInteger) -> String {
        let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
        var (value, unit) = (Double(count), 0)
        while value >= 999.5, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        return "\(figure(value, digits: 3)) \(units[unit])"
    }

    /// `12 ms`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
    public static func duration(milliseconds: some BinaryInteger) -> String {
        Duration.milliseconds(Int64(clamping: milliseconds)).inWords
    }

    public static func percent(_ fraction: Double) -> String {
        figure(fraction * 100, digits: 3) + " %"
    }

    public static func percent(basisPoints: UInt32) -> String {
        BasisPoints(Int(basisPoints))?.description ?? "\(basisPoints) bp"
    }

    /// At most `digits` significant digits, without trailing zeros: `0.9712`, `12,300` as `12300`.
    public static func figure(_ value: Double, digits: Int = 5) -> String {
        guard value.isFinite else { return value.isNaN ? "–" : (value < 0 ? "-∞" : "∞") }
        if value == 0 { return "0" }
        let magnitude = value.magnitude
        guard magnitude >= 1e-4, magnitude < 1e9 else { return scientific(value, digits: digits) }
        var (bound, whole) = (1.0, 1)
        while magnitude >= bound * 10 { (bound, whole) = (bound * 10, whole + 1) }
        var leading = 1.0
        while magnitude < leading { (leading, whole) = (leading / 10, whole - 1) }
        let decimals = max(0, digits - whole)
        let scale = power(decimals)
        let scaled = (magnitude * scale).rounded()
        let integral = (scaled / scale).rounded(.down)
        var fraction = String(Int64(scaled - integral * scale))
        fraction = String(repeating: "0", count: max(0, decimals - fraction.count)) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        let text =
            String(Int64(integral)) + (decimals == 0 || fraction.isEmpty ? "" : "." + fraction)
        return value < 0 ? "-" + text : text
    }

    private static func scientific(_ value: Double, digits: Int) -> String {
        var (mantissa, exponent) = (value, 0)
        while mantissa.magnitude >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa.magnitude < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        return "\(figure(mantissa, digits: digits))e\(exponent)"
    }

    private static func power(_ exponent: Int) -> Double {
        (0..<exponent).reduce(1.0) { product, _ in product * 10 }
    }

    /// `2026-11-24 00:11:36Z`; `–` for 0, which means none everywhere on the wire.
    public static func time(unixMilliseconds: Int64) -> String {
        if unixMilliseconds == 0 { return "–" }
        let text = Timestamp(milliseconds: unixMilliseconds).description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z"
    }

    /// `00:11:36Z`.
    public static func timeOfDay(unixMilliseconds: Int64) -> String {
        String(time(unixMilliseconds: unixMilliseconds).suffix(9))
    }
}
