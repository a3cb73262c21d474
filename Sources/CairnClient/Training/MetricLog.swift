import CairnCore
import Messages
import Ports
import ServiceKit
import Synchronization

/// Metrics of a run, sent behind the trainer's back: `log` never waits.
///
/// What is logged while ingest is away is kept in memory, up to a bound, and sent later; each batch
/// counts once however often it is sent.
public final class MetricLog: Sendable {
    public static let pointCountMax = 1_000_000
    /// A batch as encoded stays under the message limit: 28 bytes bound a point, 16 a series.
    private static let batchByteCount = 900_000
    private static let seriesPerBatch = 4_096

    private struct Point: Sendable {
        let key: String
        let step: Int64
        let milliseconds: Int64
        let value: Double
    }

    private struct State {
        var points: [Point] = []
        /// Sent, and not answered yet.
        var pending: LogMetrics?
        var lostCount = 0
        var isEnding = false
    }

    private let client: IngestClient
    private let run: RunID
    private let interval: Duration
    private let state = Mutex(State())
    private let doorbell = Doorbell()

    /// - Parameter interval: how long a point waits for others to travel with.
    public init(of run: RunID, to client: IngestClient, interval: Duration = .seconds(1)) {
        (self.run, self.client, self.interval) = (run, client, interval)
    }

    public func log(_ key: String, _ value: Double, step: Int64) {
        let point = Point(
            key: key, step: step, milliseconds: client.clock.now().milliseconds, value: value)
        let isFirst = state.withLock { state in
            guard state.points.count < Self.pointCountMax else {
                state.lostCount += 1
                return false
            }
            state.points.append(point)
            return state.points.count == 1
        }
        if isFirst { doorbell.ring() }
    }

    /// Points that had no room while ingest was away.
    public var lostCount: Int { state.withLock { $0.lostCount } }

    /// Has the rest sent; `send` returns after it.
    public func finish() {
        state.withLock { $0.isEnding = true }
        doorbell.ring()
    }

    /// Sends until `finish`. Run it beside the training.
    /// - Throws: when ingest refuses a batch for good, or is away for the client's patience after
    ///   `finish`.
    public func send() async throws {
        while true {
            let generation = doorbell.generation
            let (batch, isEnding) = nextBatch()
            guard let batch else {
                if isEnding { return }
                try await doorbell.wait(after: generation)
                try await pause()
                continue
            }
            try await deliver(batch, patience: isEnding ? client.patience : nil)
            state.withLock { $0.pending = nil }
        }
    }

    private func deliver(_ batch: LogMetrics, patience: Duration?) async throws {
        try await client.retries.run(
            within: patience, where: { $0.isPassing || $0.code == .resourceExhausted }
        ) { _ in
            _ = try await client.channel.call(IngestMethods.logMetrics, batch)
        }
    }

    private func nextBatch() -> (LogMetrics?, isEnding: Bool) {
        state.withLock { state in
            if state.pending == nil, !state.points.isEmpty { state.pending = seal(&state.points) }
            return (state.pending, state.isEnding)
        }
    }

    private func seal(_ points: inout [Point]) -> LogMetrics {
        var (series, order, byteCount, count) = ([String: MetricPoints](), [String](), 0, 0)
        for point in points {
            if series[point.key] == nil {
                byteCount += point.key.utf8.count + 16
                if order.count == Self.seriesPerBatch { break }
                order.append(point.key)
                series[point.key] = MetricPoints(key: point.key)
            }
            byteCount += 28
            if byteCount > Self.batchByteCount { break }
            series[point.key]?.step.append(point.step)
            series[point.key]?.timeUnixMs.append(point.milliseconds)
            series[point.key]?.value.append(point.value)
            count += 1
        }
        points.removeFirst(count)
        let batch: EventID = client.fresh()
        return LogMetrics(
            runId: run.bytes, batchId: batch.bytes,
            series: order.compactMap { series[$0] }.filter { !$0.value.isEmpty })
    }

    /// Waits for more points, but not once everything shall be sent.
    private func pause() async throws {
        let clock = client.retries.clock
        let end = clock.now() + interval
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await clock.sleep(until: end) }
            group.addTask { [self] in
                while true {
                    let generation = doorbell.generation
                    if state.withLock({ $0.isEnding }) { return }
                    try await doorbell.wait(after: generation)
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
