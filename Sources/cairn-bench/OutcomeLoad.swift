import CairnCore
import Messages
import Ports
import Synchronization
import TCPTransport

/// Hosts of many targets that report at fixed moments, and some whose candidate breaks.
final class OutcomeLoad: Sendable {
    private let channels: [TCPChannel]
    private let routers: RouterFleet
    private let liveCount: Int
    private let reportsPerTarget: Int
    private let eventsPerReport: Int
    private let breachCount: Int
    private let measured = Mutex(Measured())

    private struct Measured {
        var answered: [Int64] = []
        var turned: [Int64] = []
        var recorded: [Double] = []
        var failedCount = 0
        var eventCount = 0
        var lastAnswerAt: Int64 = 0
    }

    init(
        channels: [TCPChannel], routers: RouterFleet, liveCount: Int, reportsPerSecond: Int,
        eventsPerReport: Int, breachCount: Int
    ) {
        (self.channels, self.routers, self.liveCount) = (channels, routers, liveCount)
        reportsPerTarget = max(1, reportsPerSecond / liveCount)
        (self.eventsPerReport, self.breachCount) = (eventsPerReport, breachCount)
    }

    /// - Returns: the time until the last answer, in seconds.
    func run(seconds: Int) async throws -> Double {
        let (start, interval) = (nanoseconds(), 1_000_000_000 / Int64(reportsPerTarget))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<liveCount {
                group.addTask { [self] in
                    // Hosts do not report in step.
                    let offset = interval * Int64(index) / Int64(liveCount)
                    try await host(
                        index, from: start + offset, interval: interval,
                        count: seconds * reportsPerTarget)
                }
            }
            group.addTask { [self] in try await breakSome(from: start, seconds: seconds) }
            try await group.waitForAll()
        }
        return Double(measured.withLock { $0.lastAnswerAt } - start) / 1e9
    }

    private func host(_ index: Int, from first: Int64, interval: Int64, count: Int) async throws {
        let isLate = index < breachCount
        for sequence in 1...count {
            let moment = first + interval * Int64(sequence - 1)
            try await Self.sleep(until: moment)
            if isLate, routers.wentBack(index) != nil { return }
            guard let (epoch, attempt) = routers.present(index) else { return }
            let outcomes = outcomes(epoch, seed: index &* 7_919 &+ sequence)
            await send(
                ReportOutcomes(
                    target: RolloutFleet.target(index), reporter: "host-\(index)",
                    sequence: UInt64(sequence), attempt: attempt, outcomes: outcomes,
                    incarnation: 1), index, at: moment)
        }
    }

    private func send(_ report: ReportOutcomes, _ index: Int, at moment: Int64) async {
        do {
            _ = try await channels[index % channels.count].call(
                ControllerMethods.reportOutcomes, report, CallOptions(deadline: .seconds(30)))
            let now = nanoseconds()
            let events = report.outcomes.reduce(0) { $0 + Int($1.requestCount) }
            measured.withLock { measured in
                measured.answered.append(now - moment)
                measured.eventCount += events
                measured.lastAnswerAt = max(measured.lastAnswerAt, now)
            }
        } catch {
            measured.withLock { $0.failedCount += 1 }
        }
    }

    /// One request in twenty on the candidate, one in a hundred fails; latencies and scores of all.
    private func outcomes(_ epoch: UInt64, seed: Int) -> [ArmOutcomes] {
        let candidates = max(1, eventsPerReport / 20)
        return [(ArmKind.stable, eventsPerReport - candidates), (.candidate, candidates)].map {
            arm, requests in
            let bucket = UInt32(190 + seed % 13)
            return ArmOutcomes(
                epoch: epoch, arm: arm, requestCount: UInt64(requests),
                failureCount: (seed % 100) < requests && seed % 5 == 0 ? 1 : 0,
                scoreSum: Double(requests) * (0.8 + Double(seed % 10) / 100),
                scoreCount: UInt64(requests),
                latencies: [
                    LatencyCount(bucket: bucket, count: UInt64(requests - requests / 2)),
                    LatencyCount(bucket: bucket + 20, count: UInt64(requests / 2)),
                ].filter { $0.count > 0 })
        }
    }

    // MARK: Breaches

    private func breakSome(from start: Int64, seconds: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<breachCount {
                let moment =
                    start + 1_000_000_000
                    + Int64(index) * Int64(seconds - 2) * 1_000_000_000 / Int64(max(1, breachCount))
                group.addTask { [self] in
                    try await Self.sleep(until: moment)
                    try await breach(index)
                }
            }
            try await group.waitForAll()
        }
    }

    private func breach(_ index: Int) async throws {
        guard let (epoch, attempt) = routers.present(index) else { return }
        let start = nanoseconds()
        let channel = channels[index % channels.count]
        _ = try await channel.call(
            ControllerMethods.reportOutcomes,
            ReportOutcomes(
                target: RolloutFleet.target(index), reporter: "breaking-\(index)", sequence: 1,
                attempt: attempt,
                outcomes: [
                    ArmOutcomes(epoch: epoch, arm: .candidate, requestCount: 60, failureCount: 50)
                ],
                incarnation: 1), CallOptions(deadline: .seconds(30)))
        for _ in 0..<3_000 {
            let status = try await channel.call(
                ControllerMethods.getTargetStatus,
                GetTargetStatus(target: RolloutFleet.target(index)))
            if let back = status.lastRollback, back.ackedUnixMs > 0,
                let seen = routers.wentBack(index)
            {
                measured.withLock {
                    $0.turned.append(seen - start)
                    $0.recorded.append(back.startedToAckedMs)
                }
                return
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw BenchError("\(RolloutFleet.target(index)) did not roll back within 30 s")
    }

    private static func sleep(until moment: Int64) async throws {
        let rest = moment - nanoseconds()
        if rest > 0 { try await Task.sleep(for: .nanoseconds(rest)) }
    }

    // MARK: What came of it

    func tell(busy: Double, resident: Int, over taken: Double) {
        measured.withLock { measured in
            let answered = measured.answered.sorted()
            let turned = measured.turned.sorted()
            let recorded = measured.recorded.sorted().map { Int64($0 * 1e6) }
            report([
                ("reports", Double(answered.count)), ("refused", Double(measured.failedCount)),
                ("seconds", taken),
                ("reports_per_second", Double(answered.count) / taken),
                ("events_per_second", Double(measured.eventCount) / taken),
                ("decision_p50_ms", quantile(answered, 0.5) / 1e6),
                ("decision_p99_ms", quantile(answered, 0.99) / 1e6),
                ("decision_max_ms", quantile(answered, 1) / 1e6),
                ("breaches", Double(turned.count)),
                ("breach_to_table_p50_ms", quantile(turned, 0.5) / 1e6),
                ("breach_to_table_p99_ms", quantile(turned, 0.99) / 1e6),
                ("breach_to_table_max_ms", quantile(turned, 1) / 1e6),
                ("recorded_to_acknowledged_p99_ms", quantile(recorded, 0.99) / 1e6),
                ("server_processors", busy),
                ("server_resident_mib", Double(resident) / 1_048_576),
            ])
        }
    }
}
