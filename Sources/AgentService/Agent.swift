import CairnCore
import Messages
import Ports
import Routing
import ServiceKit
import Serving
import Synchronization

/// The agent of a serving host for one target: keeps what may be needed on its own disk, verified,
/// and puts each route table in force there.
///
/// `AgentMachine` decides; this is its shell. Needs the controller to learn of tables, and ingest
/// for bytes that are not here yet: neither for going on with what is here, and not ingest for
/// going back.
public final class Agent: Sendable {
    public struct Options: Sendable {
        public var target: TargetName
        /// Stable across restarts, and no other host's.
        public var name: String
        public var machine = AgentMachine.Options()
        public var seed = UInt64.random(in: .min ... .max)

        public init(target: TargetName, name: String) { (self.target, self.name) = (target, name) }
    }

    /// Makes serving programs read the links again. Ends what it started when it is cancelled.
    public typealias Reload = @Sendable (ModelLinks) async throws -> Void

    private let options: Options
    private let folder: any ModelFolder
    private let channel: any RPCChannel
    private let clock: any WallClock
    private let reload: Reload?
    private let log: @Sendable (String) -> Void

    private let inbox = EventInbox()
    private let mailbox: Mailbox
    private let state = Mutex(AgentReport())
    /// What the folder remembers.
    private let kept = Mutex<AgentMemory?>(nil)
    private let keeping = Chain()
    private let lanes = Lanes()

    private struct Lanes: Sendable {
        let applying = Lane()
        let remembering = Lane()
        let fetching = Lane()
        let checking = Lane()
        let looking = Lane()
        let removing = Lane()
        let waking = Lane()

        func end() async {
            let all = [waking, looking, removing, checking, fetching, remembering, applying]
            for lane in all { await lane.end() }
        }
    }

    public init(
        _ options: Options, folder: any ModelFolder, controller: any RPCChannel,
        clock: any WallClock, reload: Reload? = nil, log: @escaping @Sendable (String) -> Void
    ) {
        (self.options, self.folder, channel) = (options, folder, controller)
        (self.clock, self.reload, self.log) = (clock, reload, log)
        mailbox = Mailbox(target: options.target, name: options.name, role: .agent)
    }

    /// What the controller was told last.
    public var report: AgentReport { state.withLock { $0 } }

    /// Says goodbye to the controller; `run` returns after it.
    public func beginShutdown() { mailbox.leave() }

    /// Returns after `beginShutdown`. Cancelled, it leaves without a goodbye.
    /// - Throws: when the folder cannot be read, or belongs to another target.
    public func run() async throws {
        var loop = AgentLoop(self, try await started())
        loop.begin()
        let watch = TableWatch(
            channel: channel, mailbox: mailbox, clock: clock, seed: options.seed, log: log)
        let ready = loop
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [inbox, log] in
                    try await watch.run { message in
                        do throws(TableError) {
                            inbox.put(.received(try ServingTable(checking: message)))
                        } catch {
                            log("a table that nobody can serve by: \(error)")
                            inbox.put(.garbled("epoch \(message.epoch) is garbled: \(error)"))
                        }
                    }
                }
                group.addTask {
                    var loop = ready
                    try await loop.run()
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        } catch {
            await lanes.end()
            throw error
        }
        await lanes.end()
    }

    private func started() async throws -> AgentMachine.Event {
        let memory = try await folder.recall().map(AgentMemory.init(decoding:))
        if let memory, memory.table.target != options.target {
            throw RPCError(
                .refused,
                "this folder belongs to an agent of \(memory.table.target), not of "
                    + "\(options.target); give this one a folder of its own")
        }
        kept.withLock { $0 = memory }
        return .started(
            memory, held: try await folder.held(), stored: try await folder.stored(),
            links: try await folder.links())
    }

    /// The machine and what drives it: one task's own.
    private struct AgentLoop: Sendable {
        let agent: Agent
        let start: AgentMachine.Event
        var machine: AgentMachine
        var random: SeededRandom

        init(_ agent: Agent, _ start: AgentMachine.Event) {
            (self.agent, self.start) = (agent, start)
            machine = AgentMachine(target: agent.options.target, agent.options.machine)
            random = SeededRandom(seed: agent.options.seed)
        }

        mutating func begin() {
            handle(start)
            // A host with an empty disk has something to say too.
            agent.tell(machine.report)
        }

        mutating func run() async throws {
            while true {
                let generation = agent.inbox.doorbell.generation
                let events = agent.inbox.take()
                if events.isEmpty { try await agent.inbox.doorbell.wait(after: generation) }
                for event in events { handle(event) }
            }
        }

        private mutating func handle(_ event: AgentMachine.Event) {
            for effect in machine.handle(event, at: agent.clock.now(), using: &random) {
                switch effect {
                case .remember(let memory): agent.remember(memory)
                case .apply(let order): agent.apply(order)
                case .fetch(let digest): agent.fetch(digest)
                case .stopFetching: agent.lanes.fetching.cancel()
                case .verify(let digest): agent.verify(digest)
                case .look(let held): agent.look(held)
                case .remove(let digests): agent.remove(digests)
                case .report(let report): agent.tell(report)
                case .wake(let time): agent.wake(at: time)
                case .note(let text): agent.log(text)
                }
            }
        }
    }
}

// MARK: Effects

extension Agent {
    private func apply(_ order: AgentMachine.Order) {
        lanes.applying.start { [self] in
            do {
                try await keep(order.memory)
                try await folder.point(order.links)
                if order.reloads, let reload { try await reload(order.links) }
                if !Task.isCancelled { inbox.put(.applied(order)) }
            } catch {
                if Task.isCancelled { return }
                // If not even this can be asked, nothing counts as verified.
                let held = (try? await folder.held()) ?? []
                inbox.put(.applyFailed(order, "\(error)", held: held))
            }
        }
    }

    private func remember(_ memory: AgentMemory) {
        lanes.remembering.start { [self] in
            do {
                try await keep(memory)
            } catch {
                // The order that puts it in force remembers it again before anything moves.
                log("epoch \(memory.table.epoch) could not be remembered: \(error)")
            }
        }
    }

    /// An older memory never comes after a newer one, whoever is late.
    private func keep(_ memory: AgentMemory) async throws {
        try await keeping.run { [self] in
            let last = kept.withLock { $0 }
            if let last, last == memory || last.table.epoch > memory.table.epoch { return }
            try await folder.remember(try memory.encoded())
            kept.withLock { $0 = memory }
        }
    }

    private func fetch(_ digest: Digest) {
        lanes.fetching.start { [self] in
            do {
                try await folder.fetch(digest)
                inbox.put(.fetched(digest))
            } catch {
                if !Task.isCancelled { inbox.put(.fetchFailed(digest, "\(error)")) }
            }
        }
    }

    private func verify(_ digest: Digest) {
        lanes.checking.start { [self] in
            do {
                let isWhole = try await folder.verify(digest)
                inbox.put(.verified(digest, isWhole: isWhole))
            } catch {
                if Task.isCancelled { return }
                log("\(digest.short)… could not be read: \(error)")
                inbox.put(.verified(digest, isWhole: false))
            }
        }
    }

    private func look(_ held: Set<Digest>) {
        lanes.looking.start { [self] in
            do {
                inbox.put(.looked(lost: held.subtracting(try await folder.held())))
            } catch {
                log("the model folder could not be looked at: \(error)")
            }
        }
    }

    private func remove(_ digests: [Digest]) {
        lanes.removing.start { [self] in
            for digest in digests {
                do {
                    try await folder.remove(digest)
                    log("removed \(digest.short)…, which nobody needs")
                } catch {
                    log("\(digest.short)… could not be removed: \(error)")
                }
            }
            inbox.put(.removed(digests))
        }
    }

    private func tell(_ report: AgentReport) {
        state.withLock { $0 = report }
        mailbox.post(
            ParticipantMessage(
                role: .agent, epoch: report.epoch, heldDigests: report.held.map(\.bytes),
                loadedStableDigest: report.loaded.stable?.bytes ?? [],
                loadedCandidateDigest: report.loaded.candidate?.bytes ?? [],
                problem: report.problem))
    }

    private func wake(at time: Timestamp) {
        lanes.waking.start { [self] in
            do {
                try await clock.sleep(until: time)
                inbox.put(.woken)
            } catch {
                // Cancelled: another moment was asked for, or the agent ends.
            }
        }
    }
}
