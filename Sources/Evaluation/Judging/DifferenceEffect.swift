import Statistics

/// How large a difference is, apart from whether it is there; positive, above 1 or above ½ where b is
/// the larger.
public struct DifferenceEffect: Sendable, Equatable {
    public let name: String
    public let value: Double

    /// Examples that b alone has right for each that a alone has; half an example is added to both,
    /// so that none is no infinity.
    static func oddsRatio(_ pair: PairedProportions) -> DifferenceEffect {
        DifferenceEffect(
            name: "odds ratio", value: (Double(pair.onlyB) + 0.5) / (Double(pair.onlyA) + 0.5))
    }

    /// The mean of the differences in units of their own deviation: t/√n.
    ///
    /// - Returns: `nil` without variation.
    static func pairedD(_ test: TTest, count: Int) -> DifferenceEffect? {
        guard let t = test.t, t.isFinite, count > 0 else { return nil }
        return DifferenceEffect(name: "Cohen's d", value: t / Double(count).squareRoot())
    }

    static func hedgesG(a: [Double], b: [Double]) -> DifferenceEffect? {
        finite("Hedges' g", EffectSize(b, a).hedgesG)
    }

    /// The chance that a repeat of b is above one of a.
    static func a12(a: [Double], b: [Double]) -> DifferenceEffect? {
        finite("A12", EffectSize(b, a).a12)
    }

    private static func finite(_ name: String, _ value: Double?) -> DifferenceEffect? {
        value.flatMap { $0.isFinite ? DifferenceEffect(name: name, value: $0) : nil }
    }
}
