import func Glibc.log

/// ADWIN: an adaptive window over a stream that drops its old part when the mean has changed.
///
/// Memory and time grow with the logarithm of the window. For values in [0, 1] the source bounds
/// the chance of a false alarm per check by δ; scale others by known bounds. This is the form with
/// the variance term that river 0.26 computes, agreeing with it in index and width.
/// Source: Bifet and Gavaldà, Learning from Time-Changing Data with Adaptive Windowing, 2007.
public struct ADWIN: DriftDetector {
    public let settings: Settings
    /// The number of values in the window.
    public private(set) var width = 0
    /// The sum of the values in the window.
    public private(set) var total = 0.0
    public private(set) var ignoredCount = 0
    private var squaredDeviations = 0.0
    private var ticks = 0
    private var endedInDrift = false
    private var histogram: ExponentialHistogram

    public init(_ settings: Settings = .standard) {
        self.settings = settings
        histogram = ExponentialHistogram(capacity: settings.bucketsPerRow)
    }

    public mutating func add(_ value: Double) -> DriftSignal {
        cut(byAdding: value) == nil ? .none : .drift
    }

    /// Takes the next value, as `add` does.
    ///
    /// - Returns: where the window was cut, the first place of several; `nil` where it was not.
    public mutating func cut(byAdding value: Double) -> Cut? {
        guard value.hasMoments else {
            ignoredCount += 1
            return nil
        }
        if endedInDrift && settings.resetsAfterDrift { reset() }
        endedInDrift = false
        insert(value)
        ticks += 1
        guard ticks % settings.clock == 0 && width > settings.gracePeriod,
            let cut = dropOldestIfChanged()
        else { return nil }
        endedInDrift = true
        while dropOldestIfChanged() != nil {}
        return cut
    }

    /// The mean of the window, `nil` before the first value.
    public var mean: Double? { width == 0 ? nil : total / Double(width) }

    /// The variance of the window, Σ(x−mean)²/width, `nil` before the first value.
    public var variance: Double? { width == 0 ? nil : squaredDeviations / Double(width) }

    private mutating func reset() {
        (width, ticks) = (0, 0)
        (total, squaredDeviations) = (0, 0)
        histogram.removeAll()
    }

    private mutating func insert(_ value: Double) {
        width += 1
        if width > 1 {
            let n = Double(width)
            let deviation = value - total / (n - 1)
            squaredDeviations += (n - 1) * deviation * deviation / n
        }
        total += value
        histogram.append(value)
    }

    /// Splits the window at every bucket border from the oldest on; where the two parts differ by
    /// more than chance allows, drops the single oldest bucket.
    private mutating func dropOldestIfChanged() -> Cut? {
        let bound = CutBound(self)
        var (old, new) = (Part(), Part(count: width, total: total))
        let changed = histogram.firstFromOldest { count, total in
            old.add(count, total)
            new.add(-count, -total)
            return bound.isExceeded(by: old, new)
        }
        guard changed else { return nil }
        let cut = bound.cut(old, new)
        let (count, sum, deviations) = histogram.removeOldest()
        let n = Double(count)
        width -= count
        total -= sum
        let gap = sum / n - total / Double(width)
        squaredDeviations -= deviations + n * Double(width) * gap * gap / (n + Double(width))
        return cut
    }

    /// A border of the window, the means on its two sides, and the gap that chance allows there.
    public struct Cut: Equatable, Sendable {
        public let old: Double
        public let new: Double
        public let allowed: Double

        /// How the mean has moved.
        public var gap: Double { new - old }

        fileprivate var strain: Double { allowed > 0 ? gap.magnitude / allowed : 0 }
    }

    /// The border at which the window is nearest to a cut; `nil` where it is too short for any.
    public var tightestCut: Cut? {
        guard width > settings.gracePeriod else { return nil }
        let bound = CutBound(self)
        var (old, new) = (Part(), Part(count: width, total: total))
        var tightest: Cut?
        _ = histogram.firstFromOldest { count, total in
            old.add(count, total)
            new.add(-count, -total)
            if let cut = bound.cut(old, new), cut.strain > tightest?.strain ?? -1 { tightest = cut }
            return false
        }
        return tightest
    }

    /// One side of a split.
    private struct Part {
        var count = 0
        var total = 0.0

        mutating func add(_ count: Int, _ total: Double) {
            self.count += count
            self.total += total
        }

        var mean: Double { total / Double(count) }
    }

    /// The gap of means that chance allows at a border.
    private struct CutBound {
        let variance: Double
        let logTerm: Double
        let minimum: Int

        init(_ window: ADWIN) {
            variance = window.squaredDeviations / Double(window.width)
            logTerm = log(2 * log(Double(window.width)) / window.settings.delta)
            minimum = window.settings.minimumPart
        }

        /// ε = √(2 q (var) L) + ⅔ q L with q = 1/(n₀−min+1) + 1/(n₁−min+1), L = ln(2 ln(width)/δ).
        func isExceeded(by old: Part, _ new: Part) -> Bool {
            guard old.count >= minimum, new.count >= minimum else { return false }
            return (old.mean - new.mean).magnitude > allowed(old, new)
        }

        /// `nil` where a part is too short.
        func cut(_ old: Part, _ new: Part) -> Cut? {
            guard old.count >= minimum, new.count >= minimum else { return nil }
            return Cut(old: old.mean, new: new.mean, allowed: allowed(old, new))
        }

        private func allowed(_ old: Part, _ new: Part) -> Double {
            let q = 1 / Double(old.count - minimum + 1) + 1 / Double(new.count - minimum + 1)
            return (2 * q * variance * logTerm).squareRoot() + 2.0 / 3 * q * logTerm
        }
    }
}

extension ADWIN {
    public var numbers: [Double] {
        let flags = [Double(ignoredCount), Double(ticks), endedInDrift ? 1 : 0]
        return settings.numbers + flags + [Double(width), total, squaredDeviations]
            + histogram.numbers
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let settings = Settings(from: &reader), let ignored = reader.int(in: 0...1 << 53),
            let ticks = reader.int(in: 0...1 << 53), let endedInDrift = reader.bool(),
            let width = reader.int(in: 0...1 << 53), let total = reader.next(),
            let deviations = reader.next(),
            let histogram = ExponentialHistogram(numbers: reader.remainder()),
            histogram.capacity == settings.bucketsPerRow, histogram.valueCount == width
        else { return nil }
        self.init(settings)
        (ignoredCount, self.ticks, self.endedInDrift) = (ignored, ticks, endedInDrift)
        (self.width, self.total, squaredDeviations) = (width, total, deviations)
        self.histogram = histogram
    }
}
