import CairnCore
import Ingestion
import Ports
import Synchronization

/// A serving host's model folder on its disk; `ModelLayout` says where things lie.
///
/// A version counts as held while the file system says the same of its files as it did when every
/// byte was verified. That takes no reading, so that a rollback waits for no hash.
public final class ModelFolderOnDisk: ModelFolder {
    private let layout: ModelLayout
    private let source: any VersionSource
    /// For reading and hashing, which may take minutes.
    private let queues: WorkQueues
    /// For what an acknowledgement waits for.
    private let quick: WorkQueues
    private let pause: RestorePause
    private let progress: @Sendable (Digest, RestoreProgress) -> Void
    private let state: Mutex<State>

    private struct State: ~Copyable {
        /// `nil` once the folder was closed.
        var slots: SlotFile?
        /// What the records of verifications say, by version.
        var stamps: [Digest: String] = [:]
    }

    /// Makes the folder if it is not there. Blocks while it looks at the disk.
    ///
    /// - Parameters:
    ///   - source: where versions come from.
    ///   - pause: see `RestorePause`; a version that is fetched goes on after cuts.
    /// - Throws: `RPCError.conflict` when another process works in the folder.
    public init(
        _ root: String, source: any VersionSource, queues: WorkQueues, quick: WorkQueues,
        pause: @escaping RestorePause = { _, error in throw error },
        progress: @escaping @Sendable (Digest, RestoreProgress) -> Void = { _, _ in }
    ) throws {
        let layout = ModelLayout(root: Paths.trimmed(root))
        do {
            try Paths.makeFolders(layout.versions)
            let slots = try SlotFile(layout.state)
            if try Links.point(layout.current, to: "stable") { try Paths.syncFolder(layout.root) }
            state = Mutex(State(slots: slots, stamps: try Self.records(layout)))
        } catch let error as FileError {
            throw error.asRPCError
        }
        (self.layout, self.source, self.queues, self.quick) = (layout, source, queues, quick)
        (self.pause, self.progress) = (pause, progress)
    }

    private static func records(_ layout: ModelLayout) throws -> [Digest: String] {
        var records: [Digest: String] = [:]
        for name in try Paths.names(in: layout.versions) where name.hasPrefix(".verified-") {
            guard let digest = ModelLayout.digest(in: name),
                let bytes = try Paths.contents(of: layout.verified(digest))
            else { continue }
            // Damaged, it equals no stamp, and the version is verified anew.
            records[digest] = String(decoding: bytes, as: UTF8.self)
        }
        return records
    }

    private func onDisk<Result: Sendable>(
        _ queues: WorkQueues, _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await VersionFolders.mapped { try await queues.run(work) }
    }

    // MARK: Memory

    public func recall() async throws -> [UInt8]? { state.withLock { $0.slots?.contents } }

    public func remember(_ bytes: [UInt8]) async throws {
        try await onDisk(quick) { [self] in
            try state.withLock { state in
                guard let slots = state.slots else {
                    throw RPCError(.refused, "the model folder \(layout.root) was closed")
                }
                try slots.replace(with: bytes)
            }
        }
    }

    /// Lets another process work in the folder; nothing can be remembered any more.
    public func close() { state.withLock { $0.slots = nil } }

    // MARK: What is here

    public func stored() async throws -> Set<Digest> {
        try await onDisk(quick) { [layout] in
            Set(try Paths.names(in: layout.versions).compactMap(ModelLayout.digest(in:)))
        }
    }

    public func held() async throws -> Set<Digest> {
        try await onDisk(quick) { [self] in
            Set(try state.withLock { $0.stamps.keys }.filter(isHeld))
        }
    }

    private func isHeld(_ digest: Digest) throws -> Bool {
        guard let recorded = state.withLock({ $0.stamps[digest] }),
            try Paths.isFolder(layout.version(digest))
        else { return false }
        return try FolderStamp(of: layout.version(digest)).text == recorded
    }

    // MARK: Bytes

    public func fetch(_ digest: Digest) async throws {
        if try await onDisk(quick, { [self] in try isHeld(digest) }) { return }
        let manifest = try await manifest(of: digest)
        var folders = VersionFolders(from: source, queues: queues)
        folders.existing = .replace
        folders.pause = pause
        folders.progress = { [progress] in progress(digest, $0) }
        let stamp = try await folders.stampedRestore(
            manifest, into: layout.version(digest), donors: try await donors(besides: digest)
        ).stamp
        try await onDisk(queues) { [self] in try record(digest, stamp) }
    }

    private func manifest(of digest: Digest) async throws -> Manifest {
        if let kept = try await onDisk(queues, { [self] in try keptManifest(digest) }) {
            return kept
        }
        let manifest = try await VersionFolders.mapped { try await source.manifest(digest) }
        try await onDisk(queues) { [layout] in
            try Paths.replaceFile(layout.manifest(digest), with: manifest.canonicalBytes)
        }
        return manifest
    }

    /// The manifest that lies here; one that is damaged counts as missing.
    private func keptManifest(_ digest: Digest) throws -> Manifest? {
        guard let bytes = try Paths.contents(of: layout.manifest(digest)),
            Digest(of: bytes) == digest
        else { return nil }
        return try Manifest(canonicalBytes: bytes)
    }

    private func donors(besides digest: Digest) async throws -> [Donor] {
        let others = try await held().filter { $0 != digest }.sorted()
        return try await onDisk(queues) { [self] in
            try others.compactMap { other in
                try keptManifest(other).map { Donor(folder: layout.version(other), manifest: $0) }
            }
        }
    }

    private func record(_ digest: Digest, _ stamp: FolderStamp) throws {
        try Paths.replaceFile(layout.verified(digest), with: Array(stamp.text.utf8))
        state.withLock { $0.stamps[digest] = stamp.text }
    }

    public func verify(_ digest: Digest) async throws -> Bool {
        guard let manifest = try await onDisk(queues, { [self] in try keptManifest(digest) }) else {
            return false
        }
        let check = try await VersionFolders.mapped {
            try await FolderCheck(queues: queues).run(layout.version(digest), against: manifest)
        }
        let isWhole = check.damages.isEmpty
        try await onDisk(queues) { [self] in
            if isWhole, let stamp = check.stamp {
                try record(digest, stamp)
            } else {
                try forget(digest)
            }
        }
        return isWhole && check.stamp != nil
    }

    private func forget(_ digest: Digest) throws {
        state.withLock { $0.stamps[digest] = nil }
        try Paths.removeFile(layout.verified(digest))
        try Paths.syncFolder(layout.versions)
    }

    public func remove(_ digest: Digest) async throws {
        try await onDisk(queues) { [self] in
            guard try !currentLinks().digests.contains(digest) else {
                throw RPCError(.refused, "a link of \(layout.root) points to \(digest.short)…")
            }
            try forget(digest)
            try Paths.removeTree(layout.version(digest))
            try Paths.removeTree(layout.partial(digest))
            try Paths.removeFile(layout.manifest(digest))
        }
    }

    // MARK: Links

    public func links() async throws -> ModelLinks {
        try await onDisk(quick) { [self] in try currentLinks() }
    }

    private func currentLinks() throws -> ModelLinks {
        ModelLinks(
            stable: try Links.target(of: layout.stable).flatMap(ModelLayout.digest(ofTarget:)),
            candidate: try Links.target(of: layout.candidate).flatMap(ModelLayout.digest(ofTarget:))
        )
    }

    public func point(_ links: ModelLinks) async throws {
        try await onDisk(quick) { [self] in
            for digest in links.digests where try !isHeld(digest) {
                throw RPCError(
                    .refused, "\(digest.short)… is not held in \(layout.root), or was written to")
            }
            let target = { [layout] (digest: Digest?) in digest.map(layout.linkTarget) }
            let moved = [
                try Links.point(layout.stable, to: target(links.stable)),
                try Links.point(layout.candidate, to: target(links.candidate)),
            ]
            if moved.contains(true) { try Paths.syncFolder(layout.root) }
        }
    }
}
