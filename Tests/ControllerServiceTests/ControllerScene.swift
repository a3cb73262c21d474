import CairnCore
import ControllerService
import Deployment
import Messages
import Ports

/// A controller over a store, a clock that stands, and an evaluator that says what it is told to.
struct ControllerScene: Sendable {
    let service: ControllerService
    let channel: InMemoryChannel
    let clock: ManualClock
    let notices = Lines()
    static let target = "prod/chat"

    init(
        _ store: sending any ControllerStore, clock: ManualClock = ManualClock(),
        evaluator: any RPCChannel = AbsentChannel(), lease: ControllerLease? = nil,
        metrics: (any MetricsProvider)? = nil
    ) async throws {
        self.clock = clock
        service = ControllerService(
            store: store, evaluator: evaluator, clock: clock, lease: lease, metrics: metrics,
            random: SeededRandom(seed: 7),
            notify: { [notices] in notices.add("\($0) \($1)") })
        try await service.load()
        channel = InMemoryChannel(service.routes())
    }

    static let plan = PlanSpec(
        steps: [
            PlanStep(weightBp: 500, bakeMs: 1_000, bakeRequests: 10),
            PlanStep(weightBp: 10_000, bakeMs: 1_000, bakeRequests: 10),
        ],
        guards: [GuardSpec(name: "errors", kind: "failure_rate_max", bound: 0.2, requestsMin: 20)],
        watch: WatchSpec(durationMs: 60_000), rollback: RollbackSpec(verifyRequests: 5),
        skipVerdict: true)

    func apply(_ plan: PlanSpec = plan) async throws {
        _ = try await channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(target: Self.target, model: "chat", plan: plan, actor: "ann"))
    }

    static func manifest(_ number: String) -> [UInt8] { Digest(of: Array(number.utf8)).bytes }

    @discardableResult
    func deploy(_ number: String, planOnly: Bool = false, requestID: [UInt8] = []) async throws
        -> VerbReply
    {
        try await channel.call(
            ControllerMethods.deploy,
            Deploy(
                target: Self.target, number: number, manifestDigest: Self.manifest(number),
                expectation: Expectation(actor: "ann", planOnly: planOnly, requestId: requestID)))
    }

    func verb(_ method: Method<Verb, VerbReply>, _ expectation: Expectation) async throws
        -> VerbReply
    { try await channel.call(method, Verb(target: Self.target, expectation: expectation)) }

    func status() async throws -> TargetStatus {
        try await channel.call(
            ControllerMethods.getTargetStatus, GetTargetStatus(target: Self.target))
    }

    func report(_ sequence: UInt64, _ outcomes: [ArmOutcomes]) async throws -> OutcomesAccepted {
        try await channel.call(
            ControllerMethods.reportOutcomes,
            ReportOutcomes(
                target: Self.target, reporter: "router", sequence: sequence, outcomes: outcomes,
                incarnation: 1))
    }

    func audit() async throws -> AuditReport {
        try await channel.call(ControllerMethods.verifyAudit, VerifyAudit())
    }

    /// A router that acknowledges every table at once, for as long as `body` runs.
    func withRouter(_ body: @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await channel.converse(ControllerMethods.serve) { messages, tables in
                    try await messages.send(
                        ParticipantMessage(target: Self.target, name: "router", role: .router))
                    while let (table, _) = try await tables.next() {
                        try await messages.send(
                            ParticipantMessage(role: .router, epoch: table.epoch))
                    }
                }
            }
            try await settle { $0.participants.contains { $0.connected } }
            try await body()
            group.cancelAll()
        }
    }

    /// Waits for a state; the watch wakes it, no clock does.
    @discardableResult
    func settle(_ holds: @Sendable (TargetStatus) -> Bool) async throws -> TargetStatus {
        try await channel.stream(
            ControllerMethods.watchTargetStatus, GetTargetStatus(target: Self.target), .endless
        ) { statuses in
            while let (status, _) = try await statuses.next() {
                if holds(status) { return status }
            }
            throw RPCError(.internal, "the watch ended")
        }
    }
}

/// Nobody is there.
struct AbsentChannel: RPCChannel {
    func unary(_ method: UInt16, _ request: RawMessage, _ options: CallOptions) async throws
        -> RawMessage
    { throw RPCError(.unavailable, "the evaluator is away") }

    func open(_ method: UInt16, _ options: CallOptions) async throws -> any RawCall {
        throw RPCError(.unavailable, "the evaluator is away")
    }
}
