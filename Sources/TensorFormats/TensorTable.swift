import CairnCore
import Compression

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

/// A tensor whose bytes do not lie in the file as they are: compressed, in tiles, transposed.
public struct OtherTensor: Equatable, Sendable {
    public let name: String
    /// `opaque` where its elements are no numbers.
    public let element: ElementType
    public let shape: [Int]
    /// How it lies there, for people: "compressed (gzip)".
    public let why: String
    /// Whether the library of its format reads it.
    public let isReadable: Bool

    public init(
        name: String, element: ElementType, shape: [Int], why: String, isReadable: Bool
    ) {
        (self.name, self.element, self.shape) = (name, element, shape)
        (self.why, self.isReadable) = (why, isReadable)
    }

    /// - Returns: `nil` when it runs over.
    public var byteCount: Int? { TensorFile.byteCount(of: shape, element) }
}

/// How a checkpoint file is laid out; raw values are for people and for `--json`.
public enum FileFormat: String, Sendable, CaseIterable {
    case safetensors, gguf, pytorch, hdf5, opaque
}

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
    /// Tensors whose bytes are those of others in `tensors`, or overlap them: tied weights, slices.
    public let views: [Tensor]
    /// Tensors that do not lie in the file row by row.
    public let others: [OtherTensor]

    private init(
        _ format: FileFormat, _ tensors: [Tensor], metadata: [String: String] = [:],
        problem: String? = nil, views: [Tensor] = [], others: [OtherTensor] = []
    ) {
        (self.format, self.tensors, self.metadata) = (format, tensors, metadata)
        (self.problem, self.views, self.others) = (problem, views, others)
    }

    /// Tensors in any order, from a header whose own length and fields were checked.
    static func checked(
        _ format: FileFormat, _ tensors: [Tensor], metadata: [String: String], fileByteCount: Int
    ) -> TensorTable {
        let sorted = tensors.sorted { ($0.offset, $0.end) < ($1.offset, $1.end) }
        var end = 0
        for tensor in sorted {
            guard tensor.offset >= end, tensor.byteCount >= 0,
                tensor.byteCount <= fileByteCount - tensor.offset
            else {
                return .opaque(
                    "tensor '\(tensor.name)' at \(tensor.offset), \(tensor.byteCount) bytes, "
                        + "overlaps another or lies outside of the file")
            }
            end = tensor.end
        }
        return TensorTable(format, sorted, metadata: metadata)
    }

    /// Tensors in any order, of a format in which several may lie in the same bytes. All lie inside
    /// of the file.
    public static func shared(
        _ format: FileFormat, _ tensors: [Tensor], others: [OtherTensor] = [],
        metadata: [String: String] = [:], fileByteCount: Int
    ) -> TensorTable {
        var (own, views, end) = ([Tensor](), [Tensor](), 0)
        // The longest of those that begin together is the one that the others are parts of.
        for tensor in tensors.sorted(by: { ($0.offset, $1.byteCount) < ($1.offset, $0.byteCount) })
        where tensor.offset >= 0 && tensor.byteCount >= 0 && tensor.end <= fileByteCount {
            if tensor.offset >= end {
                own.append(tensor)
                end = tensor.end
            } else {
                views.append(tensor)
            }
        }
        return TensorTable(
            format, own, metadata: metadata, views: views,
            others: others.sorted { $0.name < $1.name })
    }

    public static func opaque(_ problem: String? = nil) -> TensorTable {
        TensorTable(.opaque, [], problem: problem)
    }
}

/// A header is not what its format says.
struct FormatProblem: Error {
    let text: String
    init(_ text: String) { self.text = text }
}

/// Parts of a file that were read; whoever looks for tensors asks for more.
public struct KnownBytes: Sendable {
    public let fileByteCount: Int
    private var parts: [Int: [UInt8]] = [:]

    public init(fileByteCount: Int) { self.fileByteCount = fileByteCount }

    /// - Parameter offset: where a range began that was asked for.
    public mutating func add(_ bytes: [UInt8], at offset: Int) {
        // A shorter range may begin at the same place.
        if bytes.count >= parts[offset]?.count ?? 0 { parts[offset] = bytes }
    }

    /// Bytes that were asked for before; `nil` asks for them.
    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8>? {
        guard let part = parts[range.lowerBound], part.count >= range.count else { return nil }
        return part.prefix(range.count)
    }

    /// The first bytes, as many as are known.
    var start: [UInt8] { parts[0] ?? [] }
}

public enum TensorFile {
    /// More than any header that is known, and small enough to read whole.
    static let headerByteCountMax = 100 << 20

    /// What the bytes of a file say that are known so far.
    public enum Finding: Equatable, Sendable {
        /// Come again with these ranges too; each lies inside of the file.
        case needs([Range<Int>])
        case table(TensorTable)
        /// It begins as HDF5 does, which only its own library reads.
        case hdf5
    }

    /// Enough to tell the format, and for one how long its header is. No more: a file that is stored
    /// elsewhere is fetched in pieces, and the next holds a tensor.
    private static let firstByteCount = 64

    /// Finds the tensors of a file. What is malformed is opaque, with its problem.
    ///
    /// - Parameter known: nothing at first; then what was asked for.
    public static func look(_ known: KnownBytes) -> Finding {
        let fileByteCount = known.fileByteCount
        guard fileByteCount > 8 else { return .table(.opaque()) }
        let start = known.start
        guard start.count >= min(fileByteCount, 16) else {
            return .needs([0..<min(fileByteCount, firstByteCount)])
        }
        do throws(FormatProblem) {
            if start.starts(with: GGUF.magic) {
                return try GGUF.look(start, fileByteCount: fileByteCount)
            }
            if start.starts(with: ZipDirectory.magic) { return try TorchArchive.look(known) }
            if Safetensors.isLikely(start, fileByteCount: fileByteCount) {
                return try Safetensors.look(start, fileByteCount: fileByteCount)
            }
            return start.starts(with: hdf5Signature) ? .hdf5 : .table(.opaque())
        } catch { return .table(.opaque(error.text)) }
    }

    /// Source: HDF5 File Format Specification 3.0, II.A. A file with a user block in front begins
    /// with what its user put there: it is opaque.
    private static let hdf5Signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10]

    /// - Returns: `nil` when the product runs over.
    static func byteCount(of shape: [Int], _ element: ElementType) -> Int? {
        bitCount(of: shape, 8 * element.byteCount).map { $0 / 8 }
    }

    static func bitCount(of shape: [Int], _ elementBitCount: Int) -> Int? {
        var count = elementBitCount
        for dimension in shape {
            let (product, runsOver) = count.multipliedReportingOverflow(by: dimension)
            if runsOver || dimension < 0 { return nil }
            count = product
        }
        return count
    }
}
