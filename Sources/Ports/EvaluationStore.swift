import CairnCore
import Evaluation

/// What the evaluator remembers: data sets, suites, versions, evaluations and what it has to tell.
///
/// For one thread at a time. Every change is durable when its call returns, and whole or not made.
/// Several evaluator processes may share what is behind it, each with a store of its own.
public protocol EvaluationStore: EvaluationDetailsStore, ReferenceStore, RunnerLogStore {
    /// Runs `body` as one change: of all that share the store nobody changes anything meanwhile, and
    /// where it throws nothing was changed. May stand inside another one.
    func atomically<Result>(_ body: () throws -> Result) throws -> Result
    /// Differs from what it was when somebody else changed anything. Cheap.
    func changeMark() throws -> Int64

    // Data sets
    /// Pins bytes under a name: as its next version, or as the version that has them already.
    func add(_ dataset: NewDataset, at now: Timestamp) throws -> StoredDataset
    /// All versions of all data sets, by name and version.
    func datasets() throws -> [StoredDataset]
    func dataset(_ digest: Digest) throws -> StoredDataset?

    // Suites
    /// Makes this the suite of its model and name. One with the same digest changes nothing.
    func apply(_ suite: EvaluationSuite, at now: Timestamp) throws -> StoredSuite
    /// The suites in force, of one model or of all, by model and name.
    func suites(of model: ModelName?) throws -> [StoredSuite]

    // Versions
    /// Remembers a version and, in the same transaction, the evaluations that `orders` wants.
    /// - Parameter orders: is not asked when the event was applied before.
    /// - Returns: whether the event was applied now.
    func commit(
        _ version: KnownVersion, event: EventID, orders: () throws -> [StoredEvaluation]
    ) throws -> Bool
    func version(_ number: VersionNumber, of model: ModelName) throws -> KnownVersion?

    // Evaluations
    func add(_ evaluations: [StoredEvaluation]) throws
    /// Stores how far a job is, unless it is done or was taken since by somebody else.
    /// - Parameter leaseCount: of the job when the change began: how often it had been taken.
    /// - Returns: whether it was stored.
    func save(_ job: EvaluationJob, ifTaken leaseCount: Int) throws -> Bool
    /// Stores a result and the event that tells of it, once: unless the job is done or was taken
    /// since by somebody else.
    /// - Returns: whether it was stored now.
    func finish(
        _ result: EvaluationResult, ifTaken leaseCount: Int, telling event: OutboxEvent
    ) throws -> Bool
    func evaluation(_ id: EvaluationID) throws -> StoredEvaluation?
    /// The one that was ordered last.
    func newestEvaluation() throws -> EvaluationID?
    /// Newest first; of one version or of all.
    func evaluations(of model: ModelName, number: VersionNumber?) throws -> [StoredEvaluation]
    /// Those that are not done, oldest first.
    func pendingEvaluations() throws -> [StoredEvaluation]
    /// Says until when others leave jobs to those who hold these leases. One that is held no more is
    /// passed over.
    func extend(_ leases: [EvaluationID: JobLease], until time: Timestamp) throws
    /// Who works on what.
    func leases() throws -> [StoredLease]
    /// What was measured, repeat by repeat, without the confusion matrix; empty until done, and
    /// where there are no numbers.
    func measurements(of id: EvaluationID) throws -> [Measurement]

    func counts() throws -> EvaluationCounts
}
