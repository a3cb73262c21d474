import func Glibc.exp
import func Glibc.expm1
import func Glibc.log

/// The regularized incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), each accurate
/// in its own tail.
///
/// Both are NaN for a outside (0, 10¹²] or x < 0.
/// Source: DLMF 8.7.1 (series for P) and 8.9.2 (continued fraction for Q).
public struct IncompleteGamma: Equatable, Sendable {
    /// P(a, x), the chance that a Gamma(a) value is at most x.
    public let p: Double
    /// Q(a, x), the chance that it is larger.
    public let q: Double

    public init(a: Double, x: Double) {
        guard a > 0, a <= 1e12, x >= 0 else {
            (p, q) = (.nan, .nan)
            return
        }
        if x == 0 || x == .infinity {
            (p, q) = x == 0 ? (0, 1) : (1, 0)
        } else if x >= a + 1 {
            q = min(1, a * gammaDensity(a, x) * gammaFraction(a, x))
            p = 1 - q
        } else {
            p = min(1, gammaDensity(a, x) * gammaSeries(a, x))
            q = p > 0.9 && a < 1 ? smallShapeComplement(a, x) : 1 - p
        }
    }
}

/// xᵃ e⁻ˣ / Γ(a+1).
private func gammaDensity(_ a: Double, _ x: Double) -> Double {
    exp(-stirlingError(a) - deviance(a, mean: x)) / (2 * Double.pi * a).squareRoot()
}

/// 1 + x/(a+1) + x²/((a+1)(a+2)) + …
private func gammaSeries(_ a: Double, _ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for k in 1..<10_000_000 {
        term *= x / (a + Double(k))
        sum += term
        if term <= sum * 0.5 * Double.ulpOfOne { break }
    }
    return sum
}

/// 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))).
private func gammaFraction(_ a: Double, _ x: Double) -> Double {
    // The leading denominator is divided out so that the fraction starts with 1.
    let first = x + 1 - a
    var fraction = LentzFraction()
    for k in 1..<10_000_000 {
        let k = Double(k)
        let coefficient = -k * (k - a) / (k == 1 ? first : 1)
        if fraction.append(coefficient, over: first + 2 * k) { break }
    }
    return 1 / (first * fraction.value)
}

/// Q(a, x) for a < 1 and small x, where 1 − P would cancel: 1 − xᵃ/Γ(1+a) is taken with `expm1`.
private func smallShapeComplement(_ a: Double, _ x: Double) -> Double {
    let rounded = 1 + a
    let logGammaOfOnePlusA = logGamma(rounded) - eulerGamma * (a - (rounded - 1))
    let exponent = a * log(x) - logGammaOfOnePlusA
    var (power, sum) = (1.0, 0.0)
    for k in 1..<1000 {
        power *= -x / Double(k)
        let term = a * power / (a + Double(k))
        sum += term
        if term.magnitude <= sum.magnitude * Double.ulpOfOne { break }
    }
    return max(0, -expm1(exponent) - exp(exponent) * sum)
}
