import CairnCore
import Messages
import Ports
import Routing
import ServiceKit
import Synchronization

/// Sums up the outcomes of this process and reports them: to the controller, or to the agent of this
/// host, which speaks the same call.
public final class OutcomeReporter: Sendable {
    private let channel: any RPCChannel
    private let clock: any WallClock
    private let interval: Duration
    private let policy: RetryPolicy
    private let seed: UInt64
    private let log: @Sendable (String) -> Void
    private let state: Mutex<State>
    private let doorbell = Doorbell()

    private struct State {
        var reports: OutcomeReports
        var failedKeys = FirstFailures()
        var windowEnd: Timestamp
        var isEnding = false
    }

    /// How long a key's failure counts once; statistics.md §3.3.
    static let window = Duration.seconds(3_600)

    /// - Parameters:
    ///   - reporter: stable across restarts, and no other process's.
    ///   - interval: the time between two reports: what an outcome waits at most.
    public init(
        channel: any RPCChannel, target: TargetName, reporter: String, clock: any WallClock,
        interval: Duration = .milliseconds(100),
        policy: RetryPolicy = RetryPolicy(most: .seconds(2)),
        seed: UInt64 = .random(in: .min ... .max), log: @escaping @Sendable (String) -> Void
    ) {
        (self.channel, self.clock, self.interval) = (channel, clock, interval)
        (self.policy, self.seed, self.log) = (policy, seed, log)
        let now = clock.now()
        let reports = OutcomeReports(
            target: target, reporter: reporter,
            incarnation: UInt64(clamping: max(1, now.nanoseconds)))
        state = Mutex(State(reports: reports, windowEnd: now + Self.window))
    }

    /// Counts what became of a request. Never waits.
    ///
    /// - Parameters:
    ///   - keyHash: of the key that the route was chosen by: with sticky keys, a key's further
    ///     failures within the hour are one event and are not counted again. `nil` counts every
    ///     failure.
    ///   - values: what the request was about and what was answered, to be counted in `histograms`.
    public func record(
        _ outcome: Outcome, of route: Route, keyHash: UInt64? = nil, values: LiveValues? = nil,
        in histograms: [ServingTable.Histogram] = []
    ) {
        let now = clock.now()
        let isFirst = state.withLock { state in
            var outcome = outcome
            if now >= state.windowEnd {
                state.failedKeys.rotate()
                state.windowEnd = now + Self.window
            }
            if outcome.failed, let keyHash {
                outcome.failed = state.failedKeys.insert(keyHash &+ route.attempt &* 0x9E37_79B9)
            }
            defer {
                state.reports.tally.add(outcome, of: route, at: now)
                if let values {
                    state.reports.tally.add(values, of: route, in: histograms, at: now)
                }
            }
            return state.reports.tally.isEmpty
        }
        if isFirst { doorbell.ring() }
    }

    /// Counts which of a mirrored request's two answers was the better one. Never waits.
    ///
    /// - Parameter route: the mirror's.
    public func record(_ comparison: MirrorComparison, of route: Route) {
        let now = clock.now()
        let isFirst = state.withLock { state in
            defer { state.reports.tally.add(comparison, of: route, at: now) }
            return state.reports.tally.isEmpty
        }
        if isFirst { doorbell.ring() }
    }

    /// Outcomes that had no place, in a process that its controller left alone through hundreds of
    /// epochs.
    public var lostCount: UInt64 { state.withLock { $0.reports.tally.lostCount } }

    /// Has the last outcomes reported at once; `run` returns once they were taken, or after a few
    /// tries that failed.
    public func finish() {
        state.withLock { $0.isEnding = true }
        doorbell.ring()
    }

    /// Reports until `finish`, or until its task is cancelled.
    public func run() async throws {
        var random = SeededRandom(seed: seed)
        var failures = 0
        while true {
            let generation = doorbell.generation
            let (report, isEnding) = state.withLock { ($0.reports.next(), $0.isEnding) }
            guard let report else {
                if isEnding { return }
                try await doorbell.wait(after: generation)
                // What comes within the interval goes into the same report.
                try await pause(interval)
                continue
            }
            if try await deliver(report) {
                failures = 0
            } else {
                failures += 1
                if failures == 1 { log("outcomes wait: nobody takes them at present") }
                if isEnding && failures > 3 { return }
                try await pause(policy.wait(after: failures, using: &random))
            }
        }
    }

    /// - Returns: whether the report is settled.
    private func deliver(_ report: ReportOutcomes) async throws -> Bool {
        do {
            _ = try await channel.call(
                ControllerMethods.reportOutcomes, report, CallOptions(deadline: .seconds(5)))
        } catch let error as RPCError where error.code == .invalidArgument {
            // It would never be taken, and must not dam up what comes behind it.
            log("a report of outcomes was refused: \(error.text)")
        } catch {
            try Task.checkCancellation()
            return false
        }
        state.withLock { $0.reports.settle(report) }
        return true
    }

    /// Waits, but not once everything shall be sent.
    private func pause(_ duration: Duration) async throws {
        let end = clock.now() + duration
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in try await clock.sleep(until: end) }
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
