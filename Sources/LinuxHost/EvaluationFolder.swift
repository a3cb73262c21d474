import CairnCore
import Glibc
import Ports

/// The evaluator's files in its data folder: `datasets/` by digest, `evaluations/` with predictions
/// and logs, `work/` for what runs, `incoming/` for what arrives.
///
/// The folder belongs to one process; whoever opens it holds its lock.
public struct EvaluationFolder: EvaluationFiles {
    let path: String
    /// A random word of this folder, made once: what its runners are marked with.
    public let owner: String
    private let queue = FileQueue(label: "evaluator.files")
    private let stagedCount = SharedCounter()

    /// Makes the folder where it is missing. Blocks: for the start of a process.
    public init(path: String) throws {
        for name in ["datasets", "evaluations", "work", "incoming"] {
            try Files.makeFolder(path + "/" + name)
        }
        self.path = try Self.absolute(path)
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

    func location(of file: EvaluationFile) -> String {
        switch file {
        case .dataset(let digest): "\(path)/datasets/\(digest)"
        case .predictions(let id, let index): "\(path)/evaluations/\(id)/predictions-\(index).jsonl"
        case .log(let id): "\(path)/evaluations/\(id)/runner.log"
        }
    }

    public func newFile() async throws -> any StagedFile {
        let name = "\(path)/incoming/\(stagedCount.next())"
        return try await queue.run { try StagedFileOnDisk(name, for: self, queue) }
    }

    public func open(_ file: EvaluationFile) async throws -> (any ReadableFile)? {
        let location = location(of: file)
        return try await queue.run { try ReadableFileOnDisk(location, queue) }
    }

    public func remove(_ file: EvaluationFile) async throws {
        let location = location(of: file)
        try await queue.run { try FileTree.remove(location) }
    }

    // MARK: Work

    public func prepareWork(_ id: EvaluationID, dataset: Digest, named fileName: String)
        async throws -> WorkFolder
    {
        let folder = "\(path)/work/\(id)"
        let work = WorkFolder(
            path: folder, checkpoint: folder + "/checkpoint", dataset: folder + "/" + fileName,
            predictions: folder + "/predictions.out", log: location(of: .log(id)))
        let source = location(of: .dataset(dataset))
        let logs = "\(path)/evaluations/\(id)"
        try await queue.run {
            try Files.makeFolder(folder)
            try Files.makeFolder(logs)
            for name in try FileTree.names(in: folder) where name != "checkpoint" {
                try FileTree.remove(folder + "/" + name)
            }
            try Files.makeFolder(folder + "/tmp")
            guard symlink(source, work.dataset) == 0 else {
                throw HostError.last("\(work.dataset) cannot be made")
            }
        }
        return work
    }

    public func keepPredictions(
        of id: EvaluationID, repeatIndex: Int, from work: WorkFolder, byteCountMax: UInt64
    ) async throws {
        let destination = location(of: .predictions(id, repeatIndex: repeatIndex))
        try await queue.run {
            var status = stat()
            guard lstat(work.predictions, &status) == 0 else {
                throw RPCError(
                    .invalidArgument,
                    "the runner ended well, but wrote no predictions to the path that "
                        + "{predictions} stands for")
            }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw RPCError(.invalidArgument, "the runner's predictions are no plain file")
            }
            guard UInt64(status.st_size) <= byteCountMax else {
                throw RPCError(
                    .invalidArgument,
                    "the runner wrote \(status.st_size) bytes of predictions; at most "
                        + "\(byteCountMax) are allowed")
            }
            try FileTree.publish(work.predictions, as: destination)
        }
    }

    public func removeWork(_ id: EvaluationID) async throws {
        let folder = "\(path)/work/\(id)"
        try await queue.run { try FileTree.remove(folder) }
    }

    public func removeLeftovers(except pending: Set<EvaluationID>) async throws {
        let kept = Set(pending.map(\.description))
        let path = path
        try await queue.run {
            for name in try FileTree.names(in: path + "/incoming") {
                try FileTree.remove("\(path)/incoming/\(name)")
            }
            for name in try FileTree.names(in: path + "/work") where !kept.contains(name) {
                try FileTree.remove("\(path)/work/\(name)")
            }
            for name in try FileTree.names(in: path + "/evaluations") where !kept.contains(name) {
                let folder = "\(path)/evaluations/\(name)"
                for file in try FileTree.names(in: folder) where file.hasPrefix("predictions-") {
                    try FileTree.remove(folder + "/" + file)
                }
            }
        }
    }
}
