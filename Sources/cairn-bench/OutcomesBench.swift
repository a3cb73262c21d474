import CairnCore
import Glibc
import Messages
import Ports
import Synchronization
import TCPTransport

/// What a controller does under the outcomes of a thousand rollouts at once: how long a report takes
/// until it is decided and durable, how long a breach takes until its router has acknowledged, and
/// what memory that needs.
///
/// Reports are sent at their moments whether or not earlier ones were answered, and their times
/// count from those moments: a controller that falls behind is not waited for.
struct OutcomesBench: Sendable {
    private let address: SocketAddress
    private let server: Int
    private let targetCount: Int
    private let liveCount: Int
    private let eventsPerSecond: Int
    private let reportsPerSecond: Int
    private let seconds: Int
    private let breachCount: Int
    private let watcherCount: Int

    init(_ options: BenchOptions) throws {
        guard let address = SocketAddress(try options.text("to")) else {
            throw BenchError("--to is no address")
        }
        self.address = address
        server = try options.number("server")
        targetCount = try options.number("targets", or: 10_000)
        liveCount = try options.number("live", or: 1_000)
        eventsPerSecond = try options.number("events", or: 200_000)
        reportsPerSecond = try options.number("reports", or: 10_000)
        seconds = try options.number("seconds", or: 20)
        breachCount = try options.number("breaches", or: 300)
        watcherCount = try options.number("watchers", or: 0)
        guard liveCount > 0, liveCount <= targetCount, breachCount <= liveCount, seconds > 0,
            reportsPerSecond >= liveCount
        else {
            throw BenchError(
                "--live is from 1 to --targets, --breaches at most --live, --reports at least --live"
            )
        }
    }

    func run() async throws {
        raiseDescriptorLimit()
        let loops = try EventLoops()
        let channels = (0..<16).map { index in
            TCPChannel(to: address, loops: loops, options: ClientOptions(name: "bench-\(index)"))
        }
        let fleet = RolloutFleet(channels: channels)
        try await fleet.make(targetCount)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let routers = RouterFleet(channels: channels)
            for index in 0..<liveCount {
                group.addTask { try await routers.serve(index) }
            }
            try await fleet.begin(liveCount)
            try await routers.waitForWeight(liveCount)
            let watches = try await openWatches(loops)
            report([
                ("targets", Double(targetCount)), ("live_rollouts", Double(liveCount)),
                ("watchers", Double(watches.count)),
                (
                    "server_resident_mib_before",
                    Double(try residentByteCount(of: server)) / 1_048_576
                ),
            ])
            let load = OutcomeLoad(
                channels: channels, routers: routers, liveCount: liveCount,
                reportsPerSecond: reportsPerSecond,
                eventsPerReport: max(1, eventsPerSecond / reportsPerSecond),
                breachCount: breachCount)
            let busyBefore = try processorSeconds(of: server)
            let taken = try await load.run(seconds: seconds)
            load.tell(
                busy: (try processorSeconds(of: server) - busyBefore) / taken,
                resident: try residentByteCount(of: server), over: taken)
            for watch in watches { watch.cancel() }
            group.cancelAll()
        }
        await loops.stop()
    }

    /// A connection each, spread over all targets; what they are sent is read and dropped.
    private func openWatches(_ loops: EventLoops) async throws -> [Task<Void, any Error>] {
        var watches: [Task<Void, any Error>] = []
        for index in 0..<watcherCount {
            let channel = TCPChannel(
                to: address, loops: loops, options: ClientOptions(name: "watcher-\(index)"))
            let target = RolloutFleet.target(index % targetCount)
            let call = try await channel.open(ControllerMethods.watchTargetStatus.id, .endless)
            try await call.send(RawMessage(try GetTargetStatus(target: target).encoded()))
            try await call.finishSending()
            _ = try await call.next()
            watches.append(
                Task {
                    _ = channel
                    while try await call.next() != nil {}
                })
        }
        return watches
    }
}

/// Targets and their rollouts.
struct RolloutFleet: Sendable {
    let channels: [TCPChannel]

    static func target(_ index: Int) -> String { "bench/t\(index)" }

    private func channel(_ index: Int) -> TCPChannel { channels[index % channels.count] }

    func make(_ count: Int) async throws {
        let plan = PlanSpec(
            steps: [PlanStep(weightBp: 500, manualGate: true), PlanStep(weightBp: 10_000)],
            guards: [
                GuardSpec(name: "errors", kind: "arm_eprocess"),
                GuardSpec(name: "latency", kind: "arm_eprocess_latency"),
                GuardSpec(name: "scores", kind: "sequential_score_means"),
            ], watch: WatchSpec(durationMs: 1), rollback: RollbackSpec(verifyRequests: 10),
            skipVerdict: true)
        try await each(count) { index in
            _ = try await channel(index).call(
                ControllerMethods.applyTarget,
                TargetSpec(target: Self.target(index), model: "bench", plan: plan, actor: "bench"))
        }
    }

    /// Brings v1.0.0 out at once, and v1.1.0 to its first step.
    func begin(_ count: Int) async throws {
        for minor in UInt32(0)...1 {
            try await each(count) { index in
                let number = VersionNumber(1, minor, 0).number
                _ = try await channel(index).call(
                    ControllerMethods.deploy,
                    Deploy(
                        target: Self.target(index), number: number,
                        manifestDigest: Digest(of: Array(number.utf8)).bytes,
                        expectation: Expectation(actor: "bench")))
            }
        }
    }

    /// At most 64 at a time.
    private func each(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Void)
        async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<count {
                if index >= 64 { try await group.next() }
                group.addTask { try await body(index) }
            }
            try await group.waitForAll()
        }
    }
}

/// One router for each live target: it acknowledges every table at once, and remembers when a
/// candidate's weight went.
final class RouterFleet: Sendable {
    private struct State {
        var epochs: [Int: UInt64] = [:]
        var attempts: [Int: UInt64] = [:]
        var wentBackAt: [Int: Int64] = [:]
    }

    private let channels: [TCPChannel]
    private let state = Mutex(State())

    init(channels: [TCPChannel]) { self.channels = channels }

    func serve(_ index: Int) async throws {
        try await channels[index % channels.count].converse(ControllerMethods.serve) {
            messages, tables in
            try await messages.send(
                ParticipantMessage(
                    target: RolloutFleet.target(index), name: "router-\(index)", role: .router))
            while let (table, _) = try await tables.next() {
                try await messages.send(ParticipantMessage(role: .router, epoch: table.epoch))
                note(table, index)
            }
        }
    }

    private func note(_ table: RouteTable, _ index: Int) {
        let now = nanoseconds()
        state.withLock { state in
            if let candidate = table.candidate, candidate.weightBp > 0 {
                (state.epochs[index], state.attempts[index]) = (table.epoch, table.attempt)
            } else if state.epochs[index] != nil, state.wentBackAt[index] == nil {
                state.wentBackAt[index] = now
            }
        }
    }

    /// The epoch and attempt under which a candidate has weight.
    func present(_ index: Int) -> (epoch: UInt64, attempt: UInt64)? {
        state.withLock { state in
            state.epochs[index].flatMap { epoch in
                state.attempts[index].map { (epoch, $0) }
            }
        }
    }

    func wentBack(_ index: Int) -> Int64? { state.withLock { $0.wentBackAt[index] } }

    func waitForWeight(_ count: Int) async throws {
        for _ in 0..<6_000 {
            if state.withLock({ $0.epochs.count }) == count { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw BenchError("only \(state.withLock { $0.epochs.count }) of \(count) rollouts began")
    }
}
