import CairnCore
import Ingestion
import Ports

/// Restores versions into folders of this host.
public struct VersionFolders: VersionRestorer {
    /// What to do with a folder that is there and holds something else.
    public enum Existing: Sendable {
        /// It is replaced if every file in it has a name that the version has too.
        case repair
        /// It is replaced, whatever it holds: for folders that are ours alone.
        case replace
    }

    let source: any VersionSource
    let queues: WorkQueues
    var writer = FileWriter()
    /// Other folders of this host that may hold some of the bytes.
    public var donorFolders: [String] = []
    public var existing = Existing.repair
    public var pause: RestorePause = { _, error in throw error }
    public var progress: @Sendable (RestoreProgress) -> Void = { _ in }

    public init(from source: any VersionSource, queues: WorkQueues) {
        (self.source, self.queues) = (source, queues)
    }

    public func restore(
        _ manifest: Digest, into folder: String,
        progress: @escaping @Sendable (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
    ) async throws {
        let manifest = try await Self.mapped { try await source.manifest(manifest) }
        var told = self
        told.progress = { [tell = self.progress] step in
            tell(step)
            progress(UInt64(step.doneByteCount), UInt64(step.byteCount))
        }
        try await told.restore(manifest, into: folder)
    }

    /// - Returns: what was done; a folder that held the version already fetched nothing.
    @discardableResult
    public func restore(_ manifest: Manifest, into folder: String) async throws -> RestoreProgress {
        let donors = donorFolders.map { Donor(folder: $0) }
        return try await stampedRestore(manifest, into: folder, donors: donors).progress
    }

    /// Also says what the file system knows of the files that were verified.
    func stampedRestore(
        _ manifest: Manifest, into path: String, donors: [Donor]
    ) async throws -> (progress: RestoreProgress, stamp: FolderStamp) {
        try await Self.mapped {
            let folder = Paths.trimmed(path)
            guard !["", ".", "..", "/"].contains(Paths.name(folder)) else {
                throw RPCError(
                    .invalidArgument, "'\(path)' cannot be replaced whole; name a folder of its own"
                )
            }
            let meter = ProgressMeter(byteCount: manifest.byteCount, progress)
            let isThere = try await queues.run { try Paths.status(folder) != nil }
            if isThere, let stamp = try await keeps(folder, manifest) {
                meter.add(manifest.byteCount)
                return (meter.value, stamp)
            }
            let restore = FolderRestore(
                manifest: manifest, folder: folder,
                donors: (isThere ? [Donor(folder: folder)] : []) + donors, source: source,
                queues: queues, meter: meter, writer: writer, pause: pause)
            let stamp = try await restore.run()
            return (meter.value, stamp)
        }
    }

    /// - Returns: `nil` when the folder does not hold the version and may be replaced.
    private func keeps(_ folder: String, _ manifest: Manifest) async throws -> FolderStamp? {
        guard try await queues.run({ try Paths.isFolder(folder) }) else {
            throw RPCError(.refused, "\(folder) is there and is no folder; nothing was changed")
        }
        let check = try await FolderCheck(queues: queues).run(folder, against: manifest)
        if check.damages.isEmpty, let stamp = check.stamp { return stamp }
        guard existing == .repair else { return nil }
        let known = Set(manifest.files.map(\.path))
        let found = try await queues.run { try FolderStamp(of: folder) }
        let others = found.entries.map(\.path).filter { !known.contains($0) }
        guard others.isEmpty else {
            throw RPCError(
                .refused,
                "\(folder) holds files that are not part of the version "
                    + "(\(others.prefix(3).joined(separator: ", "))); nothing was changed. "
                    + "Name a new or empty folder")
        }
        return nil
    }

    /// Runs `body` and throws what it throws as an `RPCError`.
    static func mapped<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as FileError {
            throw error.asRPCError
        } catch let error as ManifestError {
            throw RPCError(.dataLoss, error.description)
        }
    }
}
