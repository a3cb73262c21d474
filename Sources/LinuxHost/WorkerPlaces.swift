import CLinux
import Glibc
import Ports

/// The places of the evaluators that share a data folder: `workers/worker-1`, `workers/worker-2`, ….
///
/// A place is a lock on its file. The kernel drops it with the process, however that ends, so a free
/// place that holds leases is a place whose process is gone.
public final class WorkerPlaces: EvaluationWorkers {
    /// More processes than this on one folder are a mistake.
    public static let countMax = 64

    public let name: String
    private let folder: String
    private let place: Place

    /// Takes the first free place. Blocks: for the start of a process.
    /// - Parameter path: the evaluator's folder.
    public init(in path: String) throws(HostError) {
        let folder = path + "/workers"
        try Files.makeFolder(folder)
        for number in 1...Self.countMax {
            guard let place = try Self.take("worker-\(number)", in: folder) else { continue }
            (self.folder, self.place, name) = (folder, place, "worker-\(number)")
            return
        }
        throw HostError(
            "\(path) is in use by \(Self.countMax) evaluators already. End some, or choose another "
                + "folder")
    }

    /// - Returns: `nil` when a process has it.
    private static func take(_ name: String, in folder: String) throws(HostError) -> Place? {
        do {
            return try Place(name, in: folder)
        } catch {
            if error.number == EWOULDBLOCK { return nil }
            throw error
        }
    }

    /// While it lasts no other evaluator of this folder starts: its database is made, and what a
    /// killed one left is cleared up, by one process at a time.
    public func startingAlone<Result>(_ body: () async throws -> Result) async throws -> Result {
        let path = folder + "/start"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw HostError.last("\(path) cannot be opened") }
        defer { close(descriptor) }
        while cairn_lock(descriptor) != 0 {
            guard errno == EINTR else { throw HostError.last("\(path) cannot be locked") }
        }
        return try await body()
    }

    public func inherit(from worker: String, _ body: @Sendable () async throws -> Void)
        async throws -> Bool
    {
        if worker == name {
            try await body()
            return true
        }
        guard Self.isName(worker) else { throw HostError("'\(worker)' is no evaluator's place") }
        guard let theirs = try Self.take(worker, in: folder) else { return false }
        defer { withExtendedLifetime(theirs) {} }
        try await body()
        return true
    }

    /// The name becomes a path, so it is doubted.
    private static func isName(_ text: String) -> Bool {
        guard text.hasPrefix("worker-"), let number = Int(text.dropFirst(7)) else { return false }
        return (0...countMax).contains(number) && text == "worker-\(number)"
    }
}

/// A lock that its last holder drops.
private final class Place: Sendable {
    private let lock: FolderLock

    init(_ name: String, in folder: String) throws(HostError) {
        lock = try FolderLock(folder: folder, name: name)
    }
}
