/// CUSUM on the means of windows, against all windows before: no mean and no spread are given, and
/// none has to be learnt first.
///
/// Each window's mean is held against the weighted mean m and variance s² of the k windows before it:
/// t = (x − m)/(s √(1/n + 1/N)) with k − 1 degrees of freedom, n values in the window and N before
/// it. z = Φ⁻¹(F(t)) is then exactly standard normal and independent from window to window as long
/// as nothing changes, whatever mean and spread the stream has. So the threshold that
/// `CUSUM.threshold` finds for a run length holds from the first window on.
/// Source: Hawkins, Self-starting CUSUM charts for location and scale, The Statistician 36 (1987).
public struct SelfStartingCUSUM: Equatable, Sendable {
    /// What a deviation must exceed before it counts, in deviations of a window's mean.
    public let slack: Double
    /// h.
    public let threshold: Double
    /// The smallest change that matters, in the unit of the values; the slack is never below half of
    /// it. 0: any that can be seen.
    public let smallestEffect: Double
    public private(set) var rise = 0.0
    public private(set) var fall = 0.0
    /// Windows so far, the values in them, and their weighted mean.
    public private(set) var windowCount = 0
    public private(set) var valueCount = 0
    private var center = 0.0
    /// Σ n (x − center)².
    private var squares = 0.0

    /// Windows before the first one is judged.
    public static let learningCount = 3

    /// - Returns: `nil` unless the slack and the threshold are above 0, the effect at least 0, and
    ///   all are finite.
    public init?(threshold: Double, slack: Double = 0.5, smallestEffect: Double = 0) {
        guard slack > 0, slack.isFinite, threshold > 0, threshold.isFinite, smallestEffect >= 0,
            smallestEffect.isFinite
        else { return nil }
        (self.slack, self.threshold, self.smallestEffect) = (slack, threshold, smallestEffect)
    }

    /// - Returns: `nil` for a run length that no threshold gives.
    public init?(runLength: Double, smallestEffect: Double = 0) {
        guard let threshold = CUSUM.threshold(forRunLength: runLength, slack: 0.5) else {
            return nil
        }
        self.init(threshold: threshold, smallestEffect: smallestEffect)
    }

    /// The mean of all windows so far; `nil` before the first.
    public var mean: Double? { windowCount == 0 ? nil : center }

    /// The larger sum.
    public var level: Double { max(rise, fall) }

    /// Takes a window into the mean and the spread that later ones are held against, and judges
    /// nothing.
    public mutating func learn(mean: Double, count: Int) {
        guard mean.hasMoments, count > 0 else { return }
        windowCount += 1
        valueCount += count
        let gap = mean - center
        center += gap * (Double(count) / Double(valueCount))
        squares += Double(count) * gap * (mean - center)
    }

    /// Takes the next window. Both sums start anew after an alarm; a window without values, or with
    /// a mean that has no moments, is left out.
    public mutating func add(mean: Double, count: Int) -> DriftSignal {
        let (rise, fall) = sums(byAdding: mean, count: count)
        return rise > threshold ? .driftUp : fall > threshold ? .driftDown : .none
    }

    /// Takes the next window, as `add` does.
    ///
    /// - Returns: both sums with it, as they are held against the threshold.
    public mutating func sums(byAdding mean: Double, count: Int) -> (rise: Double, fall: Double) {
        guard mean.hasMoments, count > 0 else { return (0, 0) }
        defer { learn(mean: mean, count: count) }
        guard let (z, slack) = deviation(of: mean, count) else { return (rise, fall) }
        let sums = (rise: max(0, rise + z - slack), fall: max(0, fall - z - slack))
        (rise, fall) = max(sums.rise, sums.fall) > threshold ? (0, 0) : sums
        return sums
    }

    /// z, and the slack in the same measure; `nil` while there is nothing to hold it against.
    private func deviation(of mean: Double, _ count: Int) -> (z: Double, slack: Double)? {
        guard windowCount >= Self.learningCount else { return nil }
        let free = Double(windowCount - 1)
        let scale = (1 / Double(count) + 1 / Double(valueCount)).squareRoot()
        let error = (max(0, squares) / free).squareRoot() * scale
        if error == 0 {
            // All windows alike so far: what is unlike them is beyond what any spread allows.
            if mean == center { return (0, slack) }
            return (mean > center ? Self.farthest : -Self.farthest, slack)
        }
        let t = (mean - center) / error
        let tail = StudentTDistribution(degreesOfFreedom: free).sf(t.magnitude)
        let z = min(Self.farthest, NormalDistribution.upperQuantile(tail))
        return (t < 0 ? -z : z, max(slack, smallestEffect / 2 / error))
    }

    /// No window counts for more: one outlier is no shift, however far out it lies.
    static let farthest = 4.0
}

extension SelfStartingCUSUM: StoredAsNumbers {
    public var numbers: [Double] {
        [
            slack, threshold, smallestEffect, rise, fall, Double(windowCount), Double(valueCount),
            center, squares,
        ]
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let slack = reader.next(), let threshold = reader.next(),
            let effect = reader.next(), let rise = reader.next(in: 0...Double.infinity),
            let fall = reader.next(in: 0...Double.infinity),
            let windows = reader.int(in: 0...1 << 53), let values = reader.int(in: 0...1 << 53),
            let center = reader.next(), let squares = reader.next(), reader.isAtEnd
        else { return nil }
        self.init(threshold: threshold, slack: slack, smallestEffect: effect)
        (self.rise, self.fall) = (rise, fall)
        (windowCount, valueCount, self.center, self.squares) = (windows, values, center, squares)
    }
}
