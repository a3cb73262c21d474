import Statistics

/// A rate between 0 and 1 under ADWIN: counts go in as evenly spread bits.
public struct RateWindow: Equatable, Sendable {
    public private(set) var window: ADWIN
    /// What the window has not seen yet: a label may come later than its request.
    private var unseen = Counts()
    /// The first time that the rate rose; for good.
    public private(set) var rise: Rise?

    /// A rise, and all that it was seen by.
    public struct Rise: Equatable, Sendable {
        /// The window before, and the bits that it then took.
        public var before: [Double]
        public var bits: Int
        public var ones: Int
        public var cut: ADWIN.Cut
        /// The rate in the window after all of the bits.
        public var rate: Double
    }

    init(delta: Double) { window = ADWIN(ADWIN.Settings(delta: delta) ?? .standard) }

    public var mean: Double? { window.mean }

    /// At most 4,096 bits a report, in proportion. Events beyond the requests (late labels) wait for
    /// the next requests.
    mutating func add(_ events: Int, of requests: Int) {
        unseen = Counts(requests: unseen.requests + requests, failures: unseen.failures + events)
        let bits = min(unseen.requests, 4_096)
        guard bits > 0 else { return }
        let seen = min(unseen.failures, unseen.requests)
        let ones = seen * bits / unseen.requests
        unseen = Counts(requests: 0, failures: unseen.failures - seen)
        guard rise == nil else {
            _ = Self.take(bits, ones, &window)
            return
        }
        let before = window
        if let cut = Self.take(bits, ones, &window) {
            rise = Rise(
                before: before.numbers, bits: bits, ones: ones, cut: cut, rate: window.mean ?? 0)
        }
    }

    /// - Returns: the first cut after which the rate is higher than before the bits.
    private static func take(_ bits: Int, _ ones: Int, _ window: inout ADWIN) -> ADWIN.Cut? {
        let before = window.mean ?? 0
        var rise: ADWIN.Cut?
        for bit in 0..<bits {
            let isOne = (bit + 1) * ones / bits > bit * ones / bits
            if let cut = window.cut(byAdding: isOne ? 1 : 0), let mean = window.mean,
                mean > before, rise == nil
            {
                rise = cut
            }
        }
        return rise
    }

    /// The gap at which a stored rise was seen, from its bits again.
    static func gap(before numbers: [Double], bits: Int, ones: Int) -> Double? {
        guard var window = ADWIN(numbers: numbers), bits > 0, ones >= 0, ones <= bits else {
            return nil
        }
        return take(bits, ones, &window)?.gap
    }
}
