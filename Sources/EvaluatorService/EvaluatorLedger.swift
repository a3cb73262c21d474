import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// The store on a thread of its own, and where new identifiers come from.
///
/// Whatever is read and then written stands in one method, so that no two callers interleave.
actor EvaluatorLedger {
    let store: any EvaluationStore
    private let clock: any WallClock
    private var random: any RandomNumberGenerator & Sendable
    private var lastEvaluation: EvaluationID?
    private let executor = BlockingExecutor(label: "evaluator.store")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        _ store: sending any EvaluationStore, clock: any WallClock,
        random: any RandomNumberGenerator & Sendable
    ) {
        (self.store, self.clock, self.random) = (store, clock, random)
    }

    /// Runs `body` with the store on its thread.
    func with<Result: Sendable>(
        _ body: @Sendable (any EvaluationStore, Timestamp) throws -> Result
    ) throws -> Result {
        try body(store, clock.now())
    }

    func newID<ID: Identifier>() -> ID { ID(at: clock.now(), using: &random) }

    /// Later ones sort after earlier ones, also within a millisecond and where the clock was set
    /// back: "the newest evaluation" is the one ordered last.
    private func newEvaluationID() -> EvaluationID {
        var id: EvaluationID = newID()
        if let last = lastEvaluation, id <= last {
            id = EvaluationID(high: last.high, low: last.low &+ 1)
        }
        lastEvaluation = id
        return id
    }

    // MARK: Versions

    /// Remembers a version and orders its evaluations, once for each event.
    func commit(_ version: KnownVersion, event: EventID) throws -> Bool {
        try store.commit(version, event: event) {
            let suites = try store.suites(of: version.model).map(\.suite)
            return try suites.flatMap { try orders(of: version, on: $0) }
        }
    }

    /// The evaluation of a version on a suite, with that of its parent where there is none to
    /// compare with and a runner can make one.
    private func orders(of version: KnownVersion, on suite: EvaluationSuite) throws
        -> [StoredEvaluation]
    {
        var orders: [StoredEvaluation] = []
        if suite.runner != nil, let parent = try parent(of: version),
            try !hasResult(of: parent, on: suite)
        {
            orders.append(order(parent, suite))
        }
        return orders + [order(version, suite)]
    }

    private func order(_ version: KnownVersion, _ suite: EvaluationSuite) -> StoredEvaluation {
        let (id, now) = (newEvaluationID(), clock.now())
        let job = EvaluationJob(
            id: id, hasRunner: suite.runner != nil, repeats: suite.repeats, at: now)
        return StoredEvaluation(version: version, suite: suite, job: job, orderedAt: now)
    }

    private func parent(of version: KnownVersion) throws -> KnownVersion? {
        guard let parent = version.parent, parent.number != version.number else { return nil }
        if let known = try store.version(parent.number, of: version.model),
            known.manifest == parent.manifest
        {
            return known
        }
        return KnownVersion(
            model: version.model, number: parent.number, manifest: parent.manifest, parent: nil)
    }

    /// A result, or one on its way, or an error, which nobody repeats unasked.
    private func hasResult(of version: KnownVersion, on suite: EvaluationSuite) throws -> Bool {
        try store.evaluations(of: version.model, number: version.number).contains {
            $0.version.manifest == version.manifest && $0.suite.digest == suite.digest
        }
    }

    // MARK: Evaluations

    /// The newest evaluation of a version on a suite as it stands now; orders one where there is
    /// none, or `again` asks for it.
    /// - Returns: the evaluation, and whether it was ordered now.
    func findOrOrder(_ version: KnownVersion, on suite: EvaluationSuite, again: Bool) throws
        -> (StoredEvaluation, isNew: Bool)
    {
        let newest = try newest(of: version, on: suite)
        if let newest, !again || !newest.job.isDone { return (newest, false) }
        let orders = try orders(of: version, on: suite)
        try store.add(orders)
        return (orders[orders.count - 1], true)
    }

    private func newest(of version: KnownVersion, on suite: EvaluationSuite) throws
        -> StoredEvaluation?
    {
        try store.evaluations(of: version.model, number: version.number).first {
            $0.version.manifest == version.manifest && $0.suite.digest == suite.digest
        }
    }

    /// The evaluation that waits for uploaded predictions; a new one where none does.
    func openForUpload(_ version: KnownVersion, on suite: EvaluationSuite) throws
        -> StoredEvaluation
    {
        if let newest = try newest(of: version, on: suite), newest.job.phase == .waiting {
            return newest
        }
        let fresh = order(version, suite)
        try store.add([fresh])
        return fresh
    }

    /// Tells a job that nobody works on of an event.
    func tell(_ id: EvaluationID, _ event: EvaluationJob.Event) throws
        -> (StoredEvaluation, [EvaluationJob.Effect])?
    {
        guard var evaluation = try store.evaluation(id) else { return nil }
        let effects = evaluation.job.handle(event, at: clock.now())
        if effects.contains(.persist) { try store.save(evaluation.job) }
        return (evaluation, effects.filter { $0 != .persist })
    }

    // MARK: Work

    /// Takes the next job of a lane; it is durable that it was taken.
    func takeNext(in lane: EvaluationJob.Lane) throws -> TakenJob {
        let pending = try store.pendingEvaluations()
        let places = pending.map(\.place)
        guard let id = JobQueue.next(of: places, in: lane, at: clock.now()),
            let (evaluation, effects) = try tell(id, .taken)
        else { return .none(nextDue: JobQueue.nextDue(of: places, after: clock.now())) }
        return .job(evaluation, effects)
    }

    enum TakenJob: Sendable {
        case job(StoredEvaluation, [EvaluationJob.Effect])
        case none(nextDue: Timestamp?)
    }
}
