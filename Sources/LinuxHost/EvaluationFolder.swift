import CairnCore
import Evaluation
import Glibc
import Ports

/// The evaluator's files in its data folder: `datasets/` by digest, `evaluations/` with predictions
/// and logs, `work/` for what runs, `incoming/` for what arrives.
///
/// Several evaluators share the folder. Each has a folder of its own in `incoming/`; all else has names
/// that say whose it is.
public struct EvaluationFolder: EvaluationFiles {
    let path: String
    /// A random word of this folder, made once: what its runners are marked with.
    public let owner: String
    let worker: String
    let queue = FileQueue(label: "evaluator.files")
    private let stagedCount = SharedCounter()

    /// Makes the folder where it is missing. Blocks: for the start of a process.
    /// - Parameter worker: the place of this process; see `WorkerPlaces`.
    public init(path: String, worker: String) throws {
        for name in ["datasets", "evaluations", "work", "incoming", "incoming/" + worker] {
            try Files.makeFolder(path + "/" + name)
        }
        self.path = try Self.absolute(path)
        self.worker = worker
        owner = try Self.owner(in: path)
    }

    /// Commands work in folders of their own, where a relative path would lead elsewhere.
    private static func absolute(_ path: String) throws(HostError) -> String {
        guard let whole = realpath(path, nil) else { throw .last("\(path) cannot be found") }
        defer { free(whole) }
        return String(cString: whole)
    }

    private static func owner(in folder: String) throws -> String {
        let file = folder + "/owner"
        if let text = try Files.readText(file), text.utf8.count == 33 {
            return String(text.dropLast())
        }
        var random = SystemRandomNumberGenerator()
        let word = Hexadecimal.text(
            of: (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
        try Files.write(word + "\n", to: file)
        return word
    }

    /// `nil` for a log that nobody has written.
    func location(of file: EvaluationFile) throws(HostError) -> String? {
        switch file {
        case .dataset(let digest): return "\(path)/datasets/\(digest)"
        case .predictions(let id, let file): return "\(evaluation(id))/\(file.name)"
        case .log(let id): return try logs(of: id).last.map { "\(evaluation(id))/\($0.name)" }
        }
    }

    func evaluation(_ id: EvaluationID) -> String { "\(path)/evaluations/\(id)" }

    public func newFile() async throws -> any StagedFile {
        let name = "\(path)/incoming/\(worker)/\(stagedCount.next())"
        return try await queue.run { try StagedFileOnDisk(name, for: self, queue) }
    }

    public func open(_ file: EvaluationFile) async throws -> (any ReadableFile)? {
        try await queue.run {
            guard let location = try location(of: file) else { return nil }
            return try ReadableFileOnDisk(location, queue)
        }
    }

    public func remove(_ file: EvaluationFile) async throws {
        try await queue.run {
            switch file {
            case .dataset, .predictions:
                if let location = try location(of: file) { try FileTree.remove(location) }
            case .log(let id):
                for log in try logs(of: id) {
                    try FileTree.remove("\(evaluation(id))/\(log.name)")
                }
                // It fails where predictions are, which go with their evaluation.
                rmdir(evaluation(id))
            }
        }
    }

    public func logs() async throws -> [RunnerLogFiles] {
        try await queue.run {
            var found: [RunnerLogFiles] = []
            for name in try FileTree.names(in: path + "/evaluations") {
                guard let id = EvaluationID(name) else { continue }
                let sizes = try logs(of: id).map { log in
                    var status = stat()
                    // One that another evaluator removes meanwhile has no bytes any more.
                    let isThere = stat("\(evaluation(id))/\(log.name)", &status) == 0
                    return isThere ? UInt64(status.st_size) : 0
                }
                if sizes.isEmpty { continue }
                found.append(RunnerLogFiles(evaluation: id, byteCount: sizes.reduce(0, +)))
            }
            return found
        }
    }
}
