import CairnCore
import Ingestion
import Messages

/// Runs, checkpoints, versions, aliases and pins: what ingest knows beside the chunks.
/// For one thread at a time. Every change is durable when its call returns, and whole or not made.
public protocol IngestCatalog: AnyObject {
    // Runs
    /// - Returns: true when this run stood already; nothing is changed then.
    func startRun(_ run: StartRun, at time: Timestamp) throws -> Bool
    /// - Returns: the points that were new: 0 for a batch that was applied before.
    func appendMetrics(_ batch: LogMetrics) throws -> Int
    /// The first end stands.
    func finishRun(_ id: RunID, status: RunStatus, at time: Timestamp) throws
    func run(_ id: RunID) throws -> RunRecord?
    /// Newest first.
    func runs(of model: String, limit: Int) throws -> [RunRecord]
    /// Batches of one metric in the order in which they came.
    func history(of key: String, run: RunID?, model: String) throws -> [MetricSeries]

    // Checkpoints and versions
    /// The answer of an upload that was committed before.
    func committed(_ upload: UploadID) throws -> UploadCommitted?
    /// Makes a checkpoint, and its version if it has one, visible; with the event for the evaluator.
    func commit(_ checkpoint: NewCheckpoint) throws
    /// The highest version stands last.
    func versions(of model: String) throws -> [VersionRecord]
    func version(_ model: String, _ number: VersionNumber) throws -> VersionRecord?
    func version(model: String, alias: String) throws -> VersionRecord?
    func lastCheckpoint(of run: RunID) throws -> VersionRecord?
    func checkpoint(_ id: CheckpointID) throws -> VersionRecord?
    /// - Returns: false when the version does not exist.
    func setAlias(_ alias: String, of model: String, to number: VersionNumber?) throws -> Bool
    func models() throws -> [String]

    // Manifests and pins
    func manifest(_ digest: Digest) throws -> Manifest?
    /// Every manifest with the versions that stand on it, as `model@v1.0.0`.
    func manifests() throws -> [(digest: Digest, versions: [String])]
    func pin(_ manifest: Digest, holder: String, reason: String, at time: Timestamp) throws
    func unpin(_ manifest: Digest, holder: String) throws
}

/// A checkpoint that is about to become visible.
public struct NewCheckpoint: Sendable {
    public var id: CheckpointID
    public var upload: UploadID?
    public var model: ModelName
    public var run: RunID?
    public var step: Int64
    public var manifest: Manifest
    public var version: VersionAssignment?
    public var note: String
    public var metrics: [NamedNumber]
    public var config: [KeyValue]
    public var dependencies: [String]
    public var newByteCount: UInt64
    public var at: Timestamp
    /// What the evaluator is told, in the same transaction.
    public var event: OutboxEvent?
    /// False when this makes a version of a checkpoint that stands already.
    public var isNew: Bool

    public init(
        id: CheckpointID, upload: UploadID?, model: ModelName, run: RunID?, step: Int64,
        manifest: Manifest, version: VersionAssignment?, note: String, metrics: [NamedNumber],
        config: [KeyValue], dependencies: [String], newByteCount: UInt64, at: Timestamp,
        event: OutboxEvent?, isNew: Bool = true
    ) {
        (self.id, self.upload, self.model, self.run, self.step) = (id, upload, model, run, step)
        (self.manifest, self.version, self.note, self.metrics) = (manifest, version, note, metrics)
        (self.config, self.dependencies, self.newByteCount) = (config, dependencies, newByteCount)
        (self.at, self.event, self.isNew) = (at, event, isNew)
    }
}
