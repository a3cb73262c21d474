import CairnCore

/// Where one tensor lies in a file.
public struct Tensor: Equatable, Sendable {
    /// As the file writes it: `model.layers.0.mlp.weight`.
    public let name: String
    public let element: ElementType
    /// Outermost dimension first; empty for a scalar.
    public let shape: [Int]
    /// From the start of the file, in bytes.
    public let offset: Int
    public let byteCount: Int

    public init(name: String, element: ElementType, shape: [Int], offset: Int, byteCount: Int) {
        (self.name, self.element, self.shape) = (name, element, shape)
        (self.offset, self.byteCount) = (offset, byteCount)
    }

    public var end: Int { offset + byteCount }
}

/// How a checkpoint file is laid out; raw values are for people and for `--json`.
public enum FileFormat: String, Sendable, CaseIterable { case safetensors, gguf, opaque }

/// The tensors of one file. Of a file that is not understood: none, and why.
///
/// What it says is only ever used to choose where to cut and what to compare with: bytes stay exact
/// whatever a header claims.
public struct TensorTable: Equatable, Sendable {
    public let format: FileFormat
    /// By offset; none overlaps another, all lie inside of the file.
    public let tensors: [Tensor]
    /// What the header says beside the tensors.
    public let metadata: [String: String]
    /// Why a file that begins like a known format is taken for opaque bytes.
    public let problem: String?

    /// Tensors in any order, from a header whose own length and fields were checked.
    static func checked(
        _ format: FileFormat, _ tensors: [Tensor], metadata: [String: String], fileByteCount: Int
    ) -> TensorTable {
        let sorted = tensors.sorted { ($0.offset, $0.end) < ($1.offset, $1.end) }
        var end = 0
        for tensor in sorted {
            guard tensor.offset >= end, tensor.byteCount >= 0, tensor.end <= fileByteCount else {
                return .opaque(
                    "tensor '\(tensor.name)' at \(tensor.offset), \(tensor.byteCount) bytes, "
                        + "overlaps another or lies outside of the file")
            }
            end = tensor.end
        }
        return TensorTable(format: format, tensors: sorted, metadata: metadata, problem: nil)
    }

    public static func opaque(_ problem: String? = nil) -> TensorTable {
        TensorTable(format: .opaque, tensors: [], metadata: [:], problem: problem)
    }
}

/// A header is not what its format says.
struct FormatProblem: Error {
    let text: String
    init(_ text: String) { self.text = text }
}

public enum TensorFile {
    /// More than any header that is known, and small enough to read whole.
    static let headerByteCountMax = 100 << 20

    /// What the first bytes of a file say.
    public enum Finding: Equatable, Sendable {
        /// The header is longer: come again with so many bytes, or the whole file if it is shorter.
        case needs(byteCount: Int)
        case table(TensorTable)
    }

    /// Enough for most headers of models that are not split.
    public static let usualByteCount = 256 << 10

    /// Reads the header that a file begins with. What is malformed is opaque, with its problem.
    ///
    /// - Parameter start: the file's first bytes, 16 or more, or all of it.
    public static func look(_ start: [UInt8], fileByteCount: Int) -> Finding {
        guard fileByteCount >= 16 else { return .table(.opaque()) }
        do throws(FormatProblem) {
            if start.starts(with: GGUF.magic) {
                return try GGUF.look(start, fileByteCount: fileByteCount)
            }
            if Safetensors.isLikely(start, fileByteCount: fileByteCount) {
                return try Safetensors.look(start, fileByteCount: fileByteCount)
            }
            return .table(.opaque())
        } catch { return .table(.opaque(error.text)) }
    }

    /// - Returns: `nil` when the product runs over.
    static func byteCount(of shape: [Int], _ element: ElementType) -> Int? {
        var count = element.byteCount
        for dimension in shape {
            let (product, runsOver) = count.multipliedReportingOverflow(by: dimension)
            if runsOver || dimension < 0 { return nil }
            count = product
        }
        return count
    }
}
