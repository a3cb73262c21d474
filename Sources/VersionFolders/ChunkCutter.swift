import CairnCore
import Glibc
import Ingestion
import Ports
import TensorFormats

/// Cuts files into chunks, a batch at a time: what is in memory is the batch, however large the
/// files are.
///
/// The bytes that were hashed are the bytes that are handed out, so that a file that changes under
/// us is noticed and never mixed.
public actor ChunkCutter {
    public struct Cut: Sendable {
        public let chunk: Manifest.Chunk
        public let bytes: SharedBytes
        /// Of which tensor it is; `nil` of what was in memory and holds none.
        public let piece: ChunkPlan.Piece?

        public var isTensor: Bool { piece.map { $0.element != .opaque } ?? false }
    }

    private struct Open: Sendable {
        let file: OpenFile
        let status: stat
        let pieces: [ChunkPlan.Piece]
    }

    private let files: [CheckpointFile]
    private let chunkByteCount: Int
    private let queues: WorkQueues
    private let tables: any TensorTables
    private var fileIndex = 0
    /// Of the next piece in the present file.
    private var pieceIndex = 0
    private var open: Open?
    /// Of the present file, where it is in memory and holds tensors.
    private var memoryPieces: [ChunkPlan.Piece]?
    private var chunks: [[Manifest.Chunk]]

    public init(
        _ files: [CheckpointFile], queues: WorkQueues, tables: any TensorTables,
        chunkByteCount: Int = Manifest.Limits.usualChunkByteCount
    ) {
        precondition((1...Manifest.Limits.chunkByteCount).contains(chunkByteCount))
        (self.files, self.queues, self.chunkByteCount) = (files, queues, chunkByteCount)
        self.tables = tables
        chunks = Array(repeating: [], count: files.count)
    }

    /// The file that the chunks handed out last are of.
    public var path: String { files[min(fileIndex, files.count - 1)].path }

    /// The next chunks, all of one file, at most `count` of at most `byteCount` together or one, in
    /// the order of the files; empty at the end.
    public func next(_ count: Int, byteCount: Int = .max) async throws -> [Cut] {
        while fileIndex < files.count {
            let cuts: [Cut] =
                switch files[fileIndex].content {
                case .memory(let parts): try await cutMemory(MemoryFile(parts), count, byteCount)
                case .file(let path): try await cutFile(path, count, byteCount)
                }
            chunks[fileIndex] += cuts.map(\.chunk)
            if !cuts.isEmpty { return cuts }
            (fileIndex, pieceIndex) = (fileIndex + 1, 0)
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

    /// Along its tensors, as a file would be; where there are none, as it came.
    private func cutMemory(
        _ memory: MemoryFile, _ count: Int, _ byteCount: Int
    ) async throws -> [Cut] {
        if pieceIndex == 0 { memoryPieces = try await tensorPieces(of: memory) }
        guard let pieces = memoryPieces else {
            let batch = memory.parts[pieceIndex...].first(count, byteCount, \.count)
            pieceIndex += batch.count
            return try await hashed(batch.count) { (batch[$0], nil) }
        }
        let batch = pieces[pieceIndex...].first(count, byteCount, \.byteCount)
        pieceIndex += batch.count
        return try await hashed(batch.count) { index in
            let piece = batch[index]
            return (memory.slice(piece.offset..<piece.offset + piece.byteCount), piece)
        }
    }

    /// - Returns: `nil` where no tensor is found.
    private func tensorPieces(of memory: MemoryFile) async throws -> [ChunkPlan.Piece]? {
        let table = try await tables.table(of: memory)
        if table.format == .opaque { return nil }
        return ChunkPlan.pieces(
            of: table, fileByteCount: memory.byteCount, pieceByteCount: chunkByteCount)
    }

    private func cutFile(
        _ path: String, _ count: Int, _ byteCount: Int
    ) async throws -> [Cut] {
        let open = try await opened(path)
        let batch = open.pieces[pieceIndex...].first(count, byteCount, \.byteCount)
        guard !batch.isEmpty else {
            try checkUnchanged(open.file, open.status)
            self.open = nil
            return []
        }
        pieceIndex += batch.count
        return try await hashed(batch.count) { index in
            let piece = batch[index]
            let bytes = try open.file.bytes(at: piece.offset, count: piece.byteCount)
            guard let bytes else { throw Self.changed(path) }
            return (bytes, piece)
        }
    }

    private func opened(_ path: String) async throws -> Open {
        if let open { return open }
        let (file, status) = try await queues.run { () -> (OpenFile, stat) in
            let file = try OpenFile(path, O_RDONLY)
            return (file, try file.status())
        }
        let source = LocalFile(file, byteCount: Int(status.st_size), queues: queues)
        let fresh = Open(
            file: file, status: status,
            pieces: ChunkPlan.pieces(
                of: try await tables.table(of: source), fileByteCount: source.byteCount,
                pieceByteCount: chunkByteCount))
        open = fresh
        return fresh
    }

    private func checkUnchanged(_ file: OpenFile, _ before: stat) throws {
        let now = FolderStamp.Entry("", try file.status())
        guard now == FolderStamp.Entry("", before) else { throw Self.changed(file.path) }
    }

    static func changed(_ path: String) -> RPCError {
        RPCError(
            .refused,
            "\(path) changed while it was read, so nothing was committed; push again once it is "
                + "written")
    }

    private func hashed(
        _ count: Int,
        _ part: @escaping @Sendable (Int) throws -> (SharedBytes, ChunkPlan.Piece?)
    ) async throws -> [Cut] {
        try await queues.map(count) { index in
            let (bytes, piece) = try part(index)
            let chunk = Manifest.Chunk(digest: bytes.digest, byteCount: bytes.count)
            return Cut(chunk: chunk, bytes: bytes, piece: piece)
        }
    }
}

extension ArraySlice {
    /// At most `count`, of at most `size` together or one.
    fileprivate func first(_ count: Int, _ size: Int, _ sizeOf: (Element) -> Int) -> [Element] {
        var sum = 0
        return Array(
            prefix(count).enumerated().prefix { index, element in
                sum += sizeOf(element)
                return index == 0 || sum <= size
            }.map(\.element))
    }
}
