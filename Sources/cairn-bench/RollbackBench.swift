import CairnCore
import Messages
import Ports
import Synchronization
import TCPTransport

/// How long it takes until nobody is sent to a candidate any more: from an operator's verb, and from
/// the report that breaks a guard, to the last acknowledgement, as the caller and as the
/// controller's own record see it.
///
/// Agents here hold no bytes: they acknowledge at once, each over a connection of its own.
struct RollbackBench: Sendable {
    private let address: SocketAddress
    private let participantCount: Int
    private let roundCount: Int
    private static let target = "bench/rollback"

    init(_ options: BenchOptions) throws {
        guard let address = SocketAddress(try options.text("to")) else {
            throw BenchError("--to is no address")
        }
        self.address = address
        participantCount = try options.number("participants", or: 100)
        roundCount = try options.number("rounds", or: 100)
    }

    func run() async throws {
        let loops = try EventLoops()
        func connect(_ name: String) -> TCPChannel {
            TCPChannel(to: address, loops: loops, options: ClientOptions(name: name))
        }
        let channel = connect("operator")
        try await apply(channel)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<participantCount {
                let own = connect("agent-\(index)")
                group.addTask { try await Self.participate(own, "agent-\(index)") }
            }
            let watch = StatusBoard()
            group.addTask { try await watch.follow(connect("watcher"), Self.target) }
            try await watch.wait { status in
                status.participants.count { $0.connected } == participantCount
            }
            let rounds = Rounds(channel: channel, watch: watch, target: Self.target)
            try await rounds.measure(roundCount)
            group.cancelAll()
        }
        await loops.stop()
    }

    private func apply(_ channel: TCPChannel) async throws {
        let plan = PlanSpec(
            steps: [PlanStep(weightBp: 500, manualGate: true), PlanStep(weightBp: 10_000)],
            guards: [
                GuardSpec(name: "errors", kind: "failure_rate_max", bound: 0.1, requestsMin: 100)
            ], watch: WatchSpec(durationMs: 1), rollback: RollbackSpec(verifyRequests: 10),
            skipVerdict: true)
        _ = try await channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(target: Self.target, model: "bench", plan: plan, actor: "bench"))
    }

    /// Does what it is told, at once.
    private static func participate(_ channel: TCPChannel, _ name: String) async throws {
        try await channel.converse(ControllerMethods.serve) { messages, tables in
            try await messages.send(
                ParticipantMessage(target: target, name: name, role: .agent))
            while let (table, _) = try await tables.next() {
                var held = table.keepDigests
                if let candidate = table.candidate { held.append(candidate.manifestDigest) }
                try await messages.send(
                    ParticipantMessage(
                        role: .agent, epoch: table.epoch, heldDigests: held,
                        loadedStableDigest: table.stable?.manifestDigest ?? [],
                        loadedCandidateDigest: table.candidate?.manifestDigest ?? []))
            }
        }
    }
}

/// The newest status of a target, and a way to wait for the one that is wanted.
private final class StatusBoard: Sendable {
    private struct State {
        var status: TargetStatus?
        var waiter:
            (
                isThere: @Sendable (TargetStatus) -> Bool,
                continuation: CheckedContinuation<TargetStatus, Never>
            )?
    }

    private let state = Mutex(State())

    func follow(_ channel: TCPChannel, _ target: String) async throws {
        // The target is made before the watch begins.
        try await channel.stream(
            ControllerMethods.watchTargetStatus, GetTargetStatus(target: target), .endless
        ) { statuses in
            while let (status, _) = try await statuses.next() { put(status) }
        }
    }

    private func put(_ status: TargetStatus) {
        let waiter = state.withLock { state in
            state.status = status
            guard let waiter = state.waiter, waiter.isThere(status) else {
                return nil as CheckedContinuation<TargetStatus, Never>?
            }
            state.waiter = nil
            return waiter.continuation
        }
        waiter?.resume(returning: status)
    }

    /// One caller at a time.
    @discardableResult
    func wait(_ isThere: @escaping @Sendable (TargetStatus) -> Bool) async throws -> TargetStatus {
        await withCheckedContinuation { continuation in
            let known = state.withLock { state -> TargetStatus? in
                if let status = state.status, isThere(status) { return status }
                state.waiter = (isThere, continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }
}

/// Rolls a candidate in and back, over and over.
private struct Rounds {
    let channel: TCPChannel
    let watch: StatusBoard
    let target: String

    private struct Times {
        var seen: [Int64] = []
        var recorded: [Double] = []
    }

    func measure(_ count: Int) async throws {
        try await deploy(0)
        try await watch.wait { $0.state == "promoted" }
        var (verb, breach) = (Times(), Times())
        for round in 1...count {
            try await one(UInt32(round * 2), &verb) { _ in
                _ = try await channel.call(
                    ControllerMethods.rollback,
                    Rollback(target: target, expectation: Expectation(actor: "bench")))
            }
            try await one(UInt32(round * 2 + 1), &breach) { epoch in
                try await report(
                    round * 2,
                    ArmOutcomes(
                        epoch: epoch, arm: .candidate, requestCount: 200, failureCount: 100))
            }
        }
        for (name, times) in [("verb", verb), ("breach", breach)] {
            let seen = times.seen.sorted().map { Double($0) / 1e6 }
            let recorded = times.recorded.sorted()
            for (share, label) in [(0.5, "p50"), (0.99, "p99"), (1, "max")] {
                print("\(name).seen_\(label)_ms \(Self.quantile(seen, share))")
                print("\(name).recorded_\(label)_ms \(Self.quantile(recorded, share))")
            }
        }
    }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = Int((share * Double(sorted.count)).rounded(.up)) - 1
        return (sorted[max(0, min(sorted.count - 1, place))] * 100).rounded() / 100
    }

    private func one(
        _ version: UInt32, _ times: inout Times, _ turnBack: (UInt64) async throws -> Void
    ) async throws {
        try await deploy(version)
        let number = VersionNumber(1, version, 0).number
        let gate = try await watch.wait { status in
            status.candidate?.number == number && status.steps.first?.state == "gate"
        }
        let start = nanoseconds()
        try await turnBack(gate.epoch)
        let back = try await watch.wait { status in
            status.lastRollback?.fromNumber == number && status.lastRollback?.ackedUnixMs ?? 0 > 0
        }
        times.seen.append(nanoseconds() - start)
        times.recorded.append(back.lastRollback?.startedToAckedMs ?? 0)
        try await report(
            Int(version) * 2 + 1, ArmOutcomes(epoch: back.epoch, arm: .stable, requestCount: 50))
        try await watch.wait { $0.state == "rolled_back" && $0.attempt == gate.attempt }
    }

    private func deploy(_ version: UInt32) async throws {
        let number = VersionNumber(1, version, 0).number
        _ = try await channel.call(
            ControllerMethods.deploy,
            Deploy(
                target: target, number: number,
                manifestDigest: Digest(of: Array(number.utf8)).bytes,
                expectation: Expectation(actor: "bench")))
    }

    private func report(_ sequence: Int, _ outcome: ArmOutcomes) async throws {
        _ = try await channel.call(
            ControllerMethods.reportOutcomes,
            ReportOutcomes(
                target: target, reporter: "bench \(sequence)", sequence: 1, outcomes: [outcome],
                incarnation: 1))
    }
}
