extension Target {
    func join(_ first: String, _ second: String) -> String {
        first.isEmpty ? second : second.isEmpty ? first : first + "; " + second
    }
}

/// `1 agent`, `2 agents`.
func counted(_ count: Int, _ thing: String) -> String {
    count == 1 ? "1 \(thing)" : "\(count) \(thing)s"
}

/// A rate in percent with up to two decimals.
func percent(_ rate: Double) -> String {
    let hundredths = Int((rate * 10_000).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    return rest == 0 ? "\(whole) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
}

/// A probability with three digits that count: `0.0125`, `1`.
func threeDigits(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var (scale, digits) = (1_000.0, 3)
    while value * scale < 100, digits < 9 { (scale, digits) = (scale * 10, digits + 1) }
    let rounded = Int((value * scale).rounded())
    let (whole, rest) = (rounded / Int(scale), rounded % Int(scale))
    if rest == 0 { return whole == 0 ? "below 1e-9" : "\(whole)" }
    var tail = String(repeating: "0", count: max(0, digits - "\(rest)".count)) + "\(rest)"
    while tail.hasSuffix("0") { tail.removeLast() }
    return "\(whole).\(tail)"
}
