import func Glibc.exp
import func Glibc.log

/// The χ² distribution with positive degrees of freedom. NaN for others.
public struct ChiSquaredDistribution: Equatable, Sendable {
    public let degreesOfFreedom: Double

    public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

    /// The chance of a value at most x.
    public func cdf(_ x: Double) -> Double {
        x <= 0 ? 0 : IncompleteGamma(a: degreesOfFreedom / 2, x: x / 2).p
    }

    /// The chance of a value above x.
    public func sf(_ x: Double) -> Double {
        x <= 0 ? 1 : IncompleteGamma(a: degreesOfFreedom / 2, x: x / 2).q
    }

    /// The x with sf(x) = q: the critical value of a test at level q. NaN outside [0, 1].
    public func upperQuantile(_ q: Double) -> Double {
        guard q >= 0, q <= 1, degreesOfFreedom > 0 else { return .nan }
        if q == 0 || q == 1 { return q == 0 ? .infinity : 0 }
        let start = log(degreesOfFreedom)
        if q < 0.5 { return positiveRoot(near: start) { log(sf(exp($0))) - log(q) } }
        return positiveRoot(near: start) { log(cdf(exp($0))) - log(1 - q) }
    }
}
