import func Glibc.log
import func Glibc.log1p
import func Glibc.pow

/// The t-test of paired differences that may be watched: looks are free, and no variance is given.
///
/// With the t statistic of n differences y − x, ν = n − 1, and a normal mixture of variance ρ² over
/// the difference in units of its own deviation, g = 1 + nρ²:
/// ln L = (ν+1)/2 · (ln(1+t²/ν) − ln(1+t²/(νg))) − ½ ln g. The chance that L ever reaches 1/α when
/// there is no difference is at most α: exactly for normal differences of whatever variance. That is
/// what `MixtureSPRT` with an estimated variance is not, and it costs about 2 % more pairs.
/// Source: Lai, Annals of Statistics 4 (1976) 265–280; Pérez-Ortiz, Lardy, de Heide, Grünwald,
/// E-Statistics, Group Invariance and Anytime-Valid Testing, 2022.
public struct StudentMixtureTest: Equatable, Sendable {
    /// ρ²; by default of use, the square of the smallest effect that matters, in deviations of a
    /// difference.
    public let mixingVariance: Double
    public let nanPolicy: NaNPolicy
    /// Whether a pair was no pair of usable numbers.
    private var isInvalid = false
    private var differences = RunningMoments()
    /// The largest ln L so far; never below 0.
    public private(set) var peakLogEvidence = 0.0

    /// - Returns: `nil` unless the variance is from 10⁻¹² to 10¹².
    public init?(mixingVariance: Double, nanPolicy: NaNPolicy = .reject) {
        guard (1e-12...1e12).contains(mixingVariance) else { return nil }
        self.mixingVariance = mixingVariance
        self.nanPolicy = nanPolicy
    }

    /// Adds one pair. One with NaN or beyond ±10¹⁴⁰ makes the test `invalidInput` for good; under
    /// `.omit` NaN is left out.
    public mutating func add(_ x: Double, _ y: Double) {
        guard !isInvalid, nanPolicy == .reject || !(x.isNaN || y.isNaN) else { return }
        guard x.hasMoments, y.hasMoments else {
            isInvalid = true
            return
        }
        differences.add(y - x)
        if let logEvidence { peakLogEvidence = max(peakLogEvidence, logEvidence) }
    }

    /// `insufficientData` before the second pair; `degenerate…` while all differences are the same.
    public var status: TestStatus {
        if isInvalid { return .invalidInput }
        guard let deviation else { return .insufficientData }
        if deviation > 0 { return .ok }
        return meanDifference == 0 ? .degenerateEqual : .degenerateDifferent
    }

    public var pairCount: Int { differences.count }

    /// mean(y) − mean(x).
    public var meanDifference: Double? { isInvalid ? nil : differences.mean }

    /// Of the mean difference.
    public var standardError: Double? {
        isInvalid ? nil : deviation.map { $0 / Double(pairCount).squareRoot() }
    }

    private var deviation: Double? { differences.variance?.squareRoot() }

    /// g.
    private var growth: Double { 1 + Double(pairCount) * mixingVariance }

    /// ln L at this moment. Differences that are all the same and not 0 count as a t of ∞, since a
    /// deviation of 0 is one below what the numbers can show.
    public var logEvidence: Double? {
        guard status.isDecided, let meanDifference, let deviation else { return nil }
        if status == .degenerateEqual { return -0.5 * log(growth) }
        let (n, free) = (Double(pairCount), Double(pairCount - 1))
        // t²/ν and t²/(νg), the larger of which may be ∞: then their quotient is g.
        let ratio = meanDifference / deviation
        let share = ratio * ratio * (n / free)
        let gain = share.isFinite ? log1p(share) - log1p(share / growth) : log(growth)
        return n / 2 * gain - 0.5 * log(growth)
    }

    /// The smallest 1/L so far: a p-value that may be read at any moment.
    public var alwaysValidP: Double? {
        status.isDecided ? evidenceToP(peakLogEvidence) : nil
    }

    public func rejects(atLevel alpha: Double) -> Bool {
        status.isDecided && evidence(peakLogEvidence, reaches: alpha)
    }

    /// The interval for the difference that holds at all times together with confidence 1 − α;
    /// without bounds as long as there are too few pairs for one.
    public func interval(alpha: Double = 0.05) -> Interval? {
        guard status.isDecided, let meanDifference, let deviation, alpha > 0, alpha < 1 else {
            return nil
        }
        let (n, free) = (Double(pairCount), Double(pairCount - 1))
        // (1+t²/ν)/(1+t²/(νg)) rises from 1 to g as t does.
        let quotient = pow(growth / (alpha * alpha), 1 / n)
        guard quotient < growth else { return Interval(low: -.infinity, high: .infinity) }
        let square = free * (quotient - 1) / (1 - quotient / growth)
        let reach = deviation * (square / n).squareRoot()
        return Interval(low: meanDifference - reach, high: meanDifference + reach)
    }
}

extension StudentMixtureTest: StoredAsNumbers {
    public var numbers: [Double] {
        [mixingVariance, nanPolicy == .omit ? 1 : 0, isInvalid ? 1 : 0, peakLogEvidence]
            + differences.numbers
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let mixing = reader.next(), let omits = reader.bool(), let isInvalid = reader.bool(),
            let peak = reader.next(in: 0...Double.infinity),
            let differences = RunningMoments(numbers: reader.remainder())
        else { return nil }
        self.init(mixingVariance: mixing, nanPolicy: omits ? .omit : .reject)
        (self.isInvalid, peakLogEvidence) = (isInvalid, peak)
        self.differences = differences
    }
}
