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
    public private(set) var lostCount: UInt64 = 0

    public init() {}

    public var isEmpty: Bool { sums.isEmpty }

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
        // The clock may have been set back in between.
        var span = spans[route.attempt] ?? Span(from: now, until: now)
        (span.from, span.until) = (min(span.from, now), max(span.until, now))
        spans[route.attempt] = span
    }

    /// Takes out what belongs to one attempt, the oldest first: a report names one attempt.
    public mutating func take() -> (
        attempt: UInt64, outcomes: [ArmOutcomes], from: Timestamp, until: Timestamp
    )? {
        guard let attempt = sums.keys.map(\.attempt).min(), let span = spans[attempt] else {
            return nil
        }
        let keys = sums.keys.filter { $0.attempt == attempt }.sorted {
            ($0.epoch, $0.arm.rawValue, $0.manifest) < ($1.epoch, $1.arm.rawValue, $1.manifest)
        }
        let outcomes = keys.compactMap { sums.removeValue(forKey: $0) }
        spans[attempt] = nil
        return (attempt, outcomes, span.from, span.until)
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
