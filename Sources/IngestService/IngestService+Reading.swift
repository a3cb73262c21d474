import CairnCore
import Ingestion
import Messages
import Ports

extension IngestService {
    func addReading(to routes: inout RPCRoutes) {
        routes.serverStream(IngestMethods.getManifest) { [self] request, replies, _ in
            let manifest = try await ask { desk, _ in
                try desk.manifest(try Checks.digest(request.manifestDigest, "manifest_digest"))
            }
            for file in manifest.files {
                for part in Self.parts(of: file) {
                    try await replies.send(ManifestFile(file: part))
                }
            }
        }
        routes.serverStream(IngestMethods.fetchChunks) { [self] request, replies, _ in
            try await answering {
                let digests = try Checks.digests(
                    request.digests, atMost: IngestLimits.fetchedChunks)
                let have = try request.haveDigests.map { bytes throws(IngestError) in
                    bytes.isEmpty ? nil : try Checks.digest(bytes, "have_digests")
                }
                guard have.isEmpty || have.count == digests.count else {
                    throw IngestError(
                        .invalid,
                        "\(have.count) have_digests for \(digests.count) digests; give one for "
                            + "each, or none")
                }
                try await downloads.pass { try await send(digests, have, replies) }
            }
        }
        routes.serverStream(IngestMethods.verifyVersion) { [self] request, replies, _ in
            try await answering { try await Verification(self, replies).run(request) }
        }
        routes.unary(IngestMethods.getIngestStatus) { [self] _, _ in try await status() }
    }

    /// A file in messages of bounded length.
    static func parts(of file: Manifest.File) -> [FileEntry] {
        let starts =
            file.chunks.isEmpty
            ? [0] : Array(stride(from: 0, to: file.chunks.count, by: IngestLimits.chunksPerPart))
        return starts.map { start in
            let part = file.chunks[start...].prefix(IngestLimits.chunksPerPart)
            return FileEntry(
                path: Array(file.path.utf8),
                byteCount: UInt64(part.reduce(0) { $0 + $1.byteCount }),
                chunkDigests: part.map(\.digest.bytes),
                chunkByteCounts: part.map { UInt32($0.byteCount) }, mode: UInt32(file.mode))
        }
    }

    /// Sends chunks in order; the next ones are read and checked while one leaves.
    private func send(
        _ digests: [Digest], _ have: [Digest?], _ replies: Outgoing<Chunk>
    ) async throws {
        let readAhead = 3
        try await withThrowingTaskGroup(of: (Int, ChunkForm).self) { group in
            var begun = 0
            var ready: [Int: ChunkForm] = [:]
            for index in digests.indices {
                while begun < digests.count && begun < index + readAhead {
                    let (number, digest) = (begun, digests[begun])
                    let base = have.isEmpty ? nil : have[number]
                    group.addTask { [self] in (number, try await read(digest, given: base)) }
                    begun += 1
                }
                while ready[index] == nil, let (number, chunk) = try await group.next() {
                    ready[number] = chunk
                }
                guard let chunk = ready.removeValue(forKey: index) else { break }
                try await replies.send(
                    Chunk(
                        digest: chunk.digest.bytes, code: UInt32(chunk.code.rawValue),
                        element: UInt32(chunk.element.rawValue)), attachment: chunk.payload)
            }
        }
    }

    /// A chunk that is damaged is named with every version that needs it.
    private func read(_ digest: Digest, given base: Digest?) async throws -> ChunkForm {
        do {
            return try await keeper.chunk(digest, given: base)
        } catch let error as ChunkStoreError where error.code == .damaged {
            let users = try await ledger.ask { desk, _ in try desk.users(of: digest) }
            throw RPCError(
                .dataLoss,
                "\(error). Needed by \(Verification.list(users)); push the same "
                    + "files again to bring it back",
                facts: ["chunk": digest.hex, "versions": users.joined(separator: " ")])
        }
    }
}
