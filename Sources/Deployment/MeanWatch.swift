import CairnCore
import Statistics

/// The means of windows of time under a self-starting CUSUM.
public struct MeanWatch: Equatable, Sendable {
    /// One window's mean, and of how many values.
    public struct Window: Equatable, Sendable {
        public var mean: Double
        public var count: Int

        public init(mean: Double, count: Int) { (self.mean, self.count) = (mean, count) }
    }

    /// A change, and all that it was seen by.
    public struct Alarm: Equatable, Sendable {
        public var isRise: Bool
        /// The sums before the windows, and the windows since.
        public var before: [Double]
        public var windows: [Window]
        /// The sum that went over its threshold.
        public var level: Double
    }

    /// Fewer values make no window.
    public static let valuesMin = 30
    /// Windows kept so that an alarm can be computed again; older ones are in the sums.
    static let recentMax = 64

    public private(set) var sums: SelfStartingCUSUM
    public private(set) var lastWindow: Window?
    /// The sums before the recent windows.
    private var origin: SelfStartingCUSUM
    private var recent: [Window] = []
    private var openedAt: Timestamp?
    private var count = 0
    private var sum = 0.0
    /// The first of each direction; for good.
    public private(set) var rise: Alarm?
    public private(set) var fall: Alarm?

    init(_ sums: SelfStartingCUSUM) { (self.sums, origin) = (sums, sums) }

    /// - Parameters:
    ///   - isJudged: false: what comes is only learnt from.
    ///   - least: a window is not over sooner.
    mutating func add(
        _ sum: Double, of count: Int, at now: Timestamp, isJudged: Bool, least: Duration
    ) {
        guard count > 0 else { return }
        let openedAt = openedAt ?? now
        self.openedAt = openedAt
        self.sum += sum
        self.count += count
        guard now - openedAt >= least, self.count >= Self.valuesMin else { return }
        let window = Window(mean: self.sum / Double(self.count), count: self.count)
        (self.openedAt, self.sum, self.count) = (nil, 0, 0)
        lastWindow = window
        if isJudged {
            judge(window)
        } else {
            sums.learn(mean: window.mean, count: window.count)
            (origin, recent) = (sums, [])
        }
    }

    private mutating func judge(_ window: Window) {
        if recent.count == Self.recentMax {
            let oldest = recent.removeFirst()
            _ = origin.add(mean: oldest.mean, count: oldest.count)
        }
        recent.append(window)
        let signal = sums.add(mean: window.mean, count: window.count)
        switch signal {
        case .driftUp: if rise == nil { rise = alarm(isRise: true) }
        case .driftDown: if fall == nil { fall = alarm(isRise: false) }
        case .none, .warning, .drift: break
        }
        if sums.level == 0 { (origin, recent) = (sums, []) }
    }

    private func alarm(isRise: Bool) -> Alarm? {
        Self.level(before: origin.numbers, recent, isRise: isRise).map {
            Alarm(isRise: isRise, before: origin.numbers, windows: recent, level: $0)
        }
    }

    /// The sum that a stored alarm was raised by, from its windows again.
    static func level(before numbers: [Double], _ windows: [Window], isRise: Bool) -> Double? {
        guard var sums = SelfStartingCUSUM(numbers: numbers) else { return nil }
        var last: Double?
        for window in windows {
            let (rise, fall) = sums.sums(byAdding: window.mean, count: window.count)
            last = isRise ? rise : fall
        }
        return last
    }
}
