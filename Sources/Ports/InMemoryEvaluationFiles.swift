import CairnCore
import Evaluation
import Synchronization

/// The evaluator's files in memory, for simulations and tests. Their paths lead nowhere.
public final class InMemoryEvaluationFiles: EvaluationFiles {
    private struct State {
        var files: [EvaluationFile: [UInt8]] = [:]
        /// What runners wrote, by the path of the predictions.
        var written: [String: [UInt8]] = [:]
        var workFolders: [EvaluationID: Set<Int>] = [:]
    }

    private let state = Mutex(State())

    public init() {}

    /// The evaluations that have a work folder now.
    public var workFolders: Set<EvaluationID> { state.withLock { Set($0.workFolders.keys) } }

    /// Writes what a runner would write to the path of the predictions.
    public func write(predictions bytes: [UInt8], to work: WorkFolder) {
        state.withLock { $0.written[work.predictions] = bytes }
    }

    /// Writes what a runner would print.
    public func write(log bytes: [UInt8], of id: EvaluationID) {
        state.withLock { $0.files[.log(id)] = bytes }
    }

    public func bytes(of file: EvaluationFile) -> [UInt8]? { state.withLock { $0.files[file] } }

    func put(_ bytes: [UInt8], as file: EvaluationFile) {
        state.withLock { $0.files[file] = bytes }
    }

    public func newFile() -> any StagedFile { InMemoryStagedFile(files: self) }

    public func open(_ file: EvaluationFile) -> (any ReadableFile)? {
        bytes(of: file).map { InMemoryFile(bytes: $0) }
    }

    public func logs() -> [RunnerLogFiles] {
        state.withLock { state in
            state.files.compactMap { file, bytes in
                guard case .log(let id) = file else { return nil }
                return RunnerLogFiles(evaluation: id, byteCount: UInt64(bytes.count))
            }
        }
    }

    public func remove(_ file: EvaluationFile) { state.withLock { $0.files[file] = nil } }

    public func prepareWork(_ order: WorkOrder) -> WorkFolder {
        let folder = "/memory/\(order.evaluation)-\(order.lease)"
        let predictions = "\(folder)/\(order.predictionsName)"
        state.withLock { state in
            state.workFolders[order.evaluation] = [order.lease]
            state.written[predictions] = nil
        }
        return WorkFolder(
            path: folder, checkpoint: folder + "/checkpoint",
            dataset: "\(folder)/\(order.datasetName)", predictions: predictions,
            log: folder + "/runner.log")
    }

    public func keepPredictions(
        _ file: PredictionsFile, of id: EvaluationID, from work: WorkFolder, byteCountMax: UInt64
    ) throws {
        let bytes = state.withLock { $0.written.removeValue(forKey: work.predictions) }
        guard let bytes, UInt64(bytes.count) <= byteCountMax else {
            throw RPCError(.invalidArgument, "the runner ended well, but wrote no predictions")
        }
        put(bytes, as: .predictions(id, file))
    }

    public func removeWork(_ id: EvaluationID, lease number: Int) {
        state.withLock { state in
            state.workFolders[id]?.remove(number)
            if state.workFolders[id]?.isEmpty == true { state.workFolders[id] = nil }
        }
    }

    public func removeAll(of id: EvaluationID) {
        state.withLock { state in
            state.workFolders[id] = nil
            state.files = state.files.filter { file, _ in
                if case .predictions(id, _) = file { false } else { true }
            }
        }
    }

    public func removeLeftovers(
        except pending: @Sendable () async throws -> Set<EvaluationID>
    ) async throws {
        let pending = try await pending()
        state.withLock { state in
            state.workFolders = state.workFolders.filter { pending.contains($0.key) }
            state.files = state.files.filter { file, _ in
                if case .predictions(let id, _) = file { pending.contains(id) } else { true }
            }
        }
    }
}

private final class InMemoryStagedFile: StagedFile {
    private let files: InMemoryEvaluationFiles
    private let bytes = Mutex<[UInt8]>([])

    init(files: InMemoryEvaluationFiles) { self.files = files }

    func append(_ more: SharedBytes) { bytes.withLock { $0 += more.bytes } }
    func byteSource() -> any Evaluation.ByteSource { BytesInMemory(bytes.withLock { $0 }) }
    func commit(as file: EvaluationFile) { files.put(bytes.withLock { $0 }, as: file) }
    func discard() { bytes.withLock { $0 = [] } }
}

private struct InMemoryFile: ReadableFile {
    let bytes: [UInt8]

    var byteCount: UInt64 { UInt64(bytes.count) }

    func read(at offset: UInt64, count: Int) -> SharedBytes {
        let start = Int(min(offset, UInt64(bytes.count)))
        return SharedBytes(Array(bytes[start...].prefix(count)))
    }

    func byteSource() -> any Evaluation.ByteSource { BytesInMemory(bytes) }
}
