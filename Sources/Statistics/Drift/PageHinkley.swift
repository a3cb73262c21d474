/// The Page–Hinkley test: a faded sum of deviations from the running mean, against its extreme.
///
/// With m the mean of all values since the reset, U = a U + (x−m) − d and L = a L + (x−m) + d;
/// after n values an alarm when U − min U or max L − L exceeds h, and at the next value everything
/// is reset. Its defaults depend on the unit of the values, so standardise first; it has no
/// guarantee, and on N(0, 1) the defaults raise an alarm in every stream of 5,000. Agrees with
/// river 0.26 to the index, down to max L starting at −1.
/// Source: Page 1954; Hinkley 1971.
public struct PageHinkley: DriftDetector {
    public enum Mode: String, Equatable, Sendable, CaseIterable { case up, down, both }

    public struct Settings: Equatable, Sendable {
        /// No alarm before so many values.
        public var minimumCount = 30
        /// d, a change too small to matter.
        public var delta = 0.005
        /// h.
        public var threshold = 50.0
        /// a, the share of a sum that survives a value; 1 forgets nothing.
        public var fading = 0.9999
        public var mode = Mode.both

        public init() {}
    }

    public let settings: Settings
    public private(set) var ignoredCount = 0
    private var mean = RunningMean()
    private var (upper, lower) = (0.0, 0.0)
    private var (lowestUpper, highestLower) = (Double.infinity, -1.0)
    private var endedInDrift = false

    public init(_ settings: Settings = Settings()) { self.settings = settings }

    public mutating func add(_ value: Double) -> DriftSignal {
        guard value.hasMoments else {
            ignoredCount += 1
            return .none
        }
        if endedInDrift { reset() }
        mean.add(value)
        let deviation = value - mean.value
        upper = settings.fading * upper + deviation - settings.delta
        lower = settings.fading * lower + deviation + settings.delta
        lowestUpper = min(lowestUpper, upper)
        highestLower = max(highestLower, lower)
        let signal = mean.count >= settings.minimumCount ? signal() : .none
        endedInDrift = signal.isDrift
        return signal
    }

    private func signal() -> DriftSignal {
        if settings.mode != .down && upper - lowestUpper > settings.threshold { return .driftUp }
        if settings.mode != .up && highestLower - lower > settings.threshold { return .driftDown }
        return .none
    }

    private mutating func reset() {
        mean = RunningMean()
        (upper, lower) = (0, 0)
        (lowestUpper, highestLower) = (.infinity, -1)
        endedInDrift = false
    }
}

extension PageHinkley {
    public var numbers: [Double] {
        let mode = Double(Mode.allCases.firstIndex(of: settings.mode) ?? 0)
        return [
            Double(settings.minimumCount), settings.delta, settings.threshold, settings.fading,
            mode, Double(ignoredCount), Double(mean.count), mean.value, upper, lower, lowestUpper,
            highestLower, endedInDrift ? 1 : 0,
        ]
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        var settings = Settings()
        guard let minimum = reader.int(in: -(1 << 53)...1 << 53), let delta = reader.next(),
            let threshold = reader.next(), let fading = reader.next(),
            let mode = reader.int(in: 0...Mode.allCases.count - 1)
        else { return nil }
        settings.minimumCount = minimum
        (settings.delta, settings.threshold, settings.fading) = (delta, threshold, fading)
        settings.mode = Mode.allCases[mode]
        self.init(settings)
        guard let ignored = reader.int(in: 0...1 << 53), let count = reader.int(in: 0...1 << 53),
            let mean = reader.next(), let upper = reader.next(), let lower = reader.next(),
            let lowest = reader.next(), let highest = reader.next(), let ended = reader.bool(),
            reader.isAtEnd
        else { return nil }
        (ignoredCount, self.mean) = (ignored, RunningMean(count: count, value: mean))
        (self.upper, self.lower) = (upper, lower)
        (lowestUpper, highestLower, endedInDrift) = (lowest, highest, ended)
    }
}
