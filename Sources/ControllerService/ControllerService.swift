import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit

/// The deployment-controller: holds what serves, moves candidates in by steps, and rolls back.
///
/// Knows nothing of sockets, SQLite or files: it is given a store, a clock and a way to ask the
/// evaluator. A rollback needs none but the store: neither ingest nor the evaluator is waited for.
public final class ControllerService: Sendable {
    let desk: ControllerDesk
    let board = TargetBoard()
    let seats = Seats()
    let groups = GroupBoard()
    let clock: any WallClock
    let evaluator: any RPCChannel
    /// Asked by guards of kind prometheus.
    let metrics: (any MetricsProvider)?
    /// Rings when the evaluator has said something.
    let verdicts = Doorbell()
    /// `nil`: this controller has its store for itself.
    let lease: ControllerLease?
    /// Rings when a write was refused because another leads.
    let leadIsLost = Doorbell()
    /// Rings when an event entered the outbox.
    public let doorbell = Doorbell()
    /// Rings when a notice was written.
    public let noticeBell = Doorbell()
    let notices: any NoticeStore
    let endpoints: [Ports.NoticeEndpoint]
    private let compactAfter: Duration?
    let log: @Sendable (String) -> Void

    /// - Parameters:
    ///   - evaluator: asked for verdicts in preflight.
    ///   - clock: should not jump; see `SteadyClock`.
    ///   - lease: taken before, where several controllers have one store.
    ///   - random: makes ids; a seeded one makes the same ids again.
    ///   - notices: what the store writes of notices, as their courier sees it.
    ///   - endpoints: whom notices are for; a `NoticeCourier` brings them there.
    ///   - compactAfter: how old a record is before it is packed; `nil`: none ever is.
    ///   - notify: told each notice once, with an id that stays the same after a restart.
    public init(
        store: sending any ControllerStore, evaluator: any RPCChannel, clock: any WallClock,
        lease: ControllerLease? = nil,
        metrics: (any MetricsProvider)? = nil,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        notices: any NoticeStore = InMemoryNotices(), endpoints: [Ports.NoticeEndpoint] = [],
        compactAfter: Duration? = nil,
        notify: @escaping @Sendable (_ id: String, _ text: String) -> Void = { _, _ in },
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.clock, self.evaluator, self.lease, self.log) = (clock, evaluator, lease, log)
        (self.notices, self.endpoints, self.compactAfter) = (notices, endpoints, compactAfter)
        self.metrics = metrics
        desk = ControllerDesk(
            store, board: board, clock: clock, leaseToken: lease?.token, random: random,
            endpoints: endpoints
        ) { [doorbell, noticeBell, leadIsLost] told in
            switch told {
            case .events: doorbell.ring()
            case .notice(let id, let text):
                notify(id, text)
                noticeBell.ring()
            case .failure(let text): log(text)
            case .leadIsLost: leadIsLost.ring()
            }
        }
    }

    /// Folds every log. Answers nothing before: `routes` are for afterwards.
    ///
    /// A target whose log was changed is set aside, with a line in the log; the others go on.
    public func load() async throws {
        for name in try await desk.with({ store in try store.targets() }) {
            do {
                board.put([try await fold(name)])
            } catch let damage as LogDamage {
                let text =
                    "\(damage). Target \(name) is left as it is; `cairn audit verify` says more"
                log(text)
                board.setAside(name, text)
            }
        }
        try await loadGroups()
        await withTaskGroup(of: Void.self) { group in
            for entry in board.entries {
                group.addTask { [self] in
                    do {
                        _ = try await desk.submit(.restarted, to: entry.target.name)
                    } catch {
                        // A full disk must not keep the controller from serving its routes.
                        log("the restart of \(entry.target.name) was not written: \(error)")
                    }
                }
            }
        }
    }

    func fold(_ name: TargetName) async throws -> LogFold {
        try await desk.with { store in
            var fold = LogFold(name)
            while true {
                let records = try store.records(of: name, after: fold.head.sequence, limit: 1_024)
                for record in records { try fold.add(record) }
                if records.isEmpty { break }
            }
            return fold
        }
    }

    /// Every call of `cairn.Controller`.
    public func routes() -> RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        addTargets(to: &routes)
        addVerbs(to: &routes)
        addServing(to: &routes)
        addVerdicts(to: &routes)
        addHistory(to: &routes)
        addDrills(to: &routes)
        addNotices(to: &routes)
        addGroups(to: &routes)
        return routes
    }

    /// Timers and questions to the evaluator, until cancelled or until another controller leads.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [self] in try await keepTime() }
            group.addTask { [self] in try await askForVerdicts() }
            group.addTask { [self] in try await leadGroups() }
            group.addTask { [self] in try await askForReferences() }
            group.addTask { [self] in try await askForMetrics() }
            if let compactAfter {
                group.addTask { [self] in try await compactLogs(olderThan: compactAfter) }
            }
            if lease != nil { group.addTask { [self] in try await keepLease() } }
            // None of them returns; the first that throws ends the others, which `waitForAll` would not.
            try await group.next()
        }
    }

    /// Old records are packed, now and then.
    private func compactLogs(olderThan age: Duration) async throws -> Never {
        while true {
            do {
                let before = clock.now() - age
                let count = try await desk.with { store in try store.compact(before: before) }
                if count > 0 { log("\(count) old records of the log take less room now") }
            } catch let error where !(error is CancellationError) {
                log("old records of the log were not packed: \(error)")
            }
            try await clock.sleep(until: clock.now() + .seconds(3_600))
        }
    }

    /// Tells every target that its moment has come.
    private func keepTime() async throws {
        while true {
            let generation = board.doorbell.generation
            for name in board.due(at: clock.now()) {
                do {
                    _ = try await desk.submit(.timer, to: name)
                } catch {
                    // The desk has logged it (a full disk, say); the moment stays due.
                    try await clock.sleep(until: clock.now() + .seconds(1))
                }
            }
            try await board.doorbell.wait(after: generation, until: board.nextTimer, on: clock)
        }
    }

    /// Turns what the inside throws into what callers see, and logs what is not their doing.
    func answering<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let refusal as Refusal {
            throw RPCError(refusal)
        } catch let error
            where !(error is RPCError || error is CancellationError || error is MessageError)
        {
            log("\(error)")
            throw RPCError(.unavailable, "the store failed: \(error). Nothing was changed")
        }
    }
}

extension RPCError {
    init(_ refusal: Refusal) {
        let code: ErrorCode =
            switch refusal.code {
            case .invalid: .invalidArgument
            case .conflict: .conflict
            case .refused: .refused
            case .notFound: .notFound
            }
        self.init(code, refusal.description, reason: refusal.reason)
    }
}
