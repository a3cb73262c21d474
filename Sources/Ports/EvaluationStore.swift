import CairnCore
import Evaluation
import Messages

/// What the evaluator remembers: data sets, suites, versions, evaluations and what it has to tell.
///
/// Every method is one transaction: durable when it returns, nothing of it done when it throws.
public protocol EvaluationStore: OutboxStore {
    // MARK: Data sets

    /// Pins bytes under a name: the next version of it, or the version that has them already.
    func add(_ dataset: NewDataset, at now: Timestamp) async throws -> StoredDataset
    /// All versions of all data sets, by name and version.
    func datasets() async throws -> [StoredDataset]
    func dataset(_ digest: Digest) async throws -> StoredDataset?

    // MARK: Suites

    /// Makes this the suite of its model and name. One with the same digest changes nothing.
    func apply(_ suite: EvaluationSuite, at now: Timestamp) async throws -> StoredSuite
    /// The suites in force, of one model or of all, by model and name.
    func suites(of model: ModelName?) async throws -> [StoredSuite]
    /// A suite in force or of the past.
    func suite(_ digest: Digest) async throws -> EvaluationSuite?

    // MARK: Versions

    /// Remembers a version and, in the same transaction, the evaluations that `orders` wants of it.
    /// - Parameter orders: given the suites of the version's model, in force now, and the
    ///   evaluations of the version and its parent.
    /// - Returns: `false` when the event was applied before; then nothing changed.
    func commit(
        _ version: KnownVersion, event: EventID,
        orders: @escaping @Sendable ([StoredSuite], [StoredEvaluation]) -> [StoredEvaluation]
    ) async throws -> Bool
    func version(_ number: VersionNumber, of model: ModelName) async throws -> KnownVersion?

    // MARK: Evaluations

    func add(_ evaluations: [StoredEvaluation]) async throws
    /// Stores how far a job is. Does nothing once it is done.
    func save(_ job: EvaluationJob) async throws
    /// Stores a result and the event that tells of it, once: a job that is done stays as it is.
    /// - Returns: whether it was stored now.
    func finish(_ result: EvaluationResult, telling event: OutboxEvent) async throws -> Bool
    func evaluation(_ id: EvaluationID) async throws -> StoredEvaluation?
    /// Newest first; of one version or of all.
    func evaluations(of model: ModelName, number: VersionNumber?) async throws -> [StoredEvaluation]
    /// Those that are not done, oldest first.
    func pendingEvaluations() async throws -> [StoredEvaluation]
    /// What was measured, repeat by repeat; empty until done, and where there are no numbers.
    func measurements(of id: EvaluationID) async throws -> [Measurement]

    func counts() async throws -> EvaluationCounts
}

/// A data set about to be stored.
public struct NewDataset: Sendable, Equatable {
    public let name: ModelName
    public let digest: Digest
    public let byteCount: UInt64
    /// Its ending says the format.
    public let fileName: String

    public init(name: ModelName, digest: Digest, byteCount: UInt64, fileName: String) {
        (self.name, self.digest, self.byteCount) = (name, digest, byteCount)
        self.fileName = fileName
    }
}

/// One version of a data set.
public struct StoredDataset: Sendable, Equatable {
    public let dataset: NewDataset
    /// From 1.
    public let version: Int
    public let addedAt: Timestamp
    /// The name had these bytes as a version before.
    public let existed: Bool

    public init(_ dataset: NewDataset, version: Int, addedAt: Timestamp, existed: Bool) {
        (self.dataset, self.version, self.addedAt) = (dataset, version, addedAt)
        self.existed = existed
    }
}

public struct StoredSuite: Sendable, Equatable {
    public let suite: EvaluationSuite
    public let appliedAt: Timestamp
    /// The call that answered this changed it.
    public let changed: Bool

    public init(_ suite: EvaluationSuite, appliedAt: Timestamp, changed: Bool = false) {
        (self.suite, self.appliedAt, self.changed) = (suite, appliedAt, changed)
    }
}

/// A version that ingest has told of.
public struct KnownVersion: Sendable, Equatable {
    public struct Parent: Sendable, Equatable {
        public let number: VersionNumber
        public let manifest: Digest

        public init(number: VersionNumber, manifest: Digest) {
            (self.number, self.manifest) = (number, manifest)
        }
    }

    public let model: ModelName
    public let number: VersionNumber
    public let manifest: Digest
    public let parent: Parent?

    public init(model: ModelName, number: VersionNumber, manifest: Digest, parent: Parent?) {
        (self.model, self.number, self.manifest) = (model, number, manifest)
        self.parent = parent
    }
}

/// An evaluation: of what, on what, how far, and once it is done, with which result.
public struct StoredEvaluation: Sendable, Equatable {
    public let version: KnownVersion
    /// The suite as it was when the evaluation was ordered.
    public let suite: EvaluationSuite
    public var job: EvaluationJob
    public let orderedAt: Timestamp
    /// What callers are told; `nil` until done.
    public var record: EvaluationRecord?

    public init(
        version: KnownVersion, suite: EvaluationSuite, job: EvaluationJob, orderedAt: Timestamp,
        record: EvaluationRecord? = nil
    ) {
        (self.version, self.suite, self.job) = (version, suite, job)
        (self.orderedAt, self.record) = (orderedAt, record)
    }

    public var place: JobQueue.Place {
        JobQueue.Place(
            job: job, version: "\(version.model)@\(version.number)",
            parent: version.parent.map { "\(version.model)@\($0.number)" }, suite: suite.digest)
    }
}

/// The end of an evaluation.
public struct EvaluationResult: Sendable {
    /// In its phase `done`.
    public let job: EvaluationJob
    public let record: EvaluationRecord
    /// Repeat by repeat; empty where there are no numbers.
    public let measurements: [Measurement]

    public init(job: EvaluationJob, record: EvaluationRecord, measurements: [Measurement]) {
        (self.job, self.record, self.measurements) = (job, record, measurements)
    }
}

public struct EvaluationCounts: Sendable, Equatable {
    public let datasets: Int
    public let suites: Int
    public let evaluations: Int
    /// Not done yet.
    public let pending: Int

    public init(datasets: Int, suites: Int, evaluations: Int, pending: Int) {
        (self.datasets, self.suites) = (datasets, suites)
        (self.evaluations, self.pending) = (evaluations, pending)
    }
}
