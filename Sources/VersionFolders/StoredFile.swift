import CairnCore
import Ingestion
import Ports
import TensorFormats

/// A file of a version that lies somewhere else, read in part: the chunks that a reader asks for
/// are fetched, and no other.
public actor StoredFile: ByteSource {
    public nonisolated let file: Manifest.File
    public nonisolated let byteCount: Int
    private let source: any VersionSource
    private let starts: PartStarts
    /// The chunk that was read last: headers are read in small pieces.
    private var last: (index: Int, bytes: SharedBytes)?

    public init(_ file: Manifest.File, from source: any VersionSource) {
        (self.file, self.source) = (file, source)
        starts = PartStarts(of: file.chunks.map(\.byteCount))
        byteCount = starts.end
    }

    public func bytes(in range: Range<Int>) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        var index = starts.part(at: range.lowerBound)
        while bytes.count < range.count {
            let chunk = try await chunk(index)
            let from = max(0, range.lowerBound - starts[index])
            let to = min(chunk.count, range.upperBound - starts[index])
            chunk.withUnsafeBytes { bytes += $0[from..<to] }
            index += 1
        }
        return bytes
    }

    /// All of a file of one chunk.
    public func whole() async throws -> SharedBytes { try await chunk(0) }

    /// The file's pieces by their offsets, those that are chunks of it: it may be cut otherwise.
    public nonisolated func chunkPieces(
        _ tables: any TensorTables, pieceByteCount: Int
    ) async throws -> [Int: ChunkPlan.Piece] {
        let counts = Dictionary(
            zip(file.chunkOffsets, file.chunks.map(\.byteCount))
        ) { first, _ in first }
        let pieces = ChunkPlan.pieces(
            of: try await tables.table(of: self), fileByteCount: byteCount,
            pieceByteCount: pieceByteCount)
        return Dictionary(
            pieces.filter { counts[$0.offset] == $0.byteCount }.map { ($0.offset, $0) }
        ) { first, _ in first }
    }

    private func chunk(_ index: Int) async throws -> SharedBytes {
        if let last, last.index == index { return last.bytes }
        let inbox = Inbox()
        try await source.fetch([file.chunks[index]]) { chunk, bytes in
            guard bytes.digest == chunk.digest else {
                throw RPCError(.dataLoss, "chunk \(chunk.digest.short) came damaged")
            }
            await inbox.put(bytes)
        }
        guard let bytes = await inbox.bytes else {
            throw RPCError(.protocol, "a chunk that was asked for did not come")
        }
        last = (index, bytes)
        return bytes
    }

    private actor Inbox {
        var bytes: SharedBytes?
        func put(_ bytes: SharedBytes) { self.bytes = bytes }
    }
}
