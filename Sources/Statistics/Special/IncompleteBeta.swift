/// The regularized incomplete beta function I_x(a, b) and its complement, each accurate in
/// its own tail: neither is made by taking the other from 1 where that would lose digits.
///
/// Both are NaN for a or b outside (0, 10¹²] or x outside [0, 1]. Source: DLMF 8.17.
public struct IncompleteBeta: Equatable, Sendable {
    /// I_x(a, b), the chance that a Beta(a, b) value is at most x.
    public let lower: Double
    /// 1 − I_x(a, b).
    public let upper: Double

    public init(a: Double, b: Double, x: Double) {
        self.init(a: a, b: b, x: x, y: 1 - x)
    }

    /// - Parameter y: 1 − x, for callers that know it more exactly than the subtraction would.
    init(a: Double, b: Double, x: Double, y: Double) {
        let domain = 0.0..<1e12.nextUp
        guard a > 0, b > 0, domain.contains(a), domain.contains(b), x >= 0, y >= 0 else {
            (lower, upper) = (.nan, .nan)
            return
        }
        if x == 0 || y == 0 {
            (lower, upper) = x == 0 ? (0, 1) : (1, 0)
        } else if x < (a + 1) / (a + b + 2) {
            (lower, upper) = BetaTail(a, b, x, y).withComplement
        } else {
            (upper, lower) = BetaTail(b, a, y, x).withComplement
        }
    }
}
