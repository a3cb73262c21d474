import CairnCore
import Ingestion
import Messages

/// Runs, checkpoints, versions, aliases and pins: what ingest knows beside the chunks.
///
/// Transactions go in as values, facts come out; of what was deleted only `standing` and `committed`
/// still tell. For one thread at a time. Records come plain: what
/// moves (aliases, pins) or belongs to the run is asked for apart.
public protocol IngestCatalog: AnyObject {
    /// One transaction: durable when this returns, whole or not made.
    /// - Throws: `.conflict` where a name is taken; the catalog itself guards what is unique.
    func apply(_ change: IngestChange) throws(CatalogError)

    // Runs
    /// With the value of each of its metrics at the highest step.
    func run(_ id: RunID) throws(CatalogError) -> RunRecord?
    func status(of run: RunID) throws(CatalogError) -> RunStatus?
    /// Newest first; of every model when it is empty.
    func runs(of model: String, limit: Int) throws(CatalogError) -> [RunRecord]
    /// Oldest first.
    func runIDs(of model: String) throws(CatalogError) -> [RunID]
    /// Whether a batch of metrics was applied.
    func hasBatch(_ batch: [UInt8], of run: RunID) throws(CatalogError) -> Bool
    /// How many metrics a run has beside these.
    func metricCount(of run: RunID, without keys: Set<String>) throws(CatalogError) -> Int
    /// The points of a metric, batch by batch in the order in which they came.
    func points(of key: String, run: RunID) throws(CatalogError) -> [MetricPoints]

    // Checkpoints and versions
    /// What a committed upload made.
    func committed(_ upload: UploadID) throws(CatalogError) -> CommittedUpload?
    /// The version that a `CreateVersion` with this id made.
    func version(madeBy request: [UInt8]) throws(CatalogError) -> (ModelName, VersionNumber)?
    func checkpoint(_ id: CheckpointID) throws(CatalogError) -> VersionRecord?
    func lastCheckpoint(of run: RunID) throws(CatalogError) -> CheckpointID?
    func version(_ model: ModelName, _ number: VersionNumber) throws(CatalogError)
        -> VersionRecord?
    /// Lowest first.
    func versions(of model: ModelName) throws(CatalogError) -> [VersionRecord]
    /// Every version that ever was, lowest first.
    func standing(of model: ModelName) throws(CatalogError) -> [StandingVersion]
    /// Checkpoints that no version was made of, oldest first.
    func looseCheckpoints(of model: ModelName) throws(CatalogError) -> [VersionRecord]
    /// The first version that was made of a checkpoint and stands.
    func firstVersion(of checkpoint: CheckpointID) throws(CatalogError) -> VersionNumber?
    func models() throws(CatalogError) -> [String]

    // Aliases, manifests and pins
    /// Every alias of a model, sorted.
    func aliases(of model: ModelName) throws(CatalogError) -> [(alias: String, VersionNumber)]
    /// - Throws: `.damaged` when its bytes are not what they were.
    func manifest(_ digest: Digest) throws(CatalogError) -> Manifest?
    func manifestDigests() throws(CatalogError) -> [Digest]
    /// What stands on a manifest: `chat@v1.0.0`, or `a checkpoint of chat`.
    func users(of manifest: Digest) throws(CatalogError) -> [String]
    /// Who pins a manifest, sorted.
    func holders(of manifest: Digest) throws(CatalogError) -> [String]

    func figures() throws(CatalogError) -> CatalogFigures
}

/// What a catalog does in one transaction.
public enum IngestChange: Sendable, Equatable {
    /// A run that stands already is kept as it is.
    case startRun(RunRecord)
    case appendMetrics(LogMetrics)
    /// The first end stands.
    case finishRun(RunID, RunStatus, at: Timestamp)
    /// Makes a checkpoint, and its version if it has one, visible.
    case commit(NewCheckpoint)
    /// Makes a version of a checkpoint that stands.
    case addVersion(VersionToMake, of: CheckpointID, request: [UInt8])
    case setAlias(AliasName, of: ModelName, to: VersionNumber)
    case removeAlias(AliasName, of: ModelName)
    case pin(Digest, holder: String, reason: String, at: Timestamp)
    case unpin(Digest, holder: String)
    /// Versions that stand, and that no alias names. What they alone were made of goes with them;
    /// their numbers stay taken.
    case delete([VersionNumber], of: ModelName, at: Timestamp, reason: String)
    /// Checkpoints that no version was made of.
    case deleteCheckpoints([CheckpointID], at: Timestamp)
}

/// A checkpoint that is about to become visible.
public struct NewCheckpoint: Sendable, Equatable {
    public var id: CheckpointID
    public var upload: UploadID
    public var manifest: Manifest
    /// All that is shown of it, without version, aliases, pins and what belongs to its run.
    public var record: VersionRecord
    public var version: VersionToMake?

    public init(
        id: CheckpointID, upload: UploadID, manifest: Manifest, record: VersionRecord,
        version: VersionToMake?
    ) {
        (self.id, self.upload, self.manifest) = (id, upload, manifest)
        (self.record, self.version) = (record, version)
    }
}

/// A version that is about to become visible, with what others are told of it in the same
/// transaction.
public struct VersionToMake: Sendable, Equatable {
    public var model: ModelName
    public var number: VersionNumber
    public var parent: VersionNumber?
    public var note: String
    public var at: Timestamp
    public var event: OutboxEvent

    public init(
        model: ModelName, number: VersionNumber, parent: VersionNumber?, note: String,
        at: Timestamp, event: OutboxEvent
    ) {
        (self.model, self.number, self.parent) = (model, number, parent)
        (self.note, self.at, self.event) = (note, at, event)
    }
}

/// What an upload became.
public struct CommittedUpload: Sendable, Equatable {
    public var checkpoint: CheckpointID
    public var manifest: Digest
    public var model: ModelName
    /// `nil` where no version was asked for.
    public var number: VersionNumber?

    public init(
        checkpoint: CheckpointID, manifest: Digest, model: ModelName, number: VersionNumber?
    ) {
        (self.checkpoint, self.manifest) = (checkpoint, manifest)
        (self.model, self.number) = (model, number)
    }
}

public struct CatalogFigures: Sendable, Equatable {
    public var modelCount: Int
    public var versionCount: Int
    public var undeliveredEventCount: Int

    public init(modelCount: Int, versionCount: Int, undeliveredEventCount: Int) {
        (self.modelCount, self.versionCount) = (modelCount, versionCount)
        self.undeliveredEventCount = undeliveredEventCount
    }
}

/// The catalog could not read or write. A change that threw is whole or not made; ask which.
public struct CatalogError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// A name is taken: the change lost a race, or repeats one that was made.
        case conflict
        /// No room is left.
        case full
        /// What was read is not what was written.
        case damaged
        case failed
    }
    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}
