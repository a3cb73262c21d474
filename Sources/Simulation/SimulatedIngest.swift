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

    /// What was not made durable is gone.
    func losePower() { chunks.losePower() }

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
        after(100...600, .trainer(index))
        if trainers[index].upload == nil {
            if isHealed { return }
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
            touching: .ingest)
    }

    /// In the order of the service: chunks, durable, one transaction, the answer.
    func receivePush(
        _ trainer: Int, _ open: OpenUpload, _ chunks: [[UInt8]], _ commit: CommitUpload
    ) throws {
        guard isUp[.ingest] == true else { return }
        let answer: UploadCommitted
        let opened = try ingest.desk.openUpload(open)
        if let committed = opened.committed {
            answer = committed
        } else {
            for bytes in chunks { _ = try ingest.chunks.put(Digest(of: bytes), SharedBytes(bytes)) }
            if try diesHere(.ingest) { return }
            switch try ingest.desk.stage(commit) {
            case .answered(let committed): answer = committed
            case .incomplete: return
            case .complete(let manifest):
                if settings.mutant != .hastyCommit { try ingest.chunks.makeDurable() }
                if try diesHere(.ingest) { return }
                answer = try ingest.desk.commit(commit, manifest, at: now)
            }
        }
        if try diesHere(.ingest) { return }
        send(.pushed(trainer: trainer, answer), touching: .ingest)
    }

    func receivePushed(_ trainer: Int, _ committed: UploadCommitted) {
        guard let version = committed.version, let number = VersionNumber(version.number),
            let manifest = Digest(bytes: committed.manifestDigest)
        else { return violate("an answered push names no version") }
        let upload = trainers[trainer].upload
        guard promises.push(number, manifest, checkpoint: committed.checkpointId) else {
            return violate("\(number) was acknowledged for two checkpoints")
        }
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
