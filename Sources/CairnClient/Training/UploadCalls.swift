import CairnCore
import Ingestion
import Messages
import Ports

/// The calls of an upload that a push and a replication make alike.
struct UploadCalls: Sendable {
    let upload: UploadID
    let channel: any RPCChannel

    /// - Returns: indexes of the chunks that ingest lacks.
    func offer(_ digests: [Digest]) async throws -> [Int] {
        let wanted = try await channel.call(
            IngestMethods.offerChunks,
            OfferChunks(uploadId: upload.bytes, chunkDigests: digests.map(\.bytes))
        ).indexes.map { Int($0) }
        guard wanted.allSatisfy({ $0 < digests.count }) else {
            throw RPCError(.protocol, "ingest wants a chunk that it was not offered")
        }
        return wanted
    }

    func message(_ digest: Digest, _ hint: ChunkHint) -> SendChunk {
        SendChunk(
            uploadId: upload.bytes, digest: digest.bytes, element: UInt32(hint.element.rawValue),
            parentDigest: hint.parent?.bytes ?? [], sourceDigest: hint.source?.bytes ?? [])
    }

    /// - Parameter facts: of the commit, all but the files.
    func commit(_ manifest: Manifest, _ facts: CommitUpload) async throws -> UploadCommitted {
        var parts = manifest.commitParts(chunkCountMax: Push.chunksPerPart)
        let last = parts.popLast() ?? []
        for (index, part) in parts.enumerated() {
            _ = try await call(
                CommitUpload(
                    uploadId: upload.bytes, files: part, moreFiles: true, part: UInt32(index)))
        }
        var whole = facts
        (whole.uploadId, whole.files, whole.part) = (upload.bytes, last, UInt32(parts.count))
        return try await call(whole)
    }

    private func call(_ part: CommitUpload) async throws -> UploadCommitted {
        try await channel.call(
            IngestMethods.commitUpload, part, CallOptions(deadline: Push.commitTime))
    }
}
