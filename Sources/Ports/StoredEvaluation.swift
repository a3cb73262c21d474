import CairnCore
import Evaluation
import Messages

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

    /// `nil` where a repeat has none.
    public func predictions(of repeatIndex: Int) -> EvaluationFile? {
        job.predictions[repeatIndex].map { .predictions(job.id, $0) }
    }

    public var place: JobQueue.Place {
        JobQueue.Place(
            job: job, version: "\(version.model)@\(version.number)",
            parent: version.parent.map { "\(version.model)@\($0.number)" }, suite: suite.digest)
    }
}

/// Who works on an evaluation, and until when others leave it to him.
public struct StoredLease: Sendable, Equatable {
    public let evaluation: EvaluationID
    public let lease: JobLease
    /// In time since the host's start, which all processes of a host share and nobody sets; `nil`
    /// where nothing was said.
    public let until: Timestamp?

    public init(evaluation: EvaluationID, lease: JobLease, until: Timestamp?) {
        (self.evaluation, self.lease, self.until) = (evaluation, lease, until)
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
    public let undeliveredEvents: Int

    public init(
        datasets: Int, suites: Int, evaluations: Int, pending: Int, undeliveredEvents: Int
    ) {
        (self.datasets, self.suites, self.evaluations) = (datasets, suites, evaluations)
        (self.pending, self.undeliveredEvents) = (pending, undeliveredEvents)
    }
}
