import CairnCore

/// GGUF, versions 2 and 3, little-endian: metadata, tensor infos, aligned tensors.
///
/// Source: the GGUF specification, "File Structure".
enum GGUF {
    static let magic = Array("GGUF".utf8)
    private static let usualAlignment = 32

    static func look(
        _ start: [UInt8], fileByteCount: Int
    ) throws(FormatProblem) -> TensorFile.Finding {
        var reader = Reader(bytes: start)
        do {
            return .table(try reader.table(fileByteCount: fileByteCount))
        } catch let problem as FormatProblem {
            throw problem
        } catch {
            // How long the header is only its end tells.
            guard start.count < min(fileByteCount, TensorFile.headerByteCountMax) else {
                throw FormatProblem("the GGUF header does not end in the file, or in 100 MB")
            }
            let more = min(
                max(64 << 10, 4 * start.count), fileByteCount, TensorFile.headerByteCountMax)
            return .needs([0..<more])
        }
    }

    private struct Reader {
        struct EndsEarly: Error {}

        let bytes: [UInt8]
        var at = 4

        mutating func number<Number: FixedWidthInteger>(_: Number.Type) throws -> Number {
            let width = MemoryLayout<Number>.size
            guard bytes.count - at >= width else { throw EndsEarly() }
            defer { at += width }
            return bytes.withUnsafeBytes {
                Number(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: Number.self))
            }
        }

        mutating func count(atMost most: Int) throws -> Int {
            let value = try number(UInt64.self)
            guard value <= UInt64(most) else {
                throw FormatProblem("a count of \(value) in the GGUF header; \(most) is most")
            }
            return Int(value)
        }

        mutating func text() throws -> String {
            let length = try count(atMost: TensorFile.headerByteCountMax)
            guard bytes.count - at >= length else { throw EndsEarly() }
            defer { at += length }
            return String(decoding: bytes[at..<at + length], as: UTF8.self)
        }

        mutating func skip(_ count: Int) throws {
            guard bytes.count - at >= count else { throw EndsEarly() }
            at += count
        }

        mutating func table(fileByteCount: Int) throws -> TensorTable {
            let version = try number(UInt32.self)
            guard (2...3).contains(version) else {
                throw FormatProblem("GGUF version \(version); 2 and 3 are known")
            }
            // A tensor info takes 32 bytes or more, a pair of metadata 13.
            let tensorCount = try count(atMost: TensorFile.headerByteCountMax / 32)
            let pairCount = try count(atMost: TensorFile.headerByteCountMax / 13)
            var (metadata, alignment) = ([String: String](), GGUF.usualAlignment)
            for _ in 0..<pairCount {
                let key = try text()
                let value = try value(of: try number(UInt32.self), depth: 0)
                if let value { metadata[key] = value }
                if key == "general.alignment", let stated = value.flatMap({ Int($0) }) {
                    guard stated > 0, stated % 8 == 0, stated <= 1 << 20 else {
                        throw FormatProblem("a GGUF alignment of \(stated)")
                    }
                    alignment = stated
                }
            }
            var infos: [(name: String, shape: [Int], type: UInt32, offset: Int)] = []
            for _ in 0..<tensorCount { infos.append(try info()) }
            let start = (at + alignment - 1) / alignment * alignment
            return TensorTable.checked(
                .gguf, try infos.map { try tensor($0, start: start) }, metadata: metadata,
                fileByteCount: fileByteCount)
        }

        private mutating func info() throws
            -> (name: String, shape: [Int], type: UInt32, offset: Int)
        {
            let name = try text()
            let rank = try number(UInt32.self)
            guard rank <= 8 else { throw FormatProblem("tensor '\(name)' has \(rank) dimensions") }
            // The innermost comes first here.
            var shape: [Int] = []
            for _ in 0..<rank { shape.append(try count(atMost: 1 << 48)) }
            let type = try number(UInt32.self)
            return (name, shape.reversed(), type, try count(atMost: 1 << 56))
        }

        private func tensor(
            _ info: (name: String, shape: [Int], type: UInt32, offset: Int), start: Int
        ) throws -> Tensor {
            let type = GGUF.types[info.type]
            guard let elementCount = TensorFile.byteCount(of: info.shape, .uint8),
                let type, elementCount % type.perBlock == 0,
                case let blocks = elementCount / type.perBlock,
                blocks <= Int.max / 256 / 2
            else {
                throw FormatProblem("tensor '\(info.name)' of type \(info.type), \(info.shape)")
            }
            return Tensor(
                name: info.name, element: type.element, shape: info.shape,
                offset: start + info.offset, byteCount: blocks * type.blockByteCount)
        }

        /// - Returns: the text of a scalar, `nil` for lists.
        private mutating func value(of type: UInt32, depth: Int) throws -> String? {
            switch type {
            case 0: return "\(try number(UInt8.self))"
            case 1: return "\(try number(Int8.self))"
            case 2: return "\(try number(UInt16.self))"
            case 3: return "\(try number(Int16.self))"
            case 4: return "\(try number(UInt32.self))"
            case 5: return "\(try number(Int32.self))"
            case 6: return "\(Float(bitPattern: try number(UInt32.self)))"
            case 7: return try number(UInt8.self) == 0 ? "false" : "true"
            case 8: return try text()
            case 10: return "\(try number(UInt64.self))"
            case 11: return "\(try number(Int64.self))"
            case 12: return "\(Double(bitPattern: try number(UInt64.self)))"
            case 9:
                guard depth < 4 else { throw FormatProblem("GGUF lists five levels deep") }
                let type = try number(UInt32.self)
                let count = try count(atMost: TensorFile.headerByteCountMax)
                if let width = GGUF.scalarByteCounts[type] {
                    try skip(count * width)
                } else {
                    for _ in 0..<count { _ = try value(of: type, depth: depth + 1) }
                }
                return nil
            default: throw FormatProblem("GGUF metadata of type \(type)")
            }
        }
    }

    private static let scalarByteCounts: [UInt32: Int] = [
        0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8,
    ]

    private struct BlockType {
        let element: ElementType
        let perBlock: Int
        let blockByteCount: Int

        init(_ element: ElementType) {
            (self.element, perBlock, blockByteCount) = (element, 1, element.byteCount)
        }

        init(quantized blockByteCount: Int, per count: Int) {
            (element, perBlock, self.blockByteCount) = (.quantized, count, blockByteCount)
        }
    }

    /// Source: ggml's table of type traits.
    private static let types: [UInt32: BlockType] = [
        0: BlockType(.float32), 1: BlockType(.float16), 24: BlockType(.int8),
        25: BlockType(.int16), 26: BlockType(.int32), 27: BlockType(.int64),
        28: BlockType(.float64), 30: BlockType(.bfloat16),
        2: BlockType(quantized: 18, per: 32), 3: BlockType(quantized: 20, per: 32),
        6: BlockType(quantized: 22, per: 32), 7: BlockType(quantized: 24, per: 32),
        8: BlockType(quantized: 34, per: 32), 9: BlockType(quantized: 36, per: 32),
        10: BlockType(quantized: 84, per: 256), 11: BlockType(quantized: 110, per: 256),
        12: BlockType(quantized: 144, per: 256), 13: BlockType(quantized: 176, per: 256),
        14: BlockType(quantized: 210, per: 256), 15: BlockType(quantized: 292, per: 256),
    ]
}
