import CairnCore
import IngestService
import Ingestion
import Messages
import Ports

/// Ingest: its desk, over a catalog and chunks that survive it.
struct SimulatedIngest {
    let catalog = MemoryIngestCatalog()
    let chunks = MemoryChunkStore()
    var desk: IngestDesk

    init(seed: UInt64) {
        desk = IngestDesk(catalog: catalog, random: SeededRandom(seed: seed))
    }

    /// What was not made durable is gone, or there in part.
    func losePower(_ random: inout SeededRandom, tears: Bool) {
        var dice = random
        _ = random.next()
        chunks.losePower { _ in tears && Bool.random(using: &dice) }
    }

    /// One of the coming writes of chunks fails, or there is no room for a while.
    func breakChunks(_ random: inout SeededRandom) {
        if Bool.random(using: &random) {
            chunks.fail(after: Int.random(in: 0...3, using: &random))
        } else {
            chunks.capacity = chunks.figures().storedByteCount + 8
        }
    }

    func breakCatalog(_ random: inout SeededRandom) {
        let all: [MemoryIngestCatalog.Fault] = [.failsBefore, .failsAfter, .isFull]
        catalog.fail(
            all.randomElement(using: &random)!, after: Int.random(in: 0...1, using: &random))
    }

    func heal() { chunks.capacity = .max }

    mutating func restart(seed: UInt64) {
        desk = IngestDesk(catalog: catalog, random: SeededRandom(seed: seed))
    }

    func pin(_ event: OutboxEvent, at now: Timestamp) throws {
        if event.method == IngestMethods.pinVersion.id {
            try desk.pin(PinVersion(decoding: event.body), at: now)
        } else {
            try desk.unpin(UnpinVersion(decoding: event.body))
        }
    }
}

/// A trainer that pushes one version after the other, each until it is answered.
struct SimulatedTrainer {
    let index: Int
    var upload: UploadID?
    var chunks: [[UInt8]] = []
    var pushCount = 0
}

extension World {
    static let model = "chat"

    /// Begins a push, or repeats the one that is under way.
    func train(_ index: Int) throws {
        after(200...800, .trainer(index))
        if trainers[index].upload == nil {
            if isHealed || chance(of: 2, in: 3) { return }
            trainers[index].upload = UploadID(at: now, using: &random)
            trainers[index].pushCount += 1
            // Chunks are shared between versions as often as not.
            trainers[index].chunks = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<8).map { _ in UInt8.random(in: 0...3, using: &random) }
            }
        }
        guard let upload = trainers[index].upload else { return }
        let chunks = trainers[index].chunks
        let file = FileEntry(
            path: Array("weights".utf8), byteCount: UInt64(chunks.count * 8),
            chunkDigests: chunks.map { Digest(of: $0).bytes },
            chunkByteCounts: chunks.map { _ in 8 })
        send(
            .push(
                trainer: index, OpenUpload(uploadId: upload.bytes, model: Self.model),
                chunks: chunks,
                CommitUpload(
                    uploadId: upload.bytes, files: [file], version: NewVersion(number: "auto"))),
            to: .ingest)
    }

    /// In the order of the service: chunks, durable, one transaction, the answer.
    func receivePush(
        _ trainer: Int, _ open: OpenUpload, _ chunks: [[UInt8]], _ commit: CommitUpload
    ) throws {
        guard health[Node.ingest.rawValue].isUp else { return }
        let answer: UploadCommitted?
        do {
            answer = try take(open, chunks, commit)
        } catch {
            // A disk that failed or is full; the trainer asks again.
            return note("ingest: \(error)")
        }
        guard let answer, try !isStruck(.ingest) else { return }
        send(.pushed(trainer: trainer, answer), touching: .ingest)
    }

    /// - Returns: `nil` where it died over it, or more has to come.
    private func take(
        _ open: OpenUpload, _ chunks: [[UInt8]], _ commit: CommitUpload
    ) throws -> UploadCommitted? {
        let opened = try ingest.desk.openUpload(open)
        if let committed = opened.committed { return committed }
        for bytes in chunks { _ = try ingest.chunks.put(Digest(of: bytes), SharedBytes(bytes)) }
        if try isStruck(.ingest) { return nil }
        switch try ingest.desk.stage(commit) {
        case .answered(let committed): return committed
        case .incomplete: return nil
        case .complete(let manifest):
            if settings.mutant != .hastyCommit { try ingest.chunks.makeDurable() }
            if try isStruck(.ingest) { return nil }
            return try ingest.desk.commit(commit, manifest, at: wall(.ingest))
        }
    }

    func receivePushed(_ trainer: Int, _ committed: UploadCommitted) {
        guard let version = committed.version, let number = VersionNumber(version.number),
            let manifest = Digest(bytes: committed.manifestDigest)
        else { return violate("an answered push names no version") }
        let upload = trainers[trainer].upload
        guard promises.push(number, manifest, checkpoint: committed.checkpointId) else {
            return violate("rule 2: \(number) was acknowledged for two checkpoints")
        }
        check(Promises.Push(number: number, manifest: manifest, checkpoint: committed.checkpointId))
        // A late answer to an earlier push ends nothing.
        if let upload, ingest.isUpload(upload, of: committed.checkpointId) {
            trainers[trainer].upload = nil
            note("pushed \(number)")
        }
    }
}

extension SimulatedIngest {
    /// Whether this upload became that checkpoint.
    func isUpload(_ upload: UploadID, of checkpoint: [UInt8]) -> Bool {
        catalog.committed(upload)?.checkpoint.bytes == checkpoint
    }
}
