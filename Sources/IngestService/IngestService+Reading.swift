import CairnCore
import Ingestion
import Messages
import Ports

extension IngestService {
    func addReading(to routes: inout RPCRoutes) {
        routes.serverStream(IngestMethods.getManifest) { [self] request, replies, _ in
            let digest = try Checks.digest(request.manifestDigest, "manifest_digest")
            let manifest = try await answering {
                try await ledger.with { catalog, _ in try catalog.manifest(digest) }
            }
            guard let manifest else {
                throw RPCError(.notFound, "no version has the manifest \(digest)")
            }
            for file in manifest.files {
                for part in Self.parts(of: file) {
                    try await replies.send(ManifestFile(file: part))
                }
            }
        }
        routes.serverStream(IngestMethods.fetchChunks) { [self] request, replies, _ in
            try Checks.atMost(request.digests.count, IngestLimits.fetchedChunks, "digests")
            for bytes in request.digests {
                let digest = try Checks.digest(bytes, "a chunk digest")
                let chunk = try await answering { try await keeper.bytes(of: digest) }
                try await replies.send(Chunk(digest: bytes), attachment: chunk)
            }
        }
        routes.serverStream(IngestMethods.verifyVersion) { [self] request, replies, _ in
            try await answering { try await verify(request, replies) }
        }
        routes.unary(IngestMethods.getIngestStatus) { [self] _, _ in
            try await answering { try await status() }
        }
    }

    /// A file in messages of at most 16,384 chunks.
    static func parts(of file: Manifest.File) -> [FileEntry] {
        let starts =
            file.chunks.isEmpty ? [0] : Array(stride(from: 0, to: file.chunks.count, by: 16_384))
        return starts.map { start in
            let part = file.chunks[start..<min(start + 16_384, file.chunks.count)]
            return FileEntry(
                path: Array(file.path.utf8),
                byteCount: UInt64(part.reduce(0) { $0 + $1.byteCount }),
                chunkDigests: part.map(\.digest.bytes),
                chunkByteCounts: part.map { UInt32($0.byteCount) }, mode: UInt32(file.mode))
        }
    }

    /// Reads every chunk of the versions back and names each version that a damaged one harms.
    private func verify(_ request: VerifyVersion, _ replies: Outgoing<VerifyProgress>) async throws
    {
        var wanted: Digest?
        if !request.reference.isEmpty {
            let reference = try Self.reference(request.reference)
            let record = try await ledger.with { catalog, _ in try catalog.resolve(reference) }
            wanted = try Checks.digest(record.manifestDigest, "manifest_digest")
        }
        let all = try await ledger.with { catalog, _ in
            try catalog.manifests().map { ($0.digest, $0.versions) }
        }
        var users: [Digest: [String]] = [:]
        var chunks: [Digest] = [], damages: [String] = []
        for (digest, versions) in all where wanted == nil || digest == wanted {
            let manifest = try await ledger.with { catalog, _ in
                // A damaged manifest is reported like a damaged chunk, not thrown.
                try? catalog.manifest(digest)
            }
            guard let manifest, manifest.digest == digest else {
                damages.append(
                    "manifest \(digest.short) is damaged; it is of \(versions.joined(separator: ", "))"
                )
                continue
            }
            for chunk in manifest.uniqueChunks {
                if users[chunk.digest] == nil { chunks.append(chunk.digest) }
                users[chunk.digest, default: []] += versions
            }
        }
        var progress = VerifyProgress(
            chunkCount: UInt64(chunks.count),
            versionCount: wanted == nil ? all.reduce(0) { $0 + UInt64($1.1.count) } : 1)
        for (index, chunk) in chunks.enumerated() {
            do {
                _ = try await keeper.bytes(of: chunk)
            } catch let error as ChunkStoreError {
                let versions = Array(Set(users[chunk] ?? [])).sorted().joined(separator: ", ")
                damages.append("\(error.description); needed by \(versions)")
            }
            progress.checkedChunkCount = UInt64(index + 1)
            if index % 256 == 255 { try await replies.send(progress) }
        }
        progress.damages = damages
        progress.done = true
        try await replies.send(progress)
    }

    private func status() async throws -> IngestStatus {
        let figures = try await keeper.figures()
        let (models, versions) = try await ledger.with { catalog, _ in
            let models = try catalog.models()
            return (
                models.count, try models.reduce(0) { $0 + (try catalog.versions(of: $1).count) }
            )
        }
        return IngestStatus(
            modelCount: UInt64(models), versionCount: UInt64(versions),
            chunkCount: UInt64(figures.chunkCount), storedByteCount: figures.storedByteCount,
            freeByteCount: figures.freeByteCount ?? 0,
            openUploadCount: UInt64(await ledger.openUploadCount))
    }
}
