import CairnCore
import Ingestion
import Messages
import Ports
import VersionFolders

/// One push: open, offer, send what is wanted, commit. Cut anywhere, it goes on under the same
/// upload id.
///
/// In memory are four batches of chunks: two that travel, so that ingest is never without work, one
/// that is ready, one that is read and hashed meanwhile.
struct Push: Sendable {
    static let batchChunkCount = 32
    static let batchByteCount = 8 << 20
    /// Batches that travel at a time.
    static let batchesInHand = 2
    /// Most of a message of 1 MiB, at 40 bytes for a chunk.
    static let chunksPerPart = 16_384
    /// Pushes made from the start again after ingest lost chunks in a crash.
    static let repeatsMax = 5
    static let commitTime = Duration.seconds(600)
    static let batchTime = Duration.seconds(300)

    let files: [CheckpointFile]
    let request: PushRequest
    let uploadID: UploadID
    let channel: any RPCChannel
    let bulk: any RPCChannel
    let queues: WorkQueues
    let tables: any TensorTables
    let retries: Retries
    /// How long to go on trying without any progress.
    let patience: Duration
    let chunkByteCount: Int
    let report: @Sendable (PushProgress) -> Void

    func run() async throws -> PushResult {
        // Names that no manifest can hold are refused before a byte is read.
        _ = try mapped {
            try Manifest(files: files.map { .init(path: $0.path, mode: $0.mode, chunks: []) })
        }
        for _ in 0..<Self.repeatsMax {
            do {
                return try await once()
            } catch let error as RPCError where error.needsAnotherPush {
                try Task.checkCancellation()
            }
        }
        return try await once()
    }

    private func once() async throws -> PushResult {
        let early = try await retries.run(within: patience, where: \.isPassing) { _ in
            try await open()
        }
        if let early { return try result(early, nil, wasCommitted: true) }
        let (manifest, progress) = try await send()
        return try await retries.run(
            within: patience, where: { $0.isPassing || $0.wantsUploadOpen }
        ) { _ in
            // Opening again forgets the parts of a commit that was cut.
            if let done = try await open() {
                return try result(done, progress, wasCommitted: false)
            }
            return try result(try await commit(manifest), progress, wasCommitted: false)
        }
    }

    private func open() async throws -> UploadCommitted? {
        try await channel.call(
            IngestMethods.openUpload,
            OpenUpload(
                uploadId: uploadID.bytes, model: request.model, runId: request.run?.bytes ?? [])
        ).committed
    }

    // MARK: Chunks

    private func send() async throws -> (Manifest, PushProgress) {
        // Large files first: float32 tensors come before the copies that were rounded from them.
        let cutter = ChunkCutter(
            files.sorted { $0.byteCount > $1.byteCount }, queues: queues, tables: tables,
            chunkByteCount: chunkByteCount)
        var known: KnownPieces?
        var progress = PushProgress(byteCount: files.reduce(0) { $0 + $1.byteCount })
        var stored = Set<Digest>()
        return try await mapped {
            try await withThrowingTaskGroup(of: Delivery.self) { group in
                var inHand = 0
                func settle(to count: Int) async throws {
                    while inHand > count, let done = try await group.next() {
                        inHand -= 1
                        progress.sentByteCount += done.sentByteCount
                        progress.doneByteCount += done.byteCount
                        report(progress)
                    }
                }
                var batch = try await next(of: cutter)
                while !batch.isEmpty {
                    let path = await cutter.path
                    async let following = next(of: cutter)
                    if known == nil, batch.contains(where: \.isTensor) {
                        known = try await piecesBefore()
                    }
                    for cut in batch { known?.take(cut.piece, cut.chunk.digest) }
                    let fresh = batch.filter { stored.insert($0.chunk.digest).inserted }
                        .map { cut in
                            let hint = known?.hint(for: cut.piece, of: path)
                            return HintedChunk(cut: cut, hint: hint ?? .init())
                        }
                    // What a chunk is a rounded copy of must be there before it.
                    let needsSources = fresh.contains { $0.hint.source != nil }
                    try await settle(to: needsSources ? 0 : Self.batchesInHand - 1)
                    let byteCount = batch.reduce(0) { $0 + $1.bytes.count }
                    group.addTask {
                        Delivery(byteCount: byteCount, sentByteCount: try await deliver(fresh))
                    }
                    inHand += 1
                    batch = try await following
                }
                try await settle(to: 0)
                return (try await cutter.manifest(), progress)
            }
        }
    }

    /// A batch that arrived.
    private struct Delivery: Sendable {
        let byteCount: Int
        let sentByteCount: Int
    }

    private func next(of cutter: ChunkCutter) async throws -> [ChunkCutter.Cut] {
        try await cutter.next(Self.batchChunkCount, byteCount: Self.batchByteCount)
    }

    private func piecesBefore() async throws -> KnownPieces {
        try await retries.run(within: patience, where: \.isPassing) { _ in
            try await KnownPieces(
                before: request, channel: channel, bulk: bulk, tables: tables,
                chunkByteCount: chunkByteCount)
        }
    }

    /// - Returns: how many bytes travelled, in the try that came through.
    private func deliver(_ batch: [HintedChunk]) async throws -> Int {
        if batch.isEmpty { return 0 }
        return try await retries.run(
            within: patience, where: { $0.needsAnotherBatch || $0.wantsUploadOpen }
        ) { _ in
            do {
                return try await offerAndSend(batch)
            } catch let error as RPCError where error.wantsUploadOpen {
                _ = try await open()
                return try await offerAndSend(batch)
            }
        }
    }

    private func offerAndSend(_ batch: [HintedChunk]) async throws -> Int {
        let wanted = try await calls.offer(batch.map(\.cut.chunk.digest))
        if wanted.isEmpty { return 0 }
        let options = CallOptions(deadline: Self.batchTime)
        _ = try await bulk.upload(IngestMethods.sendChunks, options) { chunks in
            for index in wanted {
                let (cut, hint) = (batch[index].cut, batch[index].hint)
                try await chunks.send(calls.message(cut.chunk.digest, hint), attachment: cut.bytes)
            }
        }
        return wanted.reduce(0) { $0 + batch[$1].cut.bytes.count }
    }

    // MARK: Commit

    private var calls: UploadCalls { UploadCalls(upload: uploadID, channel: channel) }

    private func commit(_ manifest: Manifest) async throws -> UploadCommitted {
        try await calls.commit(
            manifest,
            CommitUpload(
                step: request.step, version: request.newVersion,
                metrics: request.metrics.sorted { $0.key < $1.key }.map {
                    NamedNumber(name: $0.key, value: $0.value)
                },
                config: request.config.sorted { $0.key < $1.key }.map {
                    KeyValue(key: $0.key, value: $0.value)
                }, dependencies: request.dependencies))
    }

    private func result(
        _ done: UploadCommitted, _ progress: PushProgress?, wasCommitted: Bool
    ) throws -> PushResult {
        guard let manifest = Digest(bytes: done.manifestDigest) else {
            throw RPCError(.protocol, "ingest committed without saying what")
        }
        let byteCount = files.reduce(0) { $0 + $1.byteCount }
        var all = PushProgress(byteCount: byteCount)
        all.doneByteCount = byteCount
        return PushResult(
            manifest: manifest, checkpoint: done.checkpointId, version: done.version,
            progress: progress ?? all, wasCommitted: wasCommitted)
    }

    /// Errors of files and manifests, as their caller shall see them.
    private func mapped<Result>(_ body: () throws -> Result) throws -> Result {
        do { return try body() } catch { throw Self.mapped(error) }
    }

    private func mapped<Result>(_ body: () async throws -> Result) async throws -> Result {
        do { return try await body() } catch { throw Self.mapped(error) }
    }

    private static func mapped(_ error: any Error) -> any Error {
        switch error {
        case let error as FileError: error.asRPCError
        case let error as ManifestError: RPCError(.invalidArgument, error.description)
        default: error
        }
    }
}

/// A chunk that is offered, with what ingest shall know of it.
private struct HintedChunk: Sendable {
    let cut: ChunkCutter.Cut
    let hint: ChunkHint
}

extension RPCError {
    /// The chunks of a batch may be offered and sent again: ingest takes only what it lacks.
    fileprivate var needsAnotherBatch: Bool { isPassing }

    /// Ingest lost chunks that it had not made durable: everything is offered again.
    fileprivate var needsAnotherPush: Bool { facts["missing_chunk_count"] != nil }
}

extension Manifest {
    /// The files in messages of bounded size; a file with more chunks comes in parts, in order.
    func commitParts(chunkCountMax: Int) -> [[FileEntry]] {
        var (parts, count) = ([[FileEntry]](), chunkCountMax)
        for file in files {
            for start in stride(from: 0, to: max(1, file.chunks.count), by: chunkCountMax) {
                let chunks = file.chunks[min(start, file.chunks.count)...].prefix(chunkCountMax)
                // A path takes up to as much as 26 chunks do.
                let weight = chunks.count + 26
                if count + weight > chunkCountMax {
                    parts.append([])
                    count = 0
                }
                parts[parts.count - 1].append(
                    FileEntry(
                        path: Array(file.path.utf8),
                        byteCount: UInt64(chunks.reduce(0) { $0 + $1.byteCount }),
                        chunkDigests: chunks.map(\.digest.bytes),
                        chunkByteCounts: chunks.map { UInt32($0.byteCount) },
                        mode: UInt32(file.mode)))
                count += weight
            }
        }
        return parts
    }
}
