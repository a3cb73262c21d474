import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// The store on a thread of its own, and where new identifiers come from.
///
/// Whatever is read and then written stands in one method and in one change of the store, so that
/// neither callers of this process nor other evaluators come between.
actor EvaluatorLedger {
    let store: any EvaluationStore
    let clock: any WallClock
    private var random: any RandomNumberGenerator & Sendable
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

    /// Later ones sort after earlier ones, also within a millisecond, where the clock was set back,
    /// and where another evaluator made them: "the newest evaluation" is the one ordered last.
    private func newEvaluationID(after last: EvaluationID?) throws -> EvaluationID {
        let id: EvaluationID = newID()
        guard let last = try last ?? store.newestEvaluation(), id <= last else { return id }
        return EvaluationID(high: last.high, low: last.low &+ 1)
    }

    // MARK: Versions

    /// Remembers a version and orders its evaluations, once for each event.
    func commit(_ version: KnownVersion, event: EventID) throws -> Bool {
        try store.commit(version, event: event) {
            let suites = try store.suites(of: version.model).map(\.suite)
            var all: [StoredEvaluation] = []
            for suite in suites {
                all += try orders(of: version, on: suite, after: all.last?.job.id)
            }
            return all
        }
    }

    /// The evaluation of a version on a suite, with that of its parent where there is none to
    /// compare with and a runner can make one.
    /// - Parameter last: the one that was ordered before these and is not in the store yet.
    private func orders(
        of version: KnownVersion, on suite: EvaluationSuite, priority: Int = 0,
        after last: EvaluationID? = nil
    ) throws -> [StoredEvaluation] {
        var orders: [StoredEvaluation] = []
        if suite.runner != nil, let parent = try parent(of: version),
            try !hasResult(of: parent, on: suite)
        {
            orders.append(try order(parent, suite, priority, after: last))
        }
        let own = try order(version, suite, priority, after: orders.last?.job.id ?? last)
        return orders + [own]
    }

    /// - Parameter priority: added to the suite's.
    private func order(
        _ version: KnownVersion, _ suite: EvaluationSuite, _ priority: Int = 0,
        after last: EvaluationID? = nil
    ) throws -> StoredEvaluation {
        let now = clock.now()
        let job = EvaluationJob(
            id: try newEvaluationID(after: last), hasRunner: suite.runner != nil,
            repeats: suite.repeats, priority: Int(suite.options.priority) + priority, at: now)
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
        try !all(of: version, on: suite).isEmpty
    }

    // MARK: Evaluations

    /// The newest evaluation of a version on a suite as it stands now; orders one where there is
    /// none, or `again` asks for it.
    /// - Returns: the evaluation, and whether it was ordered now.
    func findOrOrder(
        _ version: KnownVersion, on suite: EvaluationSuite, again: Bool, priority: Int
    ) throws -> (StoredEvaluation, isNew: Bool) {
        try store.atomically {
            let newest = try all(of: version, on: suite).standing
            if let newest, !again || !newest.job.isDone { return (newest, false) }
            let orders = try orders(of: version, on: suite, priority: priority)
            try store.add(orders)
            return (orders[orders.count - 1], true)
        }
    }

    /// Newest first.
    private func all(of version: KnownVersion, on suite: EvaluationSuite) throws
        -> [StoredEvaluation]
    {
        try store.evaluations(of: version.model, number: version.number).filter {
            $0.version.manifest == version.manifest && $0.suite.digest == suite.digest
        }
    }

    /// The evaluation that waits for uploaded predictions; a new one where none does.
    func openForUpload(_ version: KnownVersion, on suite: EvaluationSuite) throws
        -> StoredEvaluation
    {
        try store.atomically {
            if let newest = try all(of: version, on: suite).first, newest.job.phase == .waiting {
                return newest
            }
            let fresh = try order(version, suite)
            try store.add([fresh])
            return fresh
        }
    }

    /// Tells a job that nobody works on of an event.
    /// - Returns: what else is to be done, once it was stored how far the job is; `nil` where there
    ///   is no such job.
    func tell(_ id: EvaluationID, _ event: EvaluationJob.Event) throws
        -> (StoredEvaluation, [EvaluationJob.Effect])?
    {
        try store.atomically {
            guard var evaluation = try store.evaluation(id) else { return nil }
            let leaseCount = evaluation.job.leaseCount
            let effects = evaluation.job.handle(event, at: clock.now())
            if effects.contains(.persist) {
                _ = try store.save(evaluation.job, ifTaken: leaseCount)
            }
            return (evaluation, effects.filter { $0 != .persist })
        }
    }
}
