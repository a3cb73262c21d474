import func Glibc.exp
import func Glibc.log
import func Glibc.log1p

/// The number of successes in n independent trials with success chance p.
public struct BinomialDistribution: Equatable, Sendable {
    public let trials: Int
    public let probability: Double

    /// - Returns: `nil` for a number of trials that is negative or above `largestCount`, or a
    ///   probability outside [0, 1].
    public init?(trials: Int, probability: Double) {
        guard trials.isCount, probability >= 0, probability <= 1 else { return nil }
        self.trials = trials
        self.probability = probability
    }

    /// The chance of exactly k successes.
    public func pmf(_ k: Int) -> Double {
        guard (0...trials).contains(k) else { return 0 }
        return binomialTerm(Double(k), of: Double(trials), probability, 1 - probability)
    }

    /// The chance of at most k successes.
    public func cdf(_ k: Int) -> Double {
        if k < 0 { return 0 }
        if k >= trials { return 1 }
        return tail(k).upper
    }

    /// The chance of more than k successes.
    public func sf(_ k: Int) -> Double {
        if k < 0 { return 1 }
        if k >= trials { return 0 }
        return tail(k).lower
    }

    private func tail(_ k: Int) -> IncompleteBeta {
        IncompleteBeta(a: Double(k) + 1, b: Double(trials - k), x: probability)
    }
}

/// C(n, k) pᵏ qⁿ⁻ᵏ with q = 1 − p, to nearly full precision for any n.
///
/// Source: Loader, Fast and Accurate Computation of Binomial Probabilities, 2000.
func binomialTerm(_ k: Double, of n: Double, _ p: Double, _ q: Double) -> Double {
    if p == 0 { return k == 0 ? 1 : 0 }
    if q == 0 { return k == n ? 1 : 0 }
    if k == 0 { return exp(n * (p < 0.1 ? log1p(-p) : log(q))) }
    if k == n { return exp(n * (q < 0.1 ? log1p(-q) : log(p))) }
    let corrections = stirlingError(n) - stirlingError(k) - stirlingError(n - k)
    let exponent = corrections - deviance(k, mean: n * p) - deviance(n - k, mean: n * q)
    return exp(exponent) * (n / (2 * Double.pi * k) / (n - k)).squareRoot()
}
