/// How large a difference is, apart from whether it is there.
///
/// a is the candidate: positive values and an A12 above ½ mean that a is larger. Needs two finite
/// values a side.
public struct EffectSize: Equatable, Sendable {
    public let status: TestStatus
    /// The difference of means in units of the pooled deviation; ±∞ without variation.
    public let cohensD: Double?
    /// d (1 − 3/(4N−9)), corrected for small samples. Source: Hedges 1981.
    public let hedgesG: Double?
    /// U₁/(n₁n₂), the chance that a value of a is above one of b. Source: Vargha and Delaney 2000.
    public let a12: Double?
    /// 2 A12 − 1.
    public let cliffsDelta: Double?
    /// The median of all differences a − b. Source: Hodges and Lehmann 1963.
    public let hodgesLehmann: Double?
    /// mean(a)/mean(b); `nil` where either mean is 0, which leaves a ratio without meaning.
    public let meanRatio: Double?

    public init(_ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject) {
        let test = TTest.pooled(a, b, nanPolicy: nanPolicy)
        status = test.status
        guard test.status.isDecided, let a = nanPolicy.apply(a), let b = nanPolicy.apply(b),
            let differences = PairwiseDifferences(a, b)
        else {
            (cohensD, hedgesG, a12, cliffsDelta, hodgesLehmann) = (nil, nil, nil, nil, nil)
            meanRatio = nil
            return
        }
        // Without variation the statistic is 0 or ±∞, and so is d.
        let d = test.cohensD ?? test.t
        let total = Double(a.count + b.count)
        cohensD = d
        hedgesG = d.map { $0 * (1 - 3 / (4 * total - 9)) }
        let ranks = RankSums(a, b)
        a12 = ranks.u1 / ranks.pairs
        cliffsDelta = (ranks.u1 - ranks.u2) / ranks.pairs
        hodgesLehmann = differences.median
        meanRatio = Self.meanRatio(a, b)
    }

    /// mean(a)/mean(b); `nil` for an empty or infinite sample, or where either mean is 0.
    public static func meanRatio(_ a: [Double], _ b: [Double]) -> Double? {
        guard !a.isEmpty, !b.isEmpty, a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else {
            return nil
        }
        let frame = Frame(covering: a, b)
        let meanA = Moments(a, in: frame).mean.value
        let meanB = Moments(b, in: frame).mean.value
        return meanA == 0 || meanB == 0 ? nil : meanA / meanB
    }
}
