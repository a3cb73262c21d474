import CairnCore
import CairnTestKit
import FileBlobs
import IngestService
import Ingestion
import Messages
import Ports
import SQLiteStores

/// An ingest service, called in memory as clients call it over sockets.
struct Cluster {
    let service: IngestService
    let channel: InMemoryChannel
    let clock = ManualClock()
    /// Held for as long as the service works in it.
    let folder: ScratchFolder?

    init(
        in folder: ScratchFolder? = nil, catalog: sending any IngestCatalog, chunks: any ChunkStore,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.folder = folder
        service = IngestService(
            catalog: catalog, chunks: chunks, clock: clock, random: random, log: log)
        channel = InMemoryChannel(service.routes())
    }

    /// Over real SQLite and a real pack store. Opening the same folder again is what a restart sees.
    init(in folder: ScratchFolder) throws {
        self.init(
            in: folder, catalog: try SQLiteIngestCatalog(path: folder.path + "/ingest.db"),
            chunks: try PackStore(folder: folder.path + "/chunks"))
    }

    struct Pushed {
        var answer: UploadCommitted
        var wanted: Int
        var manifest: Manifest
    }

    /// Pushes files as a client does: open, offer, send what is wanted, commit.
    func push(
        _ files: [String: [UInt8]], model: String = "m", version: String? = "auto",
        upload: UInt64 = .random(in: 1...UInt64.max), chunkByteCount: Int = 1_000,
        run: RunID? = nil,
        note: String = "", config: [KeyValue] = []
    ) async throws -> Pushed {
        let id = UploadID(high: 7, low: upload)
        let (manifest, chunks) = try Self.cut(files, chunkByteCount: chunkByteCount)
        let opened = try await open(id, model: model, run: run)
        if let answer = opened.committed {
            return Pushed(answer: answer, wanted: 0, manifest: manifest)
        }
        let wanted = try await offer(id, manifest)
        _ = try await send(wanted.map { ($0, chunks[$0]!) }, to: id)
        let answer = try await commit(id, manifest, version: version, note: note, config: config)
        return Pushed(answer: answer, wanted: wanted.count, manifest: manifest)
    }

    static func cut(_ files: [String: [UInt8]], chunkByteCount: Int = 1_000) throws
        -> (Manifest, [Digest: [UInt8]])
    {
        var chunks: [Digest: [UInt8]] = [:]
        let manifest = try Manifest(
            files: files.map { path, bytes in
                let pieces = stride(from: 0, to: bytes.count, by: chunkByteCount).map {
                    Array(bytes[$0..<min($0 + chunkByteCount, bytes.count)])
                }
                let digests = pieces.map { Digest(of: $0) }
                for (digest, piece) in zip(digests, pieces) { chunks[digest] = piece }
                return .init(
                    path: path,
                    chunks: zip(digests, pieces).map { .init(digest: $0, byteCount: $1.count) })
            })
        return (manifest, chunks)
    }

    func open(_ id: UploadID, model: String = "m", run: RunID? = nil) async throws -> UploadOpened {
        try await channel.call(
            IngestMethods.openUpload,
            OpenUpload(uploadId: id.bytes, model: model, runId: run?.bytes ?? []))
    }

    func offer(_ id: UploadID, _ manifest: Manifest) async throws -> [Digest] {
        let digests = manifest.uniqueChunks.map(\.digest)
        return try await channel.call(
            IngestMethods.offerChunks,
            OfferChunks(uploadId: id.bytes, chunkDigests: digests.map(\.bytes))
        ).indexes.map { digests[Int($0)] }
    }

    func send(_ chunks: [(Digest, [UInt8])], to id: UploadID) async throws -> ChunksStored {
        try await channel.upload(IngestMethods.sendChunks) { requests in
            for (digest, bytes) in chunks {
                try await requests.send(
                    SendChunk(uploadId: id.bytes, digest: digest.bytes),
                    attachment: SharedBytes(bytes))
            }
        }
    }

    static func entry(_ file: Manifest.File) -> FileEntry {
        FileEntry(
            path: Array(file.path.utf8), byteCount: UInt64(file.byteCount),
            chunkDigests: file.chunks.map(\.digest.bytes),
            chunkByteCounts: file.chunks.map { UInt32($0.byteCount) }, mode: UInt32(file.mode))
    }

    func commit(
        _ id: UploadID, _ manifest: Manifest, version: String?, note: String = "",
        config: [KeyValue] = []
    ) async throws -> UploadCommitted {
        try await channel.call(
            IngestMethods.commitUpload,
            CommitUpload(
                uploadId: id.bytes, files: manifest.files.map(Self.entry),
                version: version.map { NewVersion(number: $0, note: note) },
                metrics: [NamedNumber(name: "accuracy", value: 0.97)], config: config))
    }

    func resolve(_ reference: String) async throws -> VersionRecord {
        try await channel.call(IngestMethods.resolveVersion, ResolveVersion(reference: reference))
    }

    /// All bytes of a version, read back through the manifest.
    func pull(_ reference: String) async throws -> [String: [UInt8]] {
        let record = try await resolve(reference)
        let entries = try await channel.stream(
            IngestMethods.getManifest, GetManifest(manifestDigest: record.manifestDigest)
        ) { try await $0.all() }.compactMap(\.file)
        var files: [String: [UInt8]] = [:]
        for entry in entries {
            files[String(decoding: entry.path, as: UTF8.self), default: []] +=
                try await fetch(entry.chunkDigests)
        }
        return files
    }

    func fetch(_ digests: [[UInt8]]) async throws -> [UInt8] {
        try await channel.stream(
            IngestMethods.fetchChunks, FetchChunks(digests: digests)
        ) { replies in
            var bytes: [UInt8] = []
            while let (_, attachment) = try await replies.next() { bytes += attachment!.bytes }
            return bytes
        }
    }

    func list(_ model: String = "m", before: String = "") async throws -> VersionList {
        try await channel.call(
            IngestMethods.listVersions, ListVersions(model: model, before: before))
    }

    func versions(_ model: String = "m") async throws -> [String] {
        try await list(model).versions.map(\.number)
    }

    func verify(_ reference: String = "") async throws -> VerifyProgress {
        try await channel.stream(
            IngestMethods.verifyVersion, VerifyVersion(reference: reference)
        ) { try await $0.all() }.last!
    }
}

extension Incoming {
    func all() async throws -> [Body] {
        var bodies: [Body] = []
        while let (body, _) = try await next() { bodies.append(body) }
        return bodies
    }
}

/// Random bytes under a seed.
func someBytes(_ seed: UInt64, _ count: Int = 10_500) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
}
