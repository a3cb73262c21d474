/// By how much the candidate is shifted against the baseline, from ranks alone.
///
/// The standardised Mann–Whitney statistic of (a − d) against b, with continuity ½ towards 0, is a
/// step function of d, constant between the pairwise differences: the bounds are the
/// differences at which it falls to z, 0 and −z. No root finder, and so no residue of one.
/// Source: Bauer, JASA 67 (1972) 687–690.
public struct ShiftInterval: Equatable, Sendable {
    /// −∞ where so few data cannot bound the shift.
    public let low: Double
    /// Where the statistic first reaches 0: the left end of the middle, where several fit.
    public let estimate: Double
    /// ∞ where so few data cannot bound the shift.
    public let high: Double

    /// - Returns: `nil` unless both samples have finite values only, at least one each, and the
    ///   confidence is in (0, 1).
    public init?(_ a: [Double], _ b: [Double], confidence: Double) {
        guard let differences = PairwiseDifferences(a, b), confidence > 0, confidence < 1 else {
            return nil
        }
        let half = Double(differences.count) / 2
        let reach =
            NormalDistribution.upperQuantile((1 - confidence) / 2) * Self.deviation(a, b)
        low = Self.crossing(differences, atMost: half + reach + 0.5)
        estimate = Self.crossing(differences, atMost: half + 0.5)
        high = Self.crossing(differences, atMost: half - reach - 0.5)
    }

    /// The first difference beyond which at most `limit` differences lie.
    private static func crossing(_ differences: PairwiseDifferences, atMost limit: Double) -> Double
    {
        if limit < 0 { return .infinity }
        if limit >= Double(differences.count) { return -.infinity }
        return differences.smallest(differences.count - Int(limit))
    }

    /// Between the differences no value of one sample ties with one of the other; ties within a
    /// sample stay.
    private static func deviation(_ a: [Double], _ b: [Double]) -> Double {
        let ties = RankSums(a, []).tieTerm + RankSums(b, []).tieTerm
        return RankSums(countA: a.count, countB: b.count, tieTerm: ties).deviation
    }
}
