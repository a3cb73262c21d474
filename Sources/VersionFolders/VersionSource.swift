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
}
