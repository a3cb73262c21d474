import CairnCore
import Glibc
import Ingestion
import Ports

/// Cuts files into chunks, a batch at a time: what is in memory is the batch, however large the
/// files are.
///
/// The bytes that were hashed are the bytes that are handed out, so that a file that changes under
/// us is noticed and never mixed.
public actor ChunkCutter {
    public struct Cut: Sendable {
        public let chunk: Manifest.Chunk
        public let bytes: SharedBytes
    }

    private struct Piece: Sendable {
        let fileIndex: Int
        let offset: Int
        let byteCount: Int
    }

    private let files: [CheckpointFile]
    private let chunkByteCount: Int
    private let queues: WorkQueues
    private var fileIndex = 0
    private var offset = 0
    private var partIndex = 0
    private var open: (file: OpenFile, status: stat)?
    private var chunks: [[Manifest.Chunk]]

    public init(
        _ files: [CheckpointFile], queues: WorkQueues,
        chunkByteCount: Int = Manifest.Limits.usualChunkByteCount
    ) {
        precondition((1...Manifest.Limits.chunkByteCount).contains(chunkByteCount))
        (self.files, self.queues, self.chunkByteCount) = (files, queues, chunkByteCount)
        chunks = Array(repeating: [], count: files.count)
    }

    /// The next chunks, at most `count`, in the order of the files; empty at the end.
    public func next(_ count: Int) async throws -> [Cut] {
        while fileIndex < files.count {
            let cuts: [Cut] =
                switch files[fileIndex].content {
                case .memory(let parts): try await cutMemory(parts, count)
                case .file(let path): try await cutFile(path, count)
                }
            chunks[fileIndex] += cuts.map(\.chunk)
            if !cuts.isEmpty { return cuts }
            (fileIndex, offset, partIndex) = (fileIndex + 1, 0, 0)
        }
        return []
    }

    /// All that was cut. Call it once `next` has reached the end.
    public func manifest() throws(ManifestError) -> Manifest {
        precondition(fileIndex == files.count, "file \(fileIndex) of \(files.count) is not cut")
        return try Manifest(
            files: zip(files, chunks).map { file, chunks in
                Manifest.File(path: file.path, mode: file.mode, chunks: chunks)
            })
    }

    private func cutMemory(_ parts: [SharedBytes], _ count: Int) async throws -> [Cut] {
        let batch = Array(parts[partIndex...].prefix(count))
        partIndex += batch.count
        return try await hashed(batch.count) { batch[$0] }
    }

    private func cutFile(_ path: String, _ count: Int) async throws -> [Cut] {
        let (file, status) = try await opened(path)
        let size = Int(status.st_size)
        let start = offset
        let batchCount = min(count, (size - start + chunkByteCount - 1) / chunkByteCount)
        guard batchCount > 0 else {
            try checkUnchanged(file, status)
            open = nil
            return []
        }
        let step = chunkByteCount
        offset = min(size, start + batchCount * step)
        return try await hashed(batchCount) { index in
            let begin = start + index * step
            guard let bytes = try file.bytes(at: begin, count: min(step, size - begin)) else {
                throw Self.changed(path)
            }
            return bytes
        }
    }

    private func opened(_ path: String) async throws -> (OpenFile, stat) {
        if let open { return open }
        let fresh = try await queues.run { () -> (OpenFile, stat) in
            let file = try OpenFile(path, O_RDONLY)
            return (file, try file.status())
        }
        open = fresh
        return fresh
    }

    private func checkUnchanged(_ file: OpenFile, _ before: stat) throws {
        let now = FolderStamp.Entry("", try file.status())
        guard now == FolderStamp.Entry("", before) else { throw Self.changed(file.path) }
    }

    private static func changed(_ path: String) -> RPCError {
        RPCError(
            .refused,
            "\(path) changed while it was read, so nothing was committed; push again once it is "
                + "written")
    }

    private func hashed(
        _ count: Int, _ bytes: @escaping @Sendable (Int) throws -> SharedBytes
    ) async throws -> [Cut] {
        try await queues.map(count) { index in
            let bytes = try bytes(index)
            let chunk = Manifest.Chunk(digest: bytes.digest, byteCount: bytes.count)
            return Cut(chunk: chunk, bytes: bytes)
        }
    }
}
