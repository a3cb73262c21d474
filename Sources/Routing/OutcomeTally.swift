import CairnCore
import Messages

/// Outcomes summed up by (attempt, epoch, arm, version) until they are reported.
///
/// Bounded: one sum for each arm of each epoch that requests were routed under, `sumsMax` at most.
/// An outcome beyond that is counted in `lostCount` and nowhere else.
public struct OutcomeTally: Sendable, Equatable {
    public static let sumsMax = 256

    private struct Key: Hashable, Sendable {
        let attempt: UInt64
        let epoch: UInt64
        let arm: ArmKind
        let manifest: Digest
    }

    private struct Span: Sendable, Equatable {
        var from: Timestamp
        var until: Timestamp
    }

    private var sums: [Key: ArmOutcomes] = [:]
    private var spans: [UInt64: Span] = [:]
    private var extras = ExtraSums()
    public private(set) var lostCount: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { sums.isEmpty && extras.isEmpty }

    /// What one attempt's requests came to, oldest first.
    public struct Taken: Sendable, Equatable {
        public var attempt: UInt64
        public var outcomes: [ArmOutcomes] = []
        public var pairs: [PairOutcomes] = []
        public var histograms: [HistogramOutcomes] = []
        public var from: Timestamp
        public var until: Timestamp
    }

    /// What was pinned is left out: who is pinned was not drawn by lot.
    public mutating func add(_ outcome: Outcome, of route: Route, at now: Timestamp) {
        if route.isPinned { return }
        let key = Key(
            attempt: route.attempt, epoch: route.epoch, arm: route.arm, manifest: route.manifest)
        guard sums[key] != nil || sums.count < Self.sumsMax else {
            lostCount += 1
            return
        }
        sums[
            key,
            default: ArmOutcomes(
                epoch: route.epoch, arm: route.arm, manifestDigest: route.manifest.bytes)
        ].add(outcome)
        extend(route.attempt, to: now)
    }

    /// A mirrored request whose two answers were compared.
    ///
    /// - Parameter route: of the mirror.
    public mutating func add(_ comparison: MirrorComparison, of route: Route, at now: Timestamp) {
        if route.isPinned || comparison == .tie { return }
        if extras.add(comparison, route.attempt, route.epoch) {
            extend(route.attempt, to: now)
        } else {
            lostCount += 1
        }
    }

    /// What a request was about and what was answered, in the cells of the table in force.
    public mutating func add(
        _ values: LiveValues, of route: Route, in histograms: [ServingTable.Histogram],
        at now: Timestamp
    ) {
        if route.isPinned || histograms.isEmpty { return }
        if extras.add(values, route, histograms) {
            extend(route.attempt, to: now)
        } else {
            lostCount += 1
        }
    }

    private mutating func extend(_ attempt: UInt64, to now: Timestamp) {
        // The clock may have been set back in between.
        var span = spans[attempt] ?? Span(from: now, until: now)
        (span.from, span.until) = (min(span.from, now), max(span.until, now))
        spans[attempt] = span
    }

    /// Takes out what belongs to one attempt, the oldest first: a report names one attempt.
    public mutating func take() -> Taken? {
        guard let attempt = spans.keys.min(), let span = spans.removeValue(forKey: attempt) else {
            return nil
        }
        let keys = sums.keys.filter { $0.attempt == attempt }.sorted {
            ($0.epoch, $0.arm.rawValue, $0.manifest) < ($1.epoch, $1.arm.rawValue, $1.manifest)
        }
        var taken = Taken(attempt: attempt, from: span.from, until: span.until)
        taken.outcomes = keys.compactMap { sums.removeValue(forKey: $0) }
        (taken.pairs, taken.histograms) = extras.take(attempt)
        return taken
    }
}

extension ArmOutcomes {
    mutating func add(_ outcome: Outcome) {
        requestCount += outcome.isAnswer ? 1 : 0
        failureCount += outcome.failed ? 1 : 0
        if let latency = outcome.latencyMilliseconds, latency.isFinite, latency >= 0 {
            latencyMsSum += latency
            latencyMsMax = max(latencyMsMax, latency)
            count(latency: LatencyBuckets.bucket(of: latency))
        }
        guard let score = outcome.score, score.isFinite else { return }
        scoreSum += score
        scoreSquareSum += score * score
        scoreCount += 1
    }

    /// Buckets stand in ascending order, none twice.
    private mutating func count(latency bucket: Int) {
        let place = latencies.firstIndex { $0.bucket >= bucket } ?? latencies.endIndex
        if place < latencies.endIndex, latencies[place].bucket == bucket {
            latencies[place].count += 1
        } else {
            latencies.insert(LatencyCount(bucket: UInt32(bucket), count: 1), at: place)
        }
    }
}
