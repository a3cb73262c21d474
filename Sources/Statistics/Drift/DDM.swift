/// The drift detection method of Gama et al.: the error rate of a stream of 0 (right) and 1 (wrong)
/// against its own lowest point.
///
/// With the rate p and s = √(p(1−p)/n), from n > 30 on the lowest p + s is kept; warning above
/// p_min + 2 s_min, drift above p_min + 3 s_min, and a reset at the next value. It has no
/// guarantee: at 5 % errors 63 % of quiet streams of 5,000 raise an alarm, so it is here for
/// comparison with other tools and not as a guard. Agrees with river 0.26 to the index.
/// Source: Gama, Medas, Castillo and Rodrigues, Learning with Drift Detection, 2004.
public struct DDM: DriftDetector {
    public struct Settings: Equatable, Sendable {
        /// No signal up to so many values.
        public var warmStart = 30
        public var warningDeviations = 2.0
        public var driftDeviations = 3.0

        public init() {}
    }

    public let settings: Settings
    public private(set) var ignoredCount = 0
    private var rate = RunningMean()
    private var (lowestRate, lowestDeviation) = (Double.infinity, 0.0)
    private var endedInDrift = false

    public init(_ settings: Settings = Settings()) { self.settings = settings }

    public mutating func add(_ value: Double) -> DriftSignal {
        guard value.hasMoments else {
            ignoredCount += 1
            return .none
        }
        if endedInDrift { reset() }
        rate.add(value)
        let p = rate.value
        let s = max(0, p * (1 - p) / Double(rate.count)).squareRoot()
        guard rate.count > settings.warmStart else { return .none }
        if p + s <= lowestRate + lowestDeviation { (lowestRate, lowestDeviation) = (p, s) }
        if p + s > lowestRate + settings.driftDeviations * lowestDeviation {
            endedInDrift = true
            return .drift
        }
        let isWarning = p + s > lowestRate + settings.warningDeviations * lowestDeviation
        return isWarning ? .warning : .none
    }

    private mutating func reset() {
        rate = RunningMean()
        (lowestRate, lowestDeviation) = (.infinity, 0)
        endedInDrift = false
    }
}

extension DDM {
    public var numbers: [Double] {
        [
            Double(settings.warmStart), settings.warningDeviations, settings.driftDeviations,
            Double(ignoredCount), Double(rate.count), rate.value, lowestRate, lowestDeviation,
            endedInDrift ? 1 : 0,
        ]
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        var settings = Settings()
        guard let warmStart = reader.int(in: -(1 << 53)...1 << 53), let warning = reader.next(),
            let drift = reader.next(), let ignored = reader.int(in: 0...1 << 53),
            let count = reader.int(in: 0...1 << 53), let rate = reader.next(),
            let lowestRate = reader.next(), let lowestDeviation = reader.next(),
            let ended = reader.bool(), reader.isAtEnd
        else { return nil }
        settings.warmStart = warmStart
        (settings.warningDeviations, settings.driftDeviations) = (warning, drift)
        self.init(settings)
        (ignoredCount, self.rate) = (ignored, RunningMean(count: count, value: rate))
        (self.lowestRate, self.lowestDeviation) = (lowestRate, lowestDeviation)
        endedInDrift = ended
    }
}
