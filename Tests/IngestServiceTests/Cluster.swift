import CairnCore
import CairnTestKit
import FileBlobs
import IngestService
import Ingestion
import Messages
import Ports
import SQLiteStores

/// An ingest service over real SQLite and a real pack store in a folder, called in memory.
struct Cluster {
    let folder: ScratchFolder
    let service: IngestService
    let channel: InMemoryChannel
    let clock = ManualClock()

    /// Opening the same folder again is what a restart sees.
    init(in folder: ScratchFolder? = nil) throws {
        self.folder = try folder ?? ScratchFolder()
        service = IngestService(
            catalog: try SQLiteIngestCatalog(path: self.folder.path + "/ingest.db"),
            chunks: try PackStore(folder: self.folder.path + "/chunks"), clock: clock)
        channel = InMemoryChannel(service.routes())
    }

    struct Pushed {
        var answer: UploadCommitted
        var wanted: Int
        var manifest: Manifest
    }

    /// Pushes files as a client does: open, offer, send what is wanted, commit.
    func push(
        _ files: [String: [UInt8]], model: String = "m", version: String? = "auto",
        upload: UInt64 = .random(in: 1...UInt64.max), chunkByteCount: Int = 1_000, run: RunID? = nil
    ) async throws -> Pushed {
        let id = UploadID(high: 7, low: upload)
        var chunks: [Digest: [UInt8]] = [:]
        let manifest = try Manifest(
            files: files.map { path, bytes in
                let pieces = stride(from: 0, to: bytes.count, by: chunkByteCount).map {
                    Array(bytes[$0..<min($0 + chunkByteCount, bytes.count)])
                }
                for piece in pieces { chunks[Digest(of: piece)] = piece }
                return .init(
                    path: path,
                    chunks: pieces.map { .init(digest: Digest(of: $0), byteCount: $0.count) })
            })
        let opened = try await channel.call(
            IngestMethods.openUpload,
            OpenUpload(uploadId: id.bytes, model: model, runId: run?.bytes ?? []))
        if let answer = opened.committed {
            return Pushed(answer: answer, wanted: 0, manifest: manifest)
        }
        let digests = manifest.uniqueChunks.map(\.digest)
        let wanted = try await channel.call(
            IngestMethods.offerChunks,
            OfferChunks(uploadId: id.bytes, chunkDigests: digests.map(\.bytes))
        ).indexes.map { digests[Int($0)] }
        _ = try await channel.upload(IngestMethods.sendChunks) { requests in
            for digest in wanted {
                try await requests.send(
                    SendChunk(uploadId: id.bytes, digest: digest.bytes),
                    attachment: SharedBytes(chunks[digest]!))
            }
        }
        let answer = try await commit(id, manifest, version: version)
        return Pushed(answer: answer, wanted: wanted.count, manifest: manifest)
    }

    func commit(_ id: UploadID, _ manifest: Manifest, version: String?) async throws
        -> UploadCommitted
    {
        let entries = manifest.files.map { file in
            FileEntry(
                path: Array(file.path.utf8), byteCount: UInt64(file.byteCount),
                chunkDigests: file.chunks.map(\.digest.bytes),
                chunkByteCounts: file.chunks.map { UInt32($0.byteCount) }, mode: UInt32(file.mode))
        }
        return try await channel.call(
            IngestMethods.commitUpload,
            CommitUpload(
                uploadId: id.bytes, files: entries,
                version: version.map { NewVersion(number: $0) },
                metrics: [NamedNumber(name: "accuracy", value: 0.97)]))
    }

    /// All bytes of a version, read back through the manifest.
    func pull(_ reference: String) async throws -> [String: [UInt8]] {
        let record = try await channel.call(
            IngestMethods.resolveVersion, ResolveVersion(reference: reference))
        let entries = try await channel.stream(
            IngestMethods.getManifest, GetManifest(manifestDigest: record.manifestDigest)
        ) { try await $0.all() }.compactMap(\.file)
        var files: [String: [UInt8]] = [:]
        for entry in entries {
            let bytes = try await channel.stream(
                IngestMethods.fetchChunks, FetchChunks(digests: entry.chunkDigests)
            ) { replies in
                var bytes: [UInt8] = []
                while let (_, attachment) = try await replies.next() { bytes += attachment!.bytes }
                return bytes
            }
            files[String(decoding: entry.path, as: UTF8.self), default: []] += bytes
        }
        return files
    }

    func versions(_ model: String = "m") async throws -> [String] {
        try await channel.call(IngestMethods.listVersions, ListVersions(model: model))
            .versions.map(\.number)
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
