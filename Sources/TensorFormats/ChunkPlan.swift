import CairnCore

/// Where a file is cut: along its tensors, so that a tensor that did not change is the same chunks
/// in every file that holds it, and one that did has the chunk to compare it with.
///
/// Tensors of 64 KiB and more are cut from their own start into pieces of as many elements for every
/// type of two bytes and more: a bfloat16 copy of a float32 tensor has the same pieces. Runs of
/// smaller tensors of one type share a piece, with the few bytes between them. What is between, and all of an opaque file, is cut
/// into plain pieces.
public enum ChunkPlan {
    public struct Piece: Equatable, Sendable {
        public let offset: Int
        public let byteCount: Int
        public let element: ElementType
        public let key: Key
    }

    /// What a piece is a part of, in whatever version of the model.
    public struct Key: Hashable, Sendable {
        /// Of the tensor, or of all tensors of a run; what is in no tensor has none.
        let names: String
        let element: ElementType
        /// Of the tensor; of a run, how many bytes each has.
        let shape: [Int]
        /// Of the piece among those of its tensor; for what is in no tensor, in the file.
        let index: Int

        /// The same piece of the tensor in another type.
        public func of(_ element: ElementType) -> Key {
            Key(names: names, element: element, shape: shape, index: index)
        }

        /// It is told by its place in the file alone.
        public var isOpaque: Bool { names.isEmpty }
    }

    static let smallTensorByteCount = 64 << 10
    /// Between two small tensors of one piece.
    static let bridgedByteCount = 512

    /// - Parameter pieceByteCount: of types of one and two bytes; four times that is most.
    public static func pieces(
        of table: TensorTable, fileByteCount: Int, pieceByteCount: Int
    ) -> [Piece] {
        var builder = Builder(pieceByteCount: pieceByteCount)
        for tensor in table.tensors where tensor.byteCount > 0 {
            if !builder.reaches(tensor) { builder.fill(to: tensor.offset) }
            builder.add(tensor)
        }
        builder.endRun()
        builder.fill(to: fileByteCount)
        return builder.pieces
    }

    private struct Builder {
        let pieceByteCount: Int
        var pieces: [Piece] = []
        /// Small tensors that wait for others of their kind, one behind the other.
        var run: [Tensor] = []
        var end = 0
        var opaqueCount = 0

        mutating func add(_ tensor: Tensor) {
            end = tensor.end
            if tensor.byteCount < ChunkPlan.smallTensorByteCount {
                if !reaches(tensor) { endRun() }
                run.append(tensor)
                if tensor.byteCount > pieceByteCount { endRun() }
                return
            }
            endRun()
            cut(
                tensor.offset..<tensor.end, tensor.element, names: tensor.name,
                shape: tensor.shape)
        }

        /// Whether a small tensor may share the piece of those before it: zips put a header and
        /// some padding in between.
        func reaches(_ tensor: Tensor) -> Bool {
            guard let first = run.first, let last = run.last else { return false }
            let gap = tensor.offset - last.end
            return tensor.byteCount < ChunkPlan.smallTensorByteCount
                && last.element == tensor.element && gap <= ChunkPlan.bridgedByteCount
                && gap % tensor.element.byteCount == 0
                && tensor.end - first.offset <= pieceByteCount
        }

        /// Bytes up to `offset` that are in no tensor.
        mutating func fill(to offset: Int) {
            guard offset > end else { return }
            endRun()
            for start in stride(from: end, to: offset, by: pieceByteCount) {
                let key = Key(names: "", element: .opaque, shape: [], index: opaqueCount)
                pieces.append(
                    Piece(
                        offset: start, byteCount: min(pieceByteCount, offset - start),
                        element: .opaque, key: key))
                opaqueCount += 1
            }
            end = offset
        }

        mutating func endRun() {
            guard let first = run.first, let last = run.last else { return }
            cut(
                first.offset..<last.end, first.element,
                names: run.map(\.name).joined(separator: "\n"), shape: run.map(\.byteCount))
            run = []
        }

        private mutating func cut(
            _ range: Range<Int>, _ element: ElementType, names: String, shape: [Int]
        ) {
            let step = pieceByteCount * max(1, element.byteCount / 2)
            for (index, start) in stride(from: range.lowerBound, to: range.upperBound, by: step)
                .enumerated()
            {
                pieces.append(
                    Piece(
                        offset: start, byteCount: min(step, range.upperBound - start),
                        element: element,
                        key: Key(names: names, element: element, shape: shape, index: index)))
            }
        }
    }
}
