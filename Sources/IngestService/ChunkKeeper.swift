import CairnCore
import Ingestion
import Ports
import ServiceKit

/// The chunk store on a thread of its own: the only one who touches it.
actor ChunkKeeper {
    private let store: any ChunkStore
    private let executor = BlockingExecutor(label: "ingest.chunks")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ store: sending any ChunkStore) { self.store = store }

    /// Indexes into `digests` of what is not stored, each digest once.
    func missing(_ digests: [Digest]) -> [Int] {
        var seen = Set<Digest>()
        return digests.indices.filter {
            !store.contains(digests[$0]) && seen.insert(digests[$0]).inserted
        }
    }

    /// Stores a chunk that was checked against its digest.
    /// - Returns: true when it was new.
    func put(_ digest: Digest, _ bytes: SharedBytes) throws -> Bool {
        if store.contains(digest) { return false }
        if let free = try store.freeByteCount(),
            free < UInt64(IngestLimits.reservedDiskBytes + bytes.count)
        {
            throw ChunkStoreError(
                .full,
                "the disk of the chunk store has \(free) bytes left and "
                    + "\(IngestLimits.reservedDiskBytes) stay reserved; make room and send the same "
                    + "upload again: what arrived is kept")
        }
        return try store.put(digest, bytes)
    }

    /// Checks that every chunk of a manifest is there with the length that the manifest states, and
    /// makes them durable.
    func hold(_ manifest: Manifest) throws {
        var missing = 0
        for chunk in manifest.uniqueChunks {
            guard let byteCount = store.byteCount(of: chunk.digest) else {
                missing += 1
                continue
            }
            guard byteCount == chunk.byteCount else {
                throw RPCError(
                    .invalidArgument,
                    "chunk \(chunk.digest.short) holds \(byteCount) bytes, the "
                        + "manifest says \(chunk.byteCount); nothing was committed")
            }
        }
        guard missing == 0 else {
            throw RPCError(
                .refused,
                "\(missing) chunks of this checkpoint have not arrived; offer them again, "
                    + "send what is wanted, then commit. Nothing was committed",
                facts: ["missing_chunk_count": "\(missing)"])
        }
        try store.makeDurable()
    }

    func bytes(of digest: Digest) throws -> SharedBytes { try store.bytes(of: digest) }

    func figures() throws -> (chunkCount: Int, storedByteCount: UInt64, freeByteCount: UInt64?) {
        (store.chunkCount, store.storedByteCount, try store.freeByteCount())
    }
}
