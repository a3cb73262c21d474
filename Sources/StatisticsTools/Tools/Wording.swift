import Statistics

/// Words that answers share.
enum Wording {
    /// "95 %" for an α of 0.05.
    static func percent(_ confidence: Double) -> String {
        let hundredths = (confidence * 10_000).rounded() / 100
        let text = "\(hundredths)"
        return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
    }

    static func plain(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Source: Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988.
    static func size(ofD d: Double?) -> String {
        guard let size = d?.magnitude else { return "" }
        return size < 0.2 ? "negligible" : size < 0.5 ? "small" : size < 0.8 ? "medium" : "large"
    }

    /// Source: Vargha and Delaney, 2000.
    static func size(ofA12 a12: Double?) -> String {
        guard let a12 else { return "" }
        let size = max(a12, 1 - a12)
        return size < 0.56
            ? "negligible" : size < 0.64 ? "small" : size < 0.71 ? "medium" : "large"
    }

    /// What a test of a difference says, and that nothing shown is not nothing there.
    static func difference(
        _ what: String, p: Double, alpha: Double, aIsLarger: Bool, detectable: Double? = nil
    ) -> (outcome: StatAnswer.Outcome, verdict: String) {
        let level = "at level \(plain(alpha))"
        if p <= alpha {
            return (.rejected, "\(what) differ \(level): a is \(aIsLarger ? "larger" : "smaller")")
        }
        let unseen = detectable.map { value in
            "; a true one under \(short(value)) would mostly go unseen with so few data"
        }
        return (.kept, "no difference of \(what) shown \(level)\(unseen ?? "")")
    }

    /// Three significant digits.
    static func short(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return plain(value) }
        var (scaled, exponent) = (value.magnitude, 0)
        while scaled >= 1000 { (scaled, exponent) = (scaled / 10, exponent + 1) }
        while scaled < 100 { (scaled, exponent) = (scaled * 10, exponent - 1) }
        var whole = scaled.rounded()
        if exponent > 6 || exponent < -7 {
            return "\(value < 0 ? "-" : "")\(plain(whole / 100))e\(exponent + 2)"
        }
        while exponent > 0 { (whole, exponent) = (whole * 10, exponent - 1) }
        var divisor = 1.0
        for _ in exponent..<0 { divisor *= 10 }
        return plain((value < 0 ? -whole : whole) / divisor)
    }

    static let degenerate = "neither sample varies at all"
}

extension StatFigure {
    /// The p-value of the alternative asked for, and all three for programs.
    static func tails(
        _ tails: TailProbabilities?, _ alternative: StatAlternative, prefix: String = "p"
    ) -> [StatFigure?] {
        guard let tails else { return [] }
        return [
            StatFigure(
                "p", prefix, .number(alternative.p(of: tails)), note: alternative.note),
            .number("p_two_sided", "", tails.twoSided), .number("p_greater", "", tails.greater),
            .number("p_less", "", tails.less),
        ]
    }
}
