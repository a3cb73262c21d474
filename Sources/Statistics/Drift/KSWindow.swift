/// Kolmogorov–Smirnov on a sliding window: the newest r of W values against the other W − r.
///
/// At every value of a full window; when p ≤ α only the newest r are kept. Each look has level α,
/// the stream as a whole has not. Deterministic, unlike river's KSWIN, which draws its reference at
/// random. Needs O(W) memory and O(W log W) time a value; infinities have their place, NaN are left
/// out.
public struct KSWindow: DriftDetector {
    public let windowSize: Int
    public let recentSize: Int
    public let alpha: Double
    public private(set) var ignoredCount = 0
    /// The test at the last drift.
    public private(set) var lastHit: Hit?
    /// Oldest first.
    private var window: [Double] = []

    /// What the test said when it found a drift.
    public struct Hit: Equatable, Sendable {
        /// D.
        public let statistic: Double
        public let p: Double
    }

    /// - Returns: `nil` unless 0 < recent < window ≤ 2²⁰ and α is in (0, 1).
    public init?(windowSize: Int = 100, recentSize: Int = 30, alpha: Double = 0.001) {
        guard recentSize > 0, recentSize < windowSize, windowSize <= 1 << 20, alpha > 0, alpha < 1
        else { return nil }
        (self.windowSize, self.recentSize, self.alpha) = (windowSize, recentSize, alpha)
        window.reserveCapacity(windowSize + 1)
    }

    public mutating func add(_ value: Double) -> DriftSignal {
        guard !value.isNaN else {
            ignoredCount += 1
            return .none
        }
        if window.count == windowSize { window.removeFirst() }
        window.append(value)
        guard window.count == windowSize else { return .none }
        let test = KolmogorovSmirnovTest(
            Array(window.suffix(recentSize)), Array(window.dropLast(recentSize)),
            forms: .asymptotic)
        guard let statistic = test.statistic, let p = test.asymptoticP, p <= alpha else {
            return .none
        }
        lastHit = Hit(statistic: statistic, p: p)
        window.removeFirst(windowSize - recentSize)
        return .drift
    }
}

extension KSWindow {
    public var numbers: [Double] {
        let hit: [Double] = lastHit.map { [1, $0.statistic, $0.p] } ?? [0, 0, 0]
        let settings = [Double(windowSize), Double(recentSize), alpha]
        return settings + [Double(ignoredCount)] + hit + window
    }

    public init?(numbers: [Double]) {
        var reader = NumberReader(numbers)
        guard let window = reader.int(in: 2...1 << 53), let recent = reader.int(in: 1...1 << 53),
            let alpha = reader.next(), let ignored = reader.int(in: 0...1 << 53),
            let hasHit = reader.bool(), let statistic = reader.next(), let p = reader.next()
        else { return nil }
        self.init(windowSize: window, recentSize: recent, alpha: alpha)
        ignoredCount = ignored
        lastHit = hasHit ? Hit(statistic: statistic, p: p) : nil
        self.window = reader.remainder()
        guard self.window.count <= window, !self.window.contains(where: \.isNaN) else { return nil }
    }
}
