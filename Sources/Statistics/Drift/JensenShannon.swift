import func Glibc.atanh
import func Glibc.log
import func Glibc.log1p

/// The Jensen–Shannon divergence of two distributions over the same bins: how far both are from
/// their mean.
///
/// From 0 for the same to ln 2 for disjoint ones; 0 ln 0 = 0. It has no threshold of its own: flag
/// by `PermutationTest`, or a distance above 0.1. Source: Lin 1991; Endres and Schindelin 2003.
public struct JensenShannon: Equatable, Sendable {
    public let status: TestStatus
    public let nats: Double?
    public let bits: Double?
    /// √bits, a metric, from 0 to 1.
    public let distance: Double?

    /// - Parameters: weights of each bin, at least 0, in any scale. Unequal lengths, negative,
    ///   infinite or NaN weights are `invalidInput`; all zero or none is `insufficientData`.
    public init(_ p: [Double], _ q: [Double]) {
        guard p.count == q.count, (p + q).allSatisfy({ $0 >= 0 && $0.isFinite }) else {
            (status, nats, bits, distance) = (.invalidInput, nil, nil, nil)
            return
        }
        guard let p = Self.normalized(p), let q = Self.normalized(q) else {
            (status, nats, bits, distance) = (.insufficientData, nil, nil, nil)
            return
        }
        let terms = zip(p, q).lazy.map(Self.term)
        let divergence = max(0, CompensatedSum(of: terms).value / 2)
        status = .ok
        nats = divergence
        bits = divergence / log(2)
        distance = (divergence / log(2)).squareRoot()
    }

    /// Scaled first, so that neither a sum overflows nor small weights vanish.
    private static func normalized(_ weights: [Double]) -> [Double]? {
        guard let largest = weights.max(), largest > 0 else { return nil }
        let scaled = weights.map { $0.scaled(by: -Int(largest.exponent)) }
        let sum = CompensatedSum(of: scaled).value
        return scaled.map { $0 / sum }
    }

    /// p ln(p/m) + q ln(q/m) with m = (p+q)/2. Near p = q the two cancel almost wholly; with
    /// u = (p−q)/(p+q) they are m (2u artanh u + ln(1−u²)), which does not.
    private static func term(_ p: Double, _ q: Double) -> Double {
        let m = (p + q) / 2
        if m == 0 { return 0 }
        let u = (p - q) / (p + q)
        if u.magnitude < 0.5 { return m * (2 * u * atanh(u) + log1p(-u * u)) }
        return (p == 0 ? 0 : p * log(p / m)) + (q == 0 ? 0 : q * log(q / m))
    }
}
