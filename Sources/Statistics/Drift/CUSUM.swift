/// CUSUM: sums of deviations from a target that restart at 0, one for rises and one for falls.
///
/// S⁺ = max(0, S⁺ + x − μ₀ − k) and S⁻ = max(0, S⁻ − x + μ₀ − k); an alarm when either exceeds h,
/// and both restart. Standardise the values with the reference first, and take h from `threshold`
/// or, for data that are not normal, from `calibratedThreshold`: at the customary h = 5 nearly nine
/// of ten streams of 1,000 quiet values raise an alarm.
/// Source: Page 1954.
public struct CUSUM: DriftDetector {
    /// μ₀, the mean when nothing has changed.
    public let mean: Double
    /// k, half the shift to be found, in the unit of the values.
    public let slack: Double
    /// h, in the unit of the values.
    public let threshold: Double
    public private(set) var ignoredCount = 0
    private var rise = 0.0
    private var fall = 0.0

    /// - Returns: `nil` unless all are finite, and slack and threshold at least 0.
    public init?(mean: Double, slack: Double, threshold: Double) {
        guard mean.isFinite, slack.isFinite, threshold.isFinite, slack >= 0, threshold >= 0 else {
            return nil
        }
        (self.mean, self.slack, self.threshold) = (mean, slack, threshold)
    }

    public mutating func add(_ value: Double) -> DriftSignal {
        guard value.hasMoments else {
            ignoredCount += 1
            return .none
        }
        rise = max(0, rise + value - mean - slack)
        fall = max(0, fall - value + mean - slack)
        let signal: DriftSignal =
            rise > threshold ? .driftUp : fall > threshold ? .driftDown : .none
        if signal.isDrift { (rise, fall) = (0, 0) }
        return signal
    }

    /// The larger of the two sums, as a share of the threshold.
    public var level: Double { threshold == 0 ? 1 : max(rise, fall) / threshold }
}

extension CUSUM {
    public var numbers: [Double] {
        [mean, slack, threshold, Double(ignoredCount), rise, fall]
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let mean = reader.next(), let slack = reader.next(), let threshold = reader.next(),
            let ignored = reader.int(in: 0...1 << 53),
            let rise = reader.next(in: 0...Double.infinity),
            let fall = reader.next(in: 0...Double.infinity), reader.isAtEnd
        else { return nil }
        self.init(mean: mean, slack: slack, threshold: threshold)
        (ignoredCount, self.rise, self.fall) = (ignored, rise, fall)
    }
}
