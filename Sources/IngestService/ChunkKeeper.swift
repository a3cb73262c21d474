import CairnCore
import Ingestion
import Ports
import ServiceKit
import Synchronization

/// The chunk store with its threads: one writes, one syncs, a few read, so that none of the three
/// waits for the others.
final class ChunkKeeper: Sendable {
    private static let readerCount = 4

    private let store: any ChunkStore
    private let writer = BlockingWorker(label: "ingest.chunks.write")
    private let collector = BlockingWorker(label: "ingest.chunks.collect")
    private let syncer = BlockingWorker(label: "ingest.chunks.sync")
    private let readers = (0..<readerCount).map {
        BlockingWorker(label: "ingest.chunks.read.\($0)")
    }
    private let turn = Atomic<Int>(0)

    init(_ store: any ChunkStore) { self.store = store }

    /// Indexes into `digests` of what is not stored, each digest once.
    func missing(_ digests: [Digest]) -> [Int] {
        var seen = Set<Digest>()
        return digests.indices.filter {
            !store.contains(digests[$0]) && seen.insert(digests[$0]).inserted
        }
    }

    /// How a chunk will be stored: work for one of the processors.
    func form(_ digest: Digest, _ bytes: SharedBytes, _ hint: ChunkHint) -> ChunkForm {
        store.contains(digest) ? ChunkForm(raw: digest, bytes) : store.form(digest, bytes, hint)
    }

    /// Stores a chunk that was checked against its digest.
    /// - Returns: true when it was new.
    func put(_ chunk: ChunkForm) async throws -> Bool {
        try await writer.run { [store] in
            if store.contains(chunk.digest) { return false }
            if let free = try store.figures().freeByteCount,
                free < UInt64(IngestLimits.reservedDiskBytes + chunk.payload.count)
            {
                throw ChunkStoreError(
                    .full,
                    "the disk of the chunk store has \(free / 1_000_000) MB left, of which "
                        + "\(IngestLimits.reservedDiskBytes / 1_000_000) MB stay reserved. Make room "
                        + "and send the same upload again: what arrived is kept")
            }
            return try store.put(chunk)
        }
    }

    /// Sees that every chunk of a manifest is there, with the length that the manifest states, and
    /// survives a power cut. Those who come while a sync is under way share the next.
    func hold(_ manifest: Manifest) async throws {
        try await syncer.run { [store] in
            let chunks = manifest.uniqueChunks
            if try Self.areDurable(chunks, in: store) { return }
            try store.makeDurable()
            // A sync that failed for somebody else may have taken chunks away in between.
            guard try Self.areDurable(chunks, in: store) else {
                throw ChunkStoreError(
                    .failed, "chunks of this checkpoint are not durable yet; commit again")
            }
        }
    }

    private static func areDurable(_ chunks: [Manifest.Chunk], in store: any ChunkStore)
        throws(IngestError) -> Bool
    {
        var missingCount = 0, areDurable = true
        for chunk in chunks {
            guard let state = store.state(of: chunk.digest) else {
                missingCount += 1
                continue
            }
            guard state.byteCount == chunk.byteCount else {
                throw IngestError(
                    .invalid,
                    "chunk \(chunk.digest.short) holds \(state.byteCount) bytes, the manifest "
                        + "says \(chunk.byteCount). Nothing was committed")
            }
            if !state.isDurable { areDurable = false }
        }
        guard missingCount == 0 else {
            throw IngestError(
                .refused,
                "\(missingCount) chunks of this checkpoint have not arrived; offer them again, "
                    + "send what is wanted, then commit. Nothing was committed",
                facts: ["missing_chunk_count": "\(missingCount)"])
        }
        return areDurable
    }

    /// A chunk for somebody who holds another: as a difference where that is smaller.
    func chunk(_ digest: Digest, given base: Digest?) async throws -> ChunkForm {
        let turn = turn.wrappingAdd(1, ordering: .relaxed).newValue
        return try await readers[turn & (Self.readerCount - 1)].run { [store] in
            if let base, base != digest, let form = try store.difference(of: digest, to: base) {
                return form
            }
            return ChunkForm(raw: digest, try store.bytes(of: digest))
        }
    }

    /// Reads a chunk and checks it against its digest.
    func bytes(of digest: Digest) async throws -> SharedBytes {
        let turn = turn.wrappingAdd(1, ordering: .relaxed).newValue
        return try await readers[turn & (Self.readerCount - 1)].run { [store] in
            try store.bytes(of: digest)
        }
    }

    func survey(keeping roots: Set<Digest>) async -> ChunkSurvey {
        await collector.run { [store] in store.survey(keeping: roots) }
    }

    /// - Returns: how many bytes became free.
    func collect(
        keeping roots: Set<Digest>, unless isHeld: @escaping @Sendable (Digest) -> Bool
    ) async throws -> UInt64 {
        try await collector.run { [store] in try store.collect(keeping: roots, unless: isHeld) }
    }

    func digests() async -> [Digest] {
        await collector.run { [store] in store.digests() }
    }

    /// What was put before this survives a power cut.
    func makeDurable() async throws {
        try await syncer.run { [store] in try store.makeDurable() }
    }

    func figures() async throws -> ChunkStoreFigures {
        try await writer.run { [store] in try store.figures() }
    }
}

/// A thread for work that waits for a disk.
actor BlockingWorker {
    private let executor: BlockingExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(label: String) { executor = BlockingExecutor(label: label) }

    func run<Result: Sendable>(_ body: @Sendable () throws -> Result) rethrows -> Result {
        try body()
    }
}
