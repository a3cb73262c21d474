import CairnCore
import Ingestion
import Ports
import TensorFormats

/// The tensors of a version, read where it lies: only headers are fetched, and what is asked for.
public struct VersionTensors: Sendable {
    public struct Entry: Sendable {
        public enum Place: Sendable {
            /// Row by row in the file; the chunks that hold it, with where each begins.
            case file(Tensor, chunks: [(chunk: Manifest.Chunk, start: Int)])
            /// Only the library of the file's format reads it, or nobody.
            case coded(OtherTensor, file: Manifest.File)
        }

        public let path: String
        public let name: String
        public let element: ElementType
        /// Outermost dimension first; empty for a scalar.
        public let shape: [Int]
        public let place: Place

        /// Of all elements; `nil` where they have no size.
        public var byteCount: Int? {
            switch place {
            case .file(let tensor, _): tensor.byteCount
            case .coded(let tensor, _): tensor.element == .opaque ? nil : tensor.byteCount
            }
        }
    }

    /// By path and place.
    public let entries: [Entry]
    /// Files that are understood as tensors, with what was found.
    public let files: [(path: String, table: TensorTable)]
    let source: any VersionSource
    let tables: any TensorTables

    public init(
        of manifest: Manifest, from source: any VersionSource, tables: any TensorTables
    ) async throws {
        var (entries, files) = ([Entry](), [(path: String, table: TensorTable)]())
        for file in manifest.files {
            let table = try await tables.table(of: StoredFile(file, from: source))
            if table.format == .opaque { continue }
            files.append((file.path, table))
            entries += Self.entries(file, table)
        }
        (self.entries, self.files) = (entries, files)
        (self.source, self.tables) = (source, tables)
    }

    private static func entries(_ file: Manifest.File, _ table: TensorTable) -> [Entry] {
        let starts = zip(file.chunks, file.chunkOffsets).map { (chunk: $0, start: $1) }
        let own = (table.tensors + table.views).map { tensor in
            let chunks = starts.filter {
                $0.start < tensor.end && $0.start + $0.chunk.byteCount > tensor.offset
            }
            return Entry(
                path: file.path, name: tensor.name, element: tensor.element, shape: tensor.shape,
                place: .file(tensor, chunks: chunks))
        }
        return own
            + table.others.map { other in
                Entry(
                    path: file.path, name: other.name, element: other.element, shape: other.shape,
                    place: .coded(other, file: file))
            }
    }

    // MARK: Reading one

    private static let stepByteCount = 4 << 20

    /// A tensor's elements, row by row and little-endian, in pieces of some megabytes.
    func read(_ entry: Entry, _ take: (_ offset: Int, [UInt8]) async throws -> Void) async throws {
        let steps = try steps(of: entry)
        for step in steps { try await take(step.lowerBound, try await bytes(of: entry, step)) }
    }

    /// Byte ranges that can be read, in order.
    func steps(of entry: Entry) throws -> [Range<Int>] {
        guard let byteCount = entry.byteCount else { throw Self.unreadable(entry) }
        if byteCount == 0 { return [] }
        var step = Self.stepByteCount
        if case .coded(let tensor, _) = entry.place {
            guard tensor.isReadable else { throw Self.unreadable(entry) }
            let row = byteCount / max(1, tensor.shape.first ?? 1)
            step = max(1, step / row) * row
        }
        return stride(from: 0, to: byteCount, by: step).map { $0..<min(byteCount, $0 + step) }
    }

    /// - Parameter range: one of `steps`, or for a tensor in the file any.
    func bytes(of entry: Entry, _ range: Range<Int>) async throws -> [UInt8] {
        switch entry.place {
        case .file(let tensor, let chunks):
            let start = tensor.offset - (chunks.first?.start ?? 0)
            let file = Manifest.File(path: entry.path, chunks: chunks.map(\.chunk))
            return try await StoredFile(file, from: source)
                .bytes(in: start + range.lowerBound..<start + range.upperBound)
        case .coded(let tensor, let file):
            let row = max(1, (entry.byteCount ?? 0) / max(1, tensor.shape.first ?? 1))
            return try await tables.rows(
                range.lowerBound / row..<range.upperBound / row, of: tensor,
                in: StoredFile(file, from: source))
        }
    }

    private static func unreadable(_ entry: Entry) -> RPCError {
        var why = "its elements are no numbers"
        if case .coded(let tensor, _) = entry.place { why = tensor.why }
        return RPCError(
            .refused,
            "tensor '\(entry.name)' of \(entry.path) cannot be read on its own: it is \(why)")
    }
}
