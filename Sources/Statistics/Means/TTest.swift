/// A comparison of two means by Student's t.
///
/// a is the candidate, b the baseline: a positive t means that a is larger. What could not be
/// computed is `nil`, and `status` says why; nothing here is ever NaN.
public struct TTest: Equatable, Sendable {
    public let status: TestStatus
    /// The difference of the means over its standard error; ±∞ when there is no variation.
    public let t: Double?
    /// `nil` also where there is no variation to estimate them from (Welch).
    public let degreesOfFreedom: Double?
    public let p: TailProbabilities?
    /// mean(a) − mean(b); ±∞ where the difference itself leaves the range of `Double`.
    public let meanDifference: Double?
    public let standardError: Double?
    /// s_p of the pooled forms: the square root of the pooled variance.
    public let pooledDeviation: Double?

    private let estimate: ScaledEstimate?

    init(_ status: TestStatus) {
        self.status = status
        (t, degreesOfFreedom, p, meanDifference) = (nil, nil, nil, nil)
        (standardError, pooledDeviation, estimate) = (nil, nil, nil)
    }

    init(
        _ estimate: ScaledEstimate, degreesOfFreedom: Double?
    ) {
        let difference = estimate.difference
        self.estimate = estimate
        self.degreesOfFreedom = degreesOfFreedom
        pooledDeviation = estimate.pooledDeviation.map(estimate.frame.length)
        meanDifference = estimate.frame.length(difference)
        standardError = estimate.frame.length(estimate.error)
        if let degreesOfFreedom, estimate.error > 0 {
            status = .ok
            let t = difference / estimate.error
            self.t = t
            p = StudentTDistribution(degreesOfFreedom: degreesOfFreedom).tails(t)
        } else if difference == 0 {
            (status, t, p) = (.degenerateEqual, 0, .certain)
        } else {
            status = .degenerateDifferent
            t = difference > 0 ? .infinity : -.infinity
            p = .impossible(sign: difference)
        }
    }

    /// The interval that holds the true difference of means with this confidence.
    ///
    /// - Returns: `nil` without a decided test or for a confidence outside (0, 1).
    public func interval(confidence: Double = 0.95) -> Interval? {
        guard let estimate, confidence > 0, confidence < 1 else { return nil }
        var reach = 0.0
        if let degreesOfFreedom, estimate.error > 0 {
            let t = StudentTDistribution(degreesOfFreedom: degreesOfFreedom)
            reach = t.upperQuantile((1 - confidence) / 2) * estimate.error
        }
        return Interval(
            low: estimate.frame.length(estimate.difference - reach),
            high: estimate.frame.length(estimate.difference + reach))
    }

    /// Cohen's d: the difference in units of the pooled deviation. `nil` for the other forms.
    public var cohensD: Double? {
        guard let estimate, let deviation = estimate.pooledDeviation, deviation > 0 else {
            return nil
        }
        return estimate.difference / deviation
    }

    /// The smallest difference that a test of this size would find. See `MinimumDetectableEffect`.
    public func minimumDetectableEffect(alpha: Double = 0.05, power: Double = 0.8) -> Double? {
        guard status == .ok, let standardError else { return nil }
        return MinimumDetectableEffect.of(standardError: standardError, alpha: alpha, power: power)
    }
}

/// A difference of means and its standard error in the unit of a frame, where neither overflows.
struct ScaledEstimate: Equatable, Sendable {
    let frame: Frame
    let difference: Double
    let error: Double
    /// Of the pooled forms.
    var pooledDeviation: Double?
}
