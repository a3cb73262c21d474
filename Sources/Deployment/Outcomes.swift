extension Event {
    /// What one reporter saw since its last report. Applied once per (incarnation, sequence).
    public struct Outcomes: Equatable, Sendable {
        public struct Count: Equatable, Sendable {
            public var epoch: UInt64
            public var arm: Arm
            public var requests: Int
            public var failures: Int
            /// Of the requests whose latency is known.
            public var latencies: LatencyCounts
            public var scores: ScoreSum

            public init(
                epoch: UInt64, arm: Arm, requests: Int, failures: Int,
                latencies: LatencyCounts = .init(), scores: ScoreSum = .init()
            ) {
                (self.epoch, self.arm) = (epoch, arm)
                (self.requests, self.failures) = (requests, failures)
                (self.latencies, self.scores) = (latencies, scores)
            }
        }

        /// Mirrored requests that the evaluator or the host compared, ties left out.
        public struct Pairs: Equatable, Sendable {
            public var epoch: UInt64
            /// The candidate's answer was the better one.
            public var wins: Int
            public var losses: Int

            public init(epoch: UInt64, wins: Int, losses: Int) {
                (self.epoch, self.wins, self.losses) = (epoch, wins, losses)
            }
        }

        /// Values of one column in the cells of the attempt's reference.
        public struct Histogram: Equatable, Sendable {
            public var epoch: UInt64
            public var arm: Arm
            /// Of the reference, from 0.
            public var column: Int
            /// One for each cell.
            public var counts: [Int]

            public init(epoch: UInt64, arm: Arm, column: Int, counts: [Int]) {
                (self.epoch, self.arm, self.column, self.counts) = (epoch, arm, column, counts)
            }
        }

        public var reporter: String
        public var incarnation: UInt64
        public var sequence: UInt64
        public var counts: [Count]
        public var pairs: [Pairs]
        public var histograms: [Histogram]

        public init(
            reporter: String, incarnation: UInt64, sequence: UInt64, counts: [Count],
            pairs: [Pairs] = [], histograms: [Histogram] = []
        ) {
            (self.reporter, self.incarnation) = (reporter, incarnation)
            (self.sequence, self.counts, self.pairs) = (sequence, counts, pairs)
            self.histograms = histograms
        }
    }
}

/// Scores of answers, larger is better, summed up.
public struct ScoreSum: Equatable, Sendable {
    public var count: Int
    public var sum: Double

    public init(count: Int = 0, sum: Double = 0) { (self.count, self.sum) = (count, sum) }

    mutating func add(_ other: ScoreSum) {
        count += other.count
        sum += other.sum
    }

    var mean: Double? { count == 0 ? nil : sum / Double(count) }
}
