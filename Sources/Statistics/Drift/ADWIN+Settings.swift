extension ADWIN {
    /// How cautious the window is. The defaults are those of the source and of river.
    public struct Settings: Equatable, Sendable {
        /// Bound on the chance of a false alarm per check, above 0.
        public let delta: Double
        /// A check is made at every so many values.
        public let clock: Int
        /// A row with more buckets than this, M, merges its two oldest.
        public let bucketsPerRow: Int
        /// No part of a split is shorter than this.
        public let minimumPart: Int
        /// No check is made unless the window is longer than this.
        public let gracePeriod: Int
        /// Whether the value after a drift starts a new window, as in river.
        public let resetsAfterDrift: Bool

        /// δ 0.002, a check every 32 values.
        public static let standard = Settings()

        private init() {
            (delta, clock, bucketsPerRow) = (0.002, 32, 5)
            (minimumPart, gracePeriod, resetsAfterDrift) = (5, 10, true)
        }

        /// - Returns: `nil` for a δ that is not finite and above 0, a clock, row or part below 1,
        ///   or a grace period below 0.
        public init?(
            delta: Double, clock: Int = 32, bucketsPerRow: Int = 5, minimumPart: Int = 5,
            gracePeriod: Int = 10, resetsAfterDrift: Bool = true
        ) {
            guard delta > 0, delta.isFinite, clock >= 1, (1...1 << 16).contains(bucketsPerRow),
                minimumPart >= 1, gracePeriod >= 0
            else { return nil }
            self.delta = delta
            self.clock = clock
            self.bucketsPerRow = bucketsPerRow
            self.minimumPart = minimumPart
            self.gracePeriod = gracePeriod
            self.resetsAfterDrift = resetsAfterDrift
        }

        var numbers: [Double] {
            [
                delta, Double(clock), Double(bucketsPerRow), Double(minimumPart),
                Double(gracePeriod), resetsAfterDrift ? 1 : 0,
            ]
        }

        init?(from reader: inout NumberReader) {
            guard let delta = reader.next(), let clock = reader.int(in: 1...Int.max),
                let row = reader.int(in: 1...1 << 16), let part = reader.int(in: 1...Int.max),
                let grace = reader.int(in: 0...Int.max), let resets = reader.bool()
            else { return nil }
            self.init(
                delta: delta, clock: clock, bucketsPerRow: row, minimumPart: part,
                gracePeriod: grace, resetsAfterDrift: resets)
        }
    }
}
