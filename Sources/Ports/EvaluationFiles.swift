import CairnCore

/// The files of the evaluator: data sets by digest, predictions and logs by evaluation, and a work
/// folder for each evaluation that runs.
public protocol EvaluationFiles: Sendable {
    /// A new file that nobody sees until it is committed. One writer.
    func newFile() async throws -> any StagedFile
    /// - Returns: `nil` when there is no such file.
    func open(_ file: EvaluationFile) async throws -> (any ReadableFile)?
    func remove(_ file: EvaluationFile) async throws

    /// Makes the work folder of an evaluation with a link to its data set inside; what an earlier
    /// try left there is removed, but for a checkpoint, which its restorer verifies.
    func prepareWork(_ id: EvaluationID, dataset: Digest, named fileName: String) async throws
        -> WorkFolder
    /// Moves what the runner wrote to where `.predictions` finds it, durably.
    /// - Throws: `RPCError` with a text for the runner's author when there is no plain file, or one
    ///   over `byteCountMax`.
    func keepPredictions(
        of id: EvaluationID, repeatIndex: Int, from work: WorkFolder, byteCountMax: UInt64
    ) async throws
    /// Removes the work folder with everything inside.
    func removeWork(_ id: EvaluationID) async throws
    /// Removes the work folders and predictions of all evaluations but these, and unfinished files.
    func removeLeftovers(except pending: Set<EvaluationID>) async throws
}

public enum EvaluationFile: Hashable, Sendable {
    case dataset(Digest)
    case predictions(EvaluationID, repeatIndex: Int)
    /// What the runner printed, of the last repeat that ran.
    case log(EvaluationID)
}

/// Where an evaluation works: absolute paths.
public struct WorkFolder: Sendable, Equatable {
    /// The runner's working directory.
    public let path: String
    public let checkpoint: String
    public let dataset: String
    public let predictions: String
    public let log: String

    public init(path: String, checkpoint: String, dataset: String, predictions: String, log: String)
    {
        (self.path, self.checkpoint, self.dataset) = (path, checkpoint, dataset)
        (self.predictions, self.log) = (predictions, log)
    }
}

/// A file that is being written.
public protocol StagedFile: Sendable {
    func append(_ bytes: SharedBytes) async throws
    /// Makes it durable and visible as `file`; one that is there stays and this one is dropped.
    func commit(as file: EvaluationFile) async throws
    /// Drops it; harmless after `commit`.
    func discard() async
}

/// A file that no longer changes, or only grows.
public protocol ReadableFile: Sendable {
    var byteCount: UInt64 { get async throws }
    /// Up to `count` bytes from `offset` on; none at the end.
    func read(at offset: UInt64, count: Int) async throws -> SharedBytes
}
