import func Glibc.exp
import func Glibc.log

/// Student's t distribution with any positive degrees of freedom, whole or not; from 10¹² on it is
/// the normal distribution.
///
/// Everything is NaN for degrees of freedom that are not above 0.
public struct StudentTDistribution: Equatable, Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// The chance of a value at most t.
    public func cdf(_ t: Double) -> Double { t <= 0 ? upperTail(-t) : 1 - upperTail(t) }

    /// The chance of a value above t.
    public func sf(_ t: Double) -> Double { cdf(-t) }

    /// The chance of a value at least as far from 0 as t.
    public func twoSided(_ t: Double) -> Double { 2 * upperTail(t.magnitude) }

    /// All three p-values of a statistic t.
    public func tails(_ t: Double) -> TailProbabilities {
        TailProbabilities(twoSided: twoSided(t), greater: sf(t), less: cdf(t))
    }

    /// The t with cdf(t) = p. ∓∞ at p = 0 and 1, NaN outside [0, 1].
    public func quantile(_ p: Double) -> Double {
        guard p >= 0, p <= 1, degreesOfFreedom > 0 else { return .nan }
        if p == 0.5 { return 0 }
        return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p, beyondHalf: p - 0.5)
    }

    /// The t with sf(t) = q.
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1, degreesOfFreedom > 0 else { return .nan }
        if q > 0.5 { return -upperQuantile(1 - q, beyondHalf: q - 0.5) }
        return q == 0.5 ? 0 : upperQuantile(q, beyondHalf: 0.5 - q)
    }

    /// Solved on ln t: the log tail is straight far out, the log centre is straight near 0.
    private func upperQuantile(_ q: Double, beyondHalf center: Double) -> Double {
        if q == 0 { return .infinity }
        if degreesOfFreedom == .infinity { return NormalDistribution.upperQuantile(q) }
        let start = log(NormalDistribution.upperQuantile(q))
        if q < 0.25 { return positiveRoot(near: start) { log(upperTail(exp($0))) - log(q) } }
        return positiveRoot(near: start) { log(halfCenter(exp($0))) - log(center) }
    }

    /// The chance of a value above t, for t ≥ 0.
    private func upperTail(_ t: Double) -> Double {
        let df = degreesOfFreedom
        guard df < 1e12 else { return df.isNaN ? .nan : NormalDistribution.sf(t) }
        let ratio = t / df.squareRoot()
        guard ratio < 1e100 else { return farTail(ratio) }
        return 0.5 * beta(ratio).upper
    }

    /// The chance of a value between 0 and t, for t ≥ 0.
    private func halfCenter(_ t: Double) -> Double {
        let ratio = t / degreesOfFreedom.squareRoot()
        return ratio < 1e100 ? 0.5 * beta(ratio).lower : 0.5
    }

    /// t²/(df+t²) is Beta(½, df/2); both it and its complement are formed without subtraction.
    private func beta(_ ratio: Double) -> IncompleteBeta {
        let square = ratio * ratio
        return IncompleteBeta(
            a: 0.5, b: degreesOfFreedom / 2, x: square / (1 + square), y: 1 / (1 + square))
    }

    /// The leading term of the tail, where t² would overflow.
    private func farTail(_ ratio: Double) -> Double {
        let df = degreesOfFreedom
        if ratio.isNaN { return .nan }
        return exp(-df * log(ratio) - log(df) - logBeta(0.5, df / 2))
    }
}
