import CairnCore
import Synchronization

/// A serving host's model folder, as its agent sees it: verified versions, the links that serving
/// programs follow, and what the agent must not forget.
public protocol ModelFolder: TableMemory {
    /// Versions of which anything is on this host's disk.
    func stored() async throws -> Set<Digest>
    /// Versions that were verified here and that nobody wrote to since. Asks the file system and
    /// reads no bytes of theirs.
    func held() async throws -> Set<Digest>
    /// Verifies a version that is here, and brings what of it is missing or damaged.
    /// - Throws: `RPCError`; `.unavailable` when bytes are missing and their source is away.
    func fetch(_ manifest: Digest) async throws
    /// Reads every byte of a held version again; one that is damaged is held no longer.
    func verify(_ manifest: Digest) async throws -> Bool
    /// Removes a version. One that a link points to is refused.
    func remove(_ manifest: Digest) async throws

    func links() async throws -> ModelLinks
    /// Points the links, each in one step and stable first. Whoever opens one from then on follows
    /// it there, also after the death of any process; `sync` makes it outlive the machine's.
    /// - Throws: `RPCError.refused` when one of them is not held; then no link has moved.
    func point(_ links: ModelLinks) async throws
    /// Returns once the links are on the disk.
    func sync() async throws
}

public enum ModelFolderLimits {
    public static let memoryByteCount = 60_000
}

/// Which versions the links of a model folder point to.
public struct ModelLinks: Sendable, Equatable {
    public var stable: Digest?
    public var candidate: Digest?

    public init(stable: Digest? = nil, candidate: Digest? = nil) {
        (self.stable, self.candidate) = (stable, candidate)
    }

    public var digests: [Digest] { [stable, candidate].compactMap { $0 } }
}

/// A model folder without a disk, for simulations and tests.
public final class MemoryModelFolder: ModelFolder {
    public struct State: Sendable {
        public var memory: [UInt8]?
        public var held: Set<Digest> = []
        /// Not verified: half fetched, or touched by someone.
        public var stale: Set<Digest> = []
        public var links = ModelLinks()
        /// Every move of the links, oldest first.
        public var moves: [ModelLinks] = []

        public init() {}
    }

    public let state: Mutex<State>
    private let source: @Sendable (Digest) async throws -> Void

    /// - Parameter source: what `fetch` waits for; throws when the bytes cannot be had.
    public init(
        _ state: State = State(),
        source: @escaping @Sendable (Digest) async throws -> Void = { _ in }
    ) {
        self.state = Mutex(state)
        self.source = source
    }

    public func recall() -> [UInt8]? { state.withLock { $0.memory } }

    public func remember(_ bytes: [UInt8]) {
        precondition(bytes.count <= ModelFolderLimits.memoryByteCount, "\(bytes.count) bytes")
        state.withLock { $0.memory = bytes }
    }

    public func stored() -> Set<Digest> { state.withLock { $0.held.union($0.stale) } }
    public func held() -> Set<Digest> { state.withLock { $0.held } }

    public func fetch(_ manifest: Digest) async throws {
        if held().contains(manifest) { return }
        try await source(manifest)
        state.withLock { state in
            state.stale.remove(manifest)
            state.held.insert(manifest)
        }
    }

    public func verify(_ manifest: Digest) -> Bool { held().contains(manifest) }

    public func remove(_ manifest: Digest) throws {
        try state.withLock { state in
            guard !state.links.digests.contains(manifest) else {
                throw RPCError(.refused, "a link points to \(manifest.short)…")
            }
            state.held.remove(manifest)
            state.stale.remove(manifest)
        }
    }

    public func links() -> ModelLinks { state.withLock { $0.links } }

    public func point(_ links: ModelLinks) throws {
        try state.withLock { state in
            for digest in links.digests where !state.held.contains(digest) {
                throw RPCError(.refused, "\(digest.short)… is not held")
            }
            state.links = links
            state.moves.append(links)
        }
    }

    public func sync() {}
}
