import CairnCore
import Messages
import Ports
import Routing
import ServiceKit
import Serving
import Synchronization

/// The agent of a router that is not Cairn's: has it split requests by the target's route table, and
/// acknowledges a table once the router has it in fact.
///
/// `RouterMachine` decides; this is its shell.
public final class RouterAgent: Sendable {
    public struct Options: Sendable {
        public var target: TargetName
        /// Stable across restarts, and no other router's.
        public var name: String
        public var machine = RouterMachine.Options()
        public var seed = UInt64.random(in: .min ... .max)

        public init(target: TargetName, name: String) { (self.target, self.name) = (target, name) }
    }

    private let options: Options
    private let router: any TrafficRouter
    private let memory: any TableMemory
    private let channel: any RPCChannel
    private let clock: any WallClock
    private let log: @Sendable (String) -> Void

    private let events = Mutex<[RouterMachine.Event]>([])
    private let doorbell = Doorbell()
    private let mailbox: Mailbox
    private let state = Mutex(AgentReport())
    private let applying = Lane()
    private let looking = Lane()
    private let waking = Lane()

    public init(
        _ options: Options, router: any TrafficRouter, memory: any TableMemory,
        controller: any RPCChannel, clock: any WallClock, log: @escaping @Sendable (String) -> Void
    ) {
        (self.options, self.router, self.memory) = (options, router, memory)
        (channel, self.clock, self.log) = (controller, clock, log)
        mailbox = Mailbox(target: options.target, name: options.name, role: .router)
    }

    /// What the controller was told last.
    public var report: AgentReport { state.withLock { $0 } }

    /// Says goodbye to the controller; `run` returns after it. The router keeps what it has.
    public func beginShutdown() { mailbox.leave() }

    /// Returns after `beginShutdown`. Cancelled, it leaves without a goodbye.
    /// - Throws: when what it remembers cannot be read, or is another target's.
    public func run() async throws {
        let remembered = try await memory.recall().map(AgentMemory.init(decoding:))
        if let remembered, remembered.table.target != options.target {
            throw RPCError(
                .refused,
                "this folder belongs to an agent of \(remembered.table.target), not of "
                    + "\(options.target); give this one a folder of its own")
        }
        put(.started(remembered))
        let watch = TableWatch(
            channel: channel, mailbox: mailbox, clock: clock, seed: options.seed, log: log)
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [self] in try await watch.run { self.receive($0) } }
                group.addTask { [self] in try await decide() }
                defer { group.cancelAll() }
                try await group.next()
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        for lane in [waking, looking, applying] { await lane.end() }
        try result.get()
    }

    private func put(_ event: RouterMachine.Event) {
        events.withLock { $0.append(event) }
        doorbell.ring()
    }

    private func receive(_ message: RouteTable) {
        do throws(TableError) {
            put(.received(try ServingTable(checking: message)))
        } catch {
            put(.garbled("epoch \(message.epoch) is garbled: \(error)"))
        }
    }

    private func decide() async throws {
        var machine = RouterMachine(target: options.target, options.machine)
        var random = SeededRandom(seed: options.seed)
        tell(machine.report)
        while true {
            let generation = doorbell.generation
            let batch = events.withLock { events in
                defer { events = [] }
                return events
            }
            if batch.isEmpty { try await doorbell.wait(after: generation) }
            for event in batch {
                for effect in machine.handle(event, at: clock.now(), using: &random) { run(effect) }
            }
        }
    }

    // MARK: Effects

    private func run(_ effect: RouterMachine.Effect) {
        switch effect {
        case .apply(let table, let split): apply(table, split)
        case .look: look()
        case .report(let report): tell(report)
        case .wake(let time): wake(at: time)
        case .note(let text): log(text)
        }
    }

    private func apply(_ table: ServingTable, _ split: RouterSplit) {
        applying.start { [self] in
            do {
                // Before the router has it: an older table must not come in after a restart either.
                try await memory.remember(try AgentMemory(table: table, proven: []).encoded())
                try await router.apply(split)
                if !Task.isCancelled { put(.applied(table)) }
            } catch {
                if !Task.isCancelled { put(.applyFailed(table, "\(error)")) }
            }
        }
    }

    private func look() {
        looking.start { [self] in
            do {
                put(.looked(try await router.split()))
            } catch {
                if !Task.isCancelled { put(.lookFailed("\(error)")) }
            }
        }
    }

    private func tell(_ report: AgentReport) {
        state.withLock { $0 = report }
        mailbox.post(
            ParticipantMessage(role: .router, epoch: report.epoch, problem: report.problem))
    }

    private func wake(at time: Timestamp) {
        waking.start { [self] in
            do {
                try await clock.sleep(until: time)
                put(.woken)
            } catch {
                // Cancelled: another moment was asked for, or the agent ends.
            }
        }
    }
}
