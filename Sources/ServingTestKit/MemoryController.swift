import CairnCore
import Messages
import Ports
import ServiceKit
import Synchronization

/// A controller in memory, as far as agents and routers see one: it hands out one table and writes
/// down what it is told.
public final class MemoryController: Sendable {
    public struct State: Sendable {
        public var table: RouteTable?
        /// First messages, oldest first.
        public var joins: [ParticipantMessage] = []
        /// Later messages, oldest first.
        public var messages: [(name: String, message: ParticipantMessage)] = []
        public var connected: [String] = []
        /// Applied once for each (reporter, incarnation, sequence).
        public var reports: [ReportOutcomes] = []
        public var reportCallCount = 0

        /// The last thing that `name` said.
        public func last(_ name: String) -> ParticipantMessage? {
            messages.last { $0.name == name }?.message
        }
    }

    private let state = Mutex(State())
    private let doorbell = Doorbell()
    private let cuts = Mutex(0)
    /// Cuts calls of `ReportOutcomes`: message 0 is the request, 1 the reply.
    public let faults = FaultCounter()
    /// While true, nobody can join and nothing is taken.
    public let isAway = Mutex(false)

    public init() {}

    public var now: State { state.withLock { $0 } }

    public func publish(_ table: RouteTable?) {
        state.withLock { $0.table = table }
        doorbell.ring()
    }

    /// Ends every connection, as a restart does.
    public func cutAll() {
        cuts.withLock { $0 += 1 }
        doorbell.ring()
    }

    public func setAway(_ away: Bool) {
        isAway.withLock { $0 = away }
        if away { cutAll() }
    }

    /// Waits until `condition` gives a value.
    public func wait<Value: Sendable>(_ condition: (State) throws -> Value?) async throws -> Value {
        while true {
            let generation = doorbell.generation
            if let value = try condition(now) { return value }
            try await doorbell.wait(after: generation)
        }
    }

    /// Waits until `name` has acknowledged `epoch` without a problem.
    @discardableResult
    public func waitForAck(of epoch: UInt64, by name: String) async throws -> ParticipantMessage {
        try await wait { state in
            state.last(name).flatMap { $0.epoch == epoch && $0.problem.isEmpty ? $0 : nil }
        }
    }

    public var channel: InMemoryChannel { InMemoryChannel(routes, peerName: "test") }

    public var routes: RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        routes.bidirectional(ControllerMethods.serve) { [self] messages, tables, _ in
            try await serve(messages, tables)
        }
        routes.unary(ControllerMethods.reportOutcomes) { [self] report, _ in
            try checkThere()
            try faults.pass()
            let existed = apply(report)
            doorbell.ring()
            try faults.pass()
            return OutcomesAccepted(existed: existed, epoch: now.table?.epoch ?? 0)
        }
        return routes
    }

    private func checkThere() throws {
        if isAway.withLock({ $0 }) { throw RPCError(.unavailable, "the controller is away") }
    }

    private func apply(_ report: ReportOutcomes) -> Bool {
        state.withLock { state in
            state.reportCallCount += 1
            let existed = state.reports.contains {
                ($0.reporter, $0.incarnation, $0.sequence)
                    == (report.reporter, report.incarnation, report.sequence)
            }
            if !existed { state.reports.append(report) }
            return existed
        }
    }

    private func serve(
        _ messages: Incoming<ParticipantMessage>, _ tables: Outgoing<RouteTable>
    ) async throws {
        try checkThere()
        guard let (join, _) = try await messages.next() else { return }
        state.withLock { state in
            state.joins.append(join)
            state.connected.append(join.name)
        }
        doorbell.ring()
        defer {
            state.withLock { state in
                if let index = state.connected.firstIndex(of: join.name) {
                    state.connected.remove(at: index)
                }
            }
            doorbell.ring()
        }
        let cut = cuts.withLock { $0 }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in try await tell(tables, until: cut) }
            group.addTask { [self] in
                while let (message, _) = try await messages.next() {
                    state.withLock { $0.messages.append((join.name, message)) }
                    doorbell.ring()
                    if message.leaving { return }
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func tell(_ tables: Outgoing<RouteTable>, until cut: Int) async throws {
        var sent: RouteTable?
        while true {
            let generation = doorbell.generation
            if cuts.withLock({ $0 }) != cut {
                throw RPCError(.unavailable, "the controller restarts")
            }
            if let table = now.table, table != sent {
                try await tables.send(table)
                sent = table
            }
            try await doorbell.wait(after: generation)
        }
    }
}
