import CairnCore
import Ingestion
import Messages
import Ports
import ServiceKit

extension IngestService {
    func addUploads(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.openUpload) { [self] request, _ in
            let id: UploadID = try Checks.id(request.uploadId, "upload_id")
            let run: RunID? = try Checks.optionalID(request.runId, "run_id")
            let model = try Checks.model(request.model)
            return try await answering { try await ledger.open(id, model: model, run: run) }
        }
        routes.unary(IngestMethods.offerChunks) { [self] request, _ in
            let id: UploadID = try Checks.id(request.uploadId, "upload_id")
            try Checks.atMost(request.chunkDigests.count, IngestLimits.offeredChunks, "digests")
            let digests = try request.chunkDigests.map { try Checks.digest($0, "a chunk digest") }
            try await ledger.requireOpen(id)
            return ChunksWanted(indexes: await keeper.missing(digests).map(UInt32.init))
        }
        routes.clientStream(IngestMethods.sendChunks) { [self] requests, _ in
            try await answering { try await receive(requests) }
        }
        routes.unary(IngestMethods.commitUpload) { [self] request, _ in
            try await answering { try await commit(request) }
        }
        routes.unary(IngestMethods.abortUpload) { [self] request, _ in
            await ledger.abort(try Checks.id(request.uploadId, "upload_id"))
            return Done()
        }
    }

    /// Reads one chunk after the other: what waits, waits at the sender, for the stream's credit is
    /// given only to what was read.
    private func receive(_ requests: Incoming<SendChunk>) async throws -> ChunksStored {
        var stored = ChunksStored()
        while let (request, attachment) = try await requests.next() {
            let id: UploadID = try Checks.id(request.uploadId, "upload_id")
            let digest = try Checks.digest(request.digest, "digest")
            guard let attachment, attachment.count > 0 else {
                throw RPCError(.invalidArgument, "chunk \(digest.short) came without its bytes")
            }
            try await ledger.requireOpen(id)
            let found = await Compute.run { attachment.withUnsafeBytes { Digest(of: $0) } }
            guard found == digest else {
                throw RPCError(
                    .dataLoss,
                    "chunk \(digest.short) hashes to \(found.short): it was damaged on "
                        + "its way or is not what was offered. It was not stored; send it again",
                    canRetry: true)
            }
            stored.chunkCount += 1
            if try await keeper.put(digest, attachment) {
                stored.newChunkCount += 1
                stored.newByteCount += UInt64(attachment.count)
                await ledger.grew(id, by: UInt64(attachment.count))
            }
        }
        return stored
    }

    /// Chunks durable, then one transaction, then the answer.
    private func commit(_ request: CommitUpload) async throws -> UploadCommitted {
        let id: UploadID = try Checks.id(request.uploadId, "upload_id")
        if let before = try await ledger.committed(id) { return before }
        try Checks.pairs(request.config, IngestLimits.params, "config")
        try Checks.atMost(request.dependencies.count, IngestLimits.dependencies, "dependencies")
        try await ledger.add(try request.files.map(Checks.file), to: id)
        if request.moreFiles { return UploadCommitted() }
        let manifest = try await ledger.manifest(of: id)
        try await keeper.hold(manifest)
        let committed = try await ledger.commit(request, id, manifest)
        doorbell.ring()
        return committed
    }
}
