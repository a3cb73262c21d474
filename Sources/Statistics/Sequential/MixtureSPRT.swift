import func Glibc.exp
import func Glibc.log
import func Glibc.log1p

/// The mixture sequential probability ratio test of two arms with normal outcomes: looks are free.
///
/// Pairs (x, y) arrive one by one. With V = 2σ², D the mean of y − x and a normal mixture of
/// variance τ² over the difference, ln L = ½ ln(V/(V+nτ²)) + n²τ²D²/(2V(V+nτ²)). The chance that L
/// ever reaches 1/α when there is no difference is at most α: exactly for normal data with known
/// variance. A variance taken once from the differences of the first 50 pairs doubles the false
/// alarms; where it is not known, `StudentMixtureTest` is exact.
/// Source: Robbins 1970; Johari, Pekelis and Walsh, Operations Research 70 (2022).
public struct MixtureSPRT: Equatable, Sendable {
    /// σ², the variance of one outcome.
    public let variance: Double
    /// τ²; by default of use, the square of the smallest difference that matters.
    public let mixingVariance: Double
    public let nanPolicy: NaNPolicy
    public private(set) var status = TestStatus.insufficientData
    public private(set) var pairCount = 0
    /// The largest ln L so far; never below 0.
    public private(set) var peakLogEvidence = 0.0
    private var sum = CompensatedSum()

    /// - Returns: `nil` unless both variances are finite and above 0.
    public init?(variance: Double, mixingVariance: Double, nanPolicy: NaNPolicy = .reject) {
        guard variance > 0, variance.isFinite, mixingVariance > 0, mixingVariance.isFinite else {
            return nil
        }
        self.variance = variance
        self.mixingVariance = mixingVariance
        self.nanPolicy = nanPolicy
    }

    /// Adds one pair. One that is not finite makes the test `invalidInput` for good, or under
    /// `.omit` is left out; so does a sum that leaves the range of `Double`.
    public mutating func add(_ x: Double, _ y: Double) {
        guard status != .invalidInput else { return }
        guard x.isFinite, y.isFinite else {
            if nanPolicy == .reject || !(x.isNaN || y.isNaN) { status = .invalidInput }
            return
        }
        pairCount += 1
        sum.add(y)
        sum.add(-x)
        status = sum.value.isFinite ? .ok : .invalidInput
        if let logEvidence { peakLogEvidence = max(peakLogEvidence, logEvidence) }
    }

    /// mean(y) − mean(x).
    public var meanDifference: Double? {
        status == .ok ? sum.value / Double(pairCount) : nil
    }

    /// ln L at this moment.
    public var logEvidence: Double? {
        guard status == .ok else { return nil }
        let ratio = ratio
        guard ratio > 0 else { return 0 }
        // n²τ²D²/(2V(V+nτ²)) as z²/2 · ρ/(1+ρ), in an order that keeps the range.
        let z = sum.value / variance.squareRoot() / (2 * Double(pairCount)).squareRoot()
        let shrinkage = ratio.isFinite ? ratio / (1 + ratio) : 1
        return z * (z * shrinkage) / 2 - 0.5 * logGrowth
    }

    /// The smallest 1/L so far: a p-value that may be read at any moment.
    public var alwaysValidP: Double? { status == .ok ? evidenceToP(peakLogEvidence) : nil }

    public func rejects(atLevel alpha: Double) -> Bool {
        status == .ok && evidence(peakLogEvidence, reaches: alpha)
    }

    /// The interval for the difference that holds at all times together with confidence 1 − α.
    ///
    /// D ± √(V(V+nτ²)/(n²τ²) · (2 ln(1/α) − ln(V/(V+nτ²)))).
    public func interval(alpha: Double = 0.05) -> Interval? {
        guard let meanDifference, alpha > 0, alpha < 1 else { return nil }
        let error = variance.squareRoot() * (2 / Double(pairCount)).squareRoot()
        let reach = error * ((1 + 1 / ratio) * (logGrowth - 2 * log(alpha))).squareRoot()
        return Interval(low: meanDifference - reach, high: meanDifference + reach)
    }

    /// ρ = nτ²/V; may be 0 or ∞ where the variances are far apart.
    private var ratio: Double { Double(pairCount) / 2 * (mixingVariance / variance) }

    /// ln((V+nτ²)/V).
    private var logGrowth: Double {
        let ratio = ratio
        if ratio.isFinite { return log1p(ratio) }
        return log(Double(pairCount) / 2) + log(mixingVariance) - log(variance)
    }
}

extension MixtureSPRT: StoredAsNumbers {
    public var numbers: [Double] {
        [
            variance, mixingVariance, nanPolicy == .omit ? 1 : 0, status == .invalidInput ? 1 : 0,
            Double(pairCount), peakLogEvidence,
        ] + sum.numbers
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let variance = reader.next(), let mixing = reader.next(),
            let omits = reader.bool(), let isInvalid = reader.bool(),
            let count = reader.int(in: 0...1 << 53),
            let peak = reader.next(in: 0...Double.infinity),
            let sum = CompensatedSum(numbers: reader.remainder())
        else { return nil }
        self.init(
            variance: variance, mixingVariance: mixing, nanPolicy: omits ? .omit : .reject)
        (pairCount, peakLogEvidence, self.sum) = (count, peak, sum)
        status = isInvalid ? .invalidInput : count > 0 ? .ok : .insufficientData
    }
}
