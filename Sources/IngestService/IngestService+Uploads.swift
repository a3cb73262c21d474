import CairnCore
import Ingestion
import Messages
import Ports
import ServiceKit

extension IngestService {
    func addUploads(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.openUpload) { [self] request, _ in
            try await ask { desk, _ in try desk.openUpload(request) }
        }
        routes.unary(IngestMethods.offerChunks) { [self] request, _ in
            try await answering { try await offer(request) }
        }
        routes.clientStream(IngestMethods.sendChunks) { [self] requests, _ in
            try await answering { try await uploads.pass { try await receive(requests) } }
        }
        routes.clientStream(IngestMethods.mendChunks) { [self] requests, _ in
            try await answering { try await uploads.pass { try await mend(requests) } }
        }
        routes.unary(IngestMethods.commitUpload) { [self] request, _ in
            try await answering { try await commit(request) }
        }
        routes.unary(IngestMethods.abortUpload) { [self] request, _ in
            try await ask { desk, _ in try desk.abortUpload(request) }
            if let id = UploadID(bytes: request.uploadId) { held.release(id) }
            return Done()
        }
    }

    private func offer(_ request: OfferChunks) async throws -> ChunksWanted {
        let id: UploadID = try Checks.id(request.uploadId, "upload_id")
        let digests = try Checks.digests(
            request.chunkDigests, atMost: IngestLimits.offeredChunks)
        try await ledger.ask { desk, _ in try desk.requireUpload(id) }
        // Held before they are looked for: what is said to be there stays.
        held.add(digests, of: id, at: clock.now())
        return ChunksWanted(indexes: keeper.missing(digests).map(UInt32.init))
    }

    // MARK: Chunks

    /// What one stream brought, upload by upload.
    private struct Tally {
        var stored = ChunksStored()
        var growth: [UploadID: UInt64] = [:]

        mutating func add(_ arrived: ArrivedChunk, grown: Int?) {
            stored.chunkCount += 1
            guard let grown else { return }
            stored.newChunkCount += 1
            stored.newByteCount += UInt64(arrived.bytes.count)
            if let upload = arrived.upload { growth[upload, default: 0] += UInt64(grown) }
        }
    }

    private struct ArrivedChunk: Sendable {
        /// `nil` of a chunk that mends.
        let upload: UploadID?
        let digest: Digest
        let bytes: SharedBytes
        let hint: ChunkHint

        init(_ request: SendChunk, _ attachment: SharedBytes?) throws(IngestError) {
            upload = try Checks.optionalID(request.uploadId, "upload_id")
            digest = try Checks.digest(request.digest, "digest")
            guard let attachment, attachment.count > 0 else {
                throw IngestError(.invalid, "chunk \(digest.short) came without its bytes")
            }
            bytes = attachment
            func optional(_ bytes: [UInt8], _ name: String) throws(IngestError) -> Digest? {
                bytes.isEmpty ? nil : try Checks.digest(bytes, name)
            }
            // A type that came after this program is a run of bytes.
            hint = ChunkHint(
                element: UInt8(exactly: request.element).flatMap(ElementType.init) ?? .opaque,
                parent: try optional(request.parentDigest, "parent_digest"),
                source: try optional(request.sourceDigest, "source_digest"))
        }
    }

    /// Hashes and stores a few chunks of a stream at a time. What there is no room for in memory
    /// waits at the sender: the stream's credit is given only for what was read.
    private func receive(_ requests: Incoming<SendChunk>) async throws -> ChunksStored {
        var tally = Tally()
        let failure: (any Error)?
        do {
            try await receive(requests, into: &tally)
            failure = nil
        } catch { failure = error }
        let growth = tally.growth
        try await ledger.ask { desk, _ in
            for (upload, byteCount) in growth { desk.grew(upload, by: byteCount) }
        }
        if let failure { throw failure }
        return tally.stored
    }

    private func receive(_ requests: Incoming<SendChunk>, into tally: inout Tally) async throws {
        let mostInHand = 8
        try await withThrowingTaskGroup(of: (ArrivedChunk, grown: Int?).self) { group in
            var inHand = 0
            var known: UploadID?
            while let (request, attachment) = try await requests.next() {
                let chunk = try ArrivedChunk(request, attachment)
                guard let upload = chunk.upload else {
                    throw IngestError(.invalid, "upload_id is missing: expected 16 bytes")
                }
                if upload != known {
                    try await ledger.ask { desk, _ in try desk.requireUpload(upload) }
                    known = upload
                }
                try await waiting.take(chunk.bytes.count)
                group.addTask { [self] in
                    defer { waiting.give(chunk.bytes.count) }
                    return (chunk, grown: try await store(chunk))
                }
                inHand += 1
                if inHand == mostInHand, let (stored, grown) = try await group.next() {
                    tally.add(stored, grown: grown)
                    inHand -= 1
                }
            }
            for try await (stored, grown) in group { tally.add(stored, grown: grown) }
        }
    }

    /// Good copies of what is damaged. What is sound stays as it is.
    private func mend(_ requests: Incoming<SendChunk>) async throws -> ChunksStored {
        var tally = Tally()
        while let (request, attachment) = try await requests.next() {
            let chunk = try ArrivedChunk(request, attachment)
            try await waiting.take(chunk.bytes.count)
            defer { waiting.give(chunk.bytes.count) }
            tally.add(chunk, grown: try await store(chunk))
        }
        try await keeper.makeDurable()
        return tally.stored
    }

    /// - Returns: how many bytes it takes in the store; `nil` when it was there.
    private func store(_ chunk: ArrivedChunk) async throws -> Int? {
        let (found, form) = await Compute.run { [keeper] in
            let found = chunk.bytes.withUnsafeBytes { Digest(of: $0) }
            let isRight = found == chunk.digest
            return (found, isRight ? keeper.form(found, chunk.bytes, chunk.hint) : nil)
        }
        guard let form else {
            throw RPCError(
                .dataLoss,
                "chunk \(chunk.digest.short) hashes to \(found.short): it was damaged on its way or "
                    + "is not what was offered. It was not stored; send it again",
                canRetry: true)
        }
        if let upload = chunk.upload { held.add([chunk.digest], of: upload, at: clock.now()) }
        return try await keeper.put(form) ? form.payload.count : nil
    }

    // MARK: Commit

    /// Chunks durable, then one transaction, then the answer; then the courier is woken.
    private func commit(_ request: CommitUpload) async throws -> UploadCommitted {
        let manifest: Manifest
        switch try await ledger.ask({ desk, _ in try desk.stage(request) }) {
        case .answered(let first): return first
        case .incomplete: return UploadCommitted()
        case .complete(let whole): manifest = whole
        }
        let committed = try await held.committing(manifest) {
            try await keeper.hold(manifest)
            return try await ledger.ask { desk, now in
                try desk.commit(request, manifest, at: now)
            }
        }
        if let id = UploadID(bytes: request.uploadId) { held.release(id) }
        doorbell.ring()
        return committed
    }
}
