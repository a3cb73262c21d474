import CairnCore
import Evaluation

/// The files of the evaluator: data sets by digest, predictions and logs by evaluation, and a work
/// folder for each lease under which a runner runs.
///
/// Several processes share them. What a lease writes lies under names that only this lease has, so
/// that one who lost his without noticing writes over nobody's; the store says which files count.
public protocol EvaluationFiles: Sendable {
    /// A new file that nobody sees until it is committed. One writer.
    func newFile() async throws -> any StagedFile
    /// - Returns: `nil` when there is no such file.
    func open(_ file: EvaluationFile) async throws -> (any ReadableFile)?
    /// Of a log: those of earlier leases too. What is not there is no error.
    func remove(_ file: EvaluationFile) async throws
    /// The evaluations whose runners left logs, in no order.
    func logs() async throws -> [RunnerLogFiles]

    /// Makes the work folder of a lease, empty but for the data set and for the checkpoint that an
    /// earlier lease left, which its restorer verifies. What else earlier ones left is removed.
    func prepareWork(_ order: WorkOrder) async throws -> WorkFolder
    /// Moves what the runner wrote to where `.predictions` finds it, durably.
    /// - Throws: `RPCError` with a text for the runner's author when there is no plain file, or one
    ///   over `byteCountMax`.
    func keepPredictions(
        _ file: PredictionsFile, of id: EvaluationID, from work: WorkFolder, byteCountMax: UInt64
    ) async throws
    /// Removes the work folder of a lease with everything inside.
    func removeWork(_ id: EvaluationID, lease number: Int) async throws
    /// Removes all work folders and predictions of an evaluation, and all logs but the newest.
    func removeAll(of id: EvaluationID) async throws
    /// Removes unfinished files of this process' predecessor, and work folders and predictions of
    /// evaluations that are over.
    /// - Parameter pending: asked after a look at what is there: the evaluations whose files stay.
    func removeLeftovers(
        except pending: @Sendable () async throws -> Set<EvaluationID>
    ) async throws
}

/// What a work folder is made for.
public struct WorkOrder: Sendable, Equatable {
    public let evaluation: EvaluationID
    /// The number of the lease.
    public let lease: Int
    public let dataset: Digest
    /// The data set's file name.
    public let datasetName: String
    /// What the path of the predictions ends in; its ending says the format.
    public let predictionsName: String
    /// Whose it shall be; empty: the evaluator's.
    public let user: String

    public init(
        evaluation: EvaluationID, lease: Int, dataset: Digest, datasetName: String,
        predictionsName: String, user: String = ""
    ) {
        (self.evaluation, self.lease, self.dataset) = (evaluation, lease, dataset)
        (self.datasetName, self.predictionsName) = (datasetName, predictionsName)
        self.user = user
    }
}

public enum EvaluationFile: Hashable, Sendable {
    case dataset(Digest)
    case predictions(EvaluationID, PredictionsFile)
    /// What the runner printed, of the last lease under which one ran.
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
    /// What was appended, to be read by blocking calls: off the cooperative threads.
    func byteSource() async throws -> any Evaluation.ByteSource
    /// Makes it durable and visible as `file`, in place of one that is there.
    func commit(as file: EvaluationFile) async throws
    /// Drops it; harmless after `commit`.
    func discard() async
}

/// A file that no longer changes, or only grows.
public protocol ReadableFile: Sendable {
    var byteCount: UInt64 { get async throws }
    /// Up to `count` bytes from `offset` on; none at the end.
    func read(at offset: UInt64, count: Int) async throws -> SharedBytes
    /// The file as it is now, to be read by blocking calls: off the cooperative threads.
    func byteSource() async throws -> any Evaluation.ByteSource
}
