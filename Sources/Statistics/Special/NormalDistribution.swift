import func Glibc.erfc
import func Glibc.exp
import func Glibc.log

/// The standard normal distribution. Tails keep their digits down to 1e-308.
public enum NormalDistribution {
    /// Φ(z), the chance of a value at most z.
    public static func cdf(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// 1 − Φ(z), the chance of a value above z.
    public static func sf(_ z: Double) -> Double { cdf(-z) }

    /// The density at z.
    public static func pdf(_ z: Double) -> Double { exp(-0.5 * z * z - halfLogTwoPi) }

    /// The z with Φ(z) = p. ∓∞ at p = 0 and 1, NaN outside [0, 1].
    ///
    /// For p near 1 use `upperQuantile` of the complement: 1 − p has lost the tail already.
    public static func quantile(_ p: Double) -> Double {
        p <= 0.5 ? lowerHalf(p) : -lowerHalf(1 - p)
    }

    /// The z with 1 − Φ(z) = q.
    public static func upperQuantile(_ q: Double) -> Double { -quantile(q) }

    /// Newton's method on ln Φ, which is concave: from a good start every step closes in.
    private static func lowerHalf(_ p: Double) -> Double {
        guard p > 0 else { return p == 0 ? -.infinity : .nan }
        if p == 0.5 { return 0 }
        // Start: Abramowitz and Stegun 26.2.23, |error| < 4.5e-4.
        let t = (-2 * log(p)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        var z = numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
        for _ in 0..<6 {
            let tail = cdf(z)
            let step = tail / pdf(z) * log(tail / p)
            z -= step
            if step.magnitude <= 1e-16 * z.magnitude { break }
        }
        return z
    }
}

/// The chance of a result at least this extreme, for each of the three questions one can ask.
public struct TailProbabilities: Equatable, Sendable {
    /// H1: a and b differ.
    public let twoSided: Double
    /// H1: a is larger.
    public let greater: Double
    /// H1: a is smaller.
    public let less: Double

    public init(twoSided: Double, greater: Double, less: Double) {
        self.twoSided = min(1, twoSided)
        self.greater = min(1, greater)
        self.less = min(1, less)
    }

    /// Of a normal score z.
    init(normal z: Double) {
        let tail = NormalDistribution.sf(z.magnitude)
        self.init(
            twoSided: 2 * tail, greater: NormalDistribution.sf(z), less: NormalDistribution.cdf(z))
    }

    /// No variation and no difference: nothing speaks against the null.
    static let certain = TailProbabilities(twoSided: 1, greater: 1, less: 1)

    /// No variation and a difference of this sign: chance explains none of it.
    static func impossible(sign: Double) -> TailProbabilities {
        TailProbabilities(twoSided: 0, greater: sign > 0 ? 0 : 1, less: sign > 0 ? 1 : 0)
    }
}
