import func Glibc.lgamma_r
import func Glibc.log
import func Glibc.log1p

/// ln Γ(x) for x > 0. `lgamma` keeps its sign in a global, so the re-entrant form is used.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// ln Γ(x+1) − (x+½) ln x + x − ½ ln 2π: what Stirling's formula leaves out, for x > 0.
///
/// Differences of log-gammas lose a digit for every power of ten in x; differences of this
/// do not, because the large parts are cancelled on paper before they are computed.
/// Source: Loader, Fast and Accurate Computation of Binomial Probabilities, 2000.
func stirlingError(_ x: Double) -> Double {
    guard x >= 10 else {
        return logGamma(x + 1) - (x + 0.5) * log(x) + x - halfLogTwoPi
    }
    let u = 1 / (x * x)
    let tail = u * (-691.0 / 360_360 + u / 156)
    let series = u * (1.0 / 1260 + u * (-1.0 / 1680 + u * (1.0 / 1188 + tail)))
    return (1.0 / 12 + u * (-1.0 / 360 + series)) / x
}

/// x ln(x/m) + m − x for x ≥ 0, m > 0: the deviance of a count x with mean m, free of cancellation.
///
/// Source: Loader 2000, function bd0.
func deviance(_ x: Double, mean m: Double) -> Double {
    if x == 0 { return m }
    let difference = x - m
    guard difference.magnitude < 0.1 * (x + m) else {
        return x * (log(x) - log(m)) - difference
    }
    let v = difference / (x + m)
    var term = 2 * x * v
    var sum = difference * v
    for j in 1...1000 {
        term *= v * v
        let next = sum + term / Double(2 * j + 1)
        if next == sum { break }
        sum = next
    }
    return sum
}

/// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a+b), also for large a and b.
func logBeta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    guard small >= 10 else { return logGamma(small) - logGammaRise(large, by: small) }
    let n = a + b
    let corrections = stirlingError(a) + stirlingError(b) - stirlingError(n)
    let scale = 0.5 * (log(n) - log(a) - log(b)) + halfLogTwoPi
    return corrections + scale + a * log(a / n) + b * log(b / n)
}

/// ln Γ(a + d) − ln Γ(a) for d > 0, exact in d even where a + d is not.
func logGammaRise(_ a: Double, by d: Double) -> Double {
    let n = a + d
    guard a >= 10 else { return logGamma(n) - logGamma(a) }
    let corrections = stirlingError(n) - stirlingError(a)
    return corrections - deviance(a, mean: n) + d * log(n) - 0.5 * log1p(d / a)
}

let halfLogTwoPi = 0.918_938_533_204_672_741_78
let eulerGamma = 0.577_215_664_901_532_860_61
