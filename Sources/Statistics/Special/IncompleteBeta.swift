import func Glibc.exp
import func Glibc.log

/// The regularized incomplete beta function I_x(a, b) and its complement, each accurate in
/// its own tail: neither is made by taking the other from 1 where that would lose digits.
///
/// Both are NaN for a ≤ 0, b ≤ 0 or x outside [0, 1].
/// Source: DLMF 8.17.22 (continued fraction), evaluated by Lentz's method.
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
        guard a > 0, b > 0, x >= 0, y >= 0 else {
            (lower, upper) = (.nan, .nan)
            return
        }
        if x == 0 || y == 0 {
            (lower, upper) = x == 0 ? (0, 1) : (1, 0)
        } else if x < (a + 1) / (a + b + 2) {
            (lower, upper) = tails(a, b, x, y)
        } else {
            (upper, lower) = tails(b, a, y, x)
        }
    }
}

/// I_x(a, b) where the fraction converges fast, and the complement.
private func tails(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> (Double, Double) {
    let near = min(1, betaDensity(a, b, x, y) * betaFraction(a, b, x) / a)
    if near <= 0.9 { return (near, 1 - near) }
    // The complement is small: its own fraction is slower here, but keeps its digits.
    let far = min(1, betaDensity(b, a, y, x) * betaFraction(b, a, y) / b)
    return (1 - far, far)
}

/// xᵃ yᵇ / B(a, b), through deviances, so that large a and b keep their digits.
private func betaDensity(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let n = a + b
    let corrections = stirlingError(n) - stirlingError(a) - stirlingError(b)
    let exponent = corrections - deviance(a, mean: n * x) - deviance(b, mean: n * y)
    return exp(exponent) * (a / n * b / (2 * Double.pi)).squareRoot()
}

/// 1 / (1 + d₁/(1 + d₂/(1 + …))). Takes of the order of √max(a, b) terms.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    var fraction = LentzFraction()
    for m in 0..<1_000_000 {
        let m = Double(m)
        let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        if m > 0 { fraction.append(even) }
        if fraction.append(odd) { break }
    }
    return 1 / fraction.value
}

/// 1 + d₁/(1 + d₂/(1 + …)) from the front. Source: Thompson and Barnett 1986 (modified Lentz).
struct LentzFraction {
    private(set) var value = 1.0
    private var c = 1.0
    private var d = 0.0

    /// - Returns: whether the term no longer changed the value.
    @discardableResult
    mutating func append(_ coefficient: Double, over denominator: Double = 1) -> Bool {
        let tiny = 1e-300
        d = denominator + coefficient * d
        c = denominator + coefficient / c
        if d.magnitude < tiny { d = tiny }
        if c.magnitude < tiny { c = tiny }
        d = 1 / d
        let change = c * d
        value *= change
        return (change - 1).magnitude <= 2 * Double.ulpOfOne
    }
}
