import CairnCore
import Ports
import Routing
import ServiceKit

/// What an agent does about the tables that it gets: a value that knows no disk and no clock.
///
/// **Invariant:** a table is acknowledged only while it is in force: remembered, its versions
/// verified, the links pointing to them, the reload command done.
public struct AgentMachine: Sendable, Equatable {
    public struct Options: Sendable, Equatable {
        /// Versions that once served and are kept beside those that the table names.
        public var keepCount = 3
        /// How long a version that nobody needs stays, for programs that still read it.
        public var grace = Duration.seconds(600)
        /// How often every held version is read again; zero is never.
        public var verifyInterval = Duration.seconds(86_400)
        /// How often the file system is asked whether someone wrote to a version.
        public var lookInterval = Duration.seconds(60)
        public var retry = RetryPolicy(first: .milliseconds(200), most: .seconds(30))

        public init() {}
    }

    let target: TargetName
    let options: Options
    var gate = TableGate()
    /// The table that everything here agrees with.
    var inForce: ServingTable?
    /// On its way into force.
    var applying: Order?
    /// Where the links point, as far as verified bytes are behind them.
    var loaded = ModelLinks()
    /// The reload command has to run even if no link moves: at the start, and after a repair.
    var mustReload = true
    var hasStarted = false
    /// What is on the disk, or will be before anything moves.
    var remembered: AgentMemory?

    var held: Set<Digest> = []
    var stored: Set<Digest> = []
    var fetching: Digest?
    var verifying: Digest?
    var isRemoving = false
    /// Versions that were stable here, the newest first.
    var proven: [Digest] = []
    /// Since when nobody needs them.
    var unneeded: [Digest: Timestamp] = [:]

    var fetchFailures: [Digest: Failure] = [:]
    var applyFailure: Failure?
    /// Why tables were not let in, or are damaged; one sentence, cleared by the next good table.
    var complaint = ""
    var nextVerification: Timestamp?
    var nextLook: Timestamp?
    var lastVerified: Digest?

    struct Failure: Sendable, Equatable {
        var count: Int
        var text: String
        var retryAt: Timestamp
    }

    /// What it takes to put a table in force.
    public struct Order: Sendable, Equatable {
        public let table: ServingTable
        public let links: ModelLinks
        public let reloads: Bool
        /// Remembered before anything moves.
        public let memory: AgentMemory
    }

    public init(target: TargetName, _ options: Options = Options()) {
        (self.target, self.options) = (target, options)
    }

    public enum Event: Sendable, Equatable {
        /// What the host knows; the first event.
        case started(AgentMemory?, held: Set<Digest>, stored: Set<Digest>, links: ModelLinks)
        case received(ServingTable)
        /// A table came that nobody could put in force.
        case garbled(String)
        /// The order is done: remembered, linked, reloaded.
        case applied(Order)
        case applyFailed(Order, String, held: Set<Digest>)
        case fetched(Digest)
        case fetchFailed(Digest, String)
        case verified(Digest, isWhole: Bool)
        /// What of the versions that were asked for somebody has written to.
        case looked(lost: Set<Digest>)
        case removed([Digest])
        /// A moment that was asked for has come.
        case woken
    }

    public enum Effect: Sendable, Equatable {
        /// Keep what must survive a restart.
        case remember(AgentMemory)
        /// Remember, then point the links, then reload. Replaces an order that is under way.
        case apply(Order)
        /// Replaces a fetch that is under way.
        case fetch(Digest)
        case stopFetching
        case verify(Digest)
        /// Ask the file system whether these are as they were verified.
        case look(Set<Digest>)
        case remove([Digest])
        case report(AgentReport)
        case wake(at: Timestamp)
        /// For the log.
        case note(String)
    }

    /// Advances by one event. Run the effects in order.
    public mutating func handle(
        _ event: Event, at now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        let before = report
        var effects = take(event, at: now, using: &random)
        guard hasStarted else { return effects }
        effects += plan(at: now)
        if case .received = event {
            effects.append(.report(report))
        } else if report != before {
            effects.append(.report(report))
        }
        if let time = nextWake(after: now) { effects.append(.wake(at: time)) }
        return effects
    }

    private mutating func take(
        _ event: Event, at now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        switch event {
        case .started(let memory, let held, let stored, let links):
            return start(memory, held, stored, links, at: now)
        case .received(let table): return receive(table)
        case .garbled(let text):
            complaint = text
            return [.note(text)]
        case .applied(let order): return applied(order)
        case .applyFailed(let order, let text, let held):
            return applyFailed(order, text, held, at: now, using: &random)
        case .fetched(let digest): return fetched(digest)
        case .fetchFailed(let digest, let text):
            return fetchFailed(digest, text, at: now, using: &random)
        case .verified(let digest, let isWhole): return verified(digest, isWhole)
        case .looked(let lost): return lose(lost)
        case .removed:
            isRemoving = false
            return []
        case .woken: return []
        }
    }
}

/// What must survive a restart.
public struct AgentMemory: Sendable, Equatable {
    /// The newest table that was let in.
    public var table: ServingTable
    public var proven: [Digest]

    public init(table: ServingTable, proven: [Digest]) {
        (self.table, self.proven) = (table, proven)
    }
}

/// What an agent tells the controller.
public struct AgentReport: Sendable, Equatable {
    /// 0 before the first table is in force.
    public var epoch: UInt64 = 0
    public var held: [Digest] = []
    public var loaded = ModelLinks()
    public var problem = ""
}
