extension Target {
    func join(_ first: String, _ second: String) -> String {
        first.isEmpty ? second : second.isEmpty ? first : first + "; " + second
    }
}

/// A rate in percent with up to two decimals.
func percent(_ rate: Double) -> String {
    let hundredths = Int((rate * 10_000).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    return rest == 0 ? "\(whole) %" : "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
}
