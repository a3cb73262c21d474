import CairnCore
import Ingestion

/// Where a restore gets what no folder of this host has.
public protocol VersionSource: Sendable {
    /// - Throws: `RPCError`; `.dataLoss` when what came does not hash to `digest`.
    func manifest(_ digest: Digest) async throws -> Manifest

    /// Gives `store` each of `chunks` once, as they come. The receiver checks the bytes.
    /// - Throws: `RPCError`, and what `store` throws. Chunks that were stored stay stored.
    func fetch(
        _ chunks: [Manifest.Chunk],
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws

    /// The same, for a host that holds chunks near to these: they may travel as differences.
    func fetch(
        _ chunks: [Manifest.Chunk], given bases: ChunkBases,
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws
}

extension VersionSource {
    public func fetch(
        _ chunks: [Manifest.Chunk], given bases: ChunkBases,
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws { try await fetch(chunks, store) }
}
