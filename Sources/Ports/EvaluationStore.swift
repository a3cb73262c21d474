import CairnCore
import Evaluation

/// What the evaluator remembers: data sets, suites, versions, evaluations and what it has to tell.
///
/// For one thread at a time. Every change is durable when its call returns, and whole or not made.
public protocol EvaluationStore: EvaluationDetailsStore {
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
    /// Stores how far a job is. Changes nothing once it is done.
    func save(_ job: EvaluationJob) throws
    /// Stores a result and the event that tells of it, once: a job that is done stays as it is.
    /// - Returns: whether it was stored now.
    func finish(_ result: EvaluationResult, telling event: OutboxEvent) throws -> Bool
    func evaluation(_ id: EvaluationID) throws -> StoredEvaluation?
    /// Newest first; of one version or of all.
    func evaluations(of model: ModelName, number: VersionNumber?) throws -> [StoredEvaluation]
    /// Those that are not done, oldest first.
    func pendingEvaluations() throws -> [StoredEvaluation]
    /// What was measured, repeat by repeat, without the confusion matrix; empty until done, and
    /// where there are no numbers.
    func measurements(of id: EvaluationID) throws -> [Measurement]

    func counts() throws -> EvaluationCounts
}
