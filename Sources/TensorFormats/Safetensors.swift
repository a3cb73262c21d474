import CairnCore
import Compression

/// safetensors: a length of 8 bytes, a JSON header, the tensors' bytes.
///
/// Source: the format's README, "Format"; limits as its reference implementation has them.
public enum Safetensors {
    /// A header's length leaves the upper bytes zero, and its text begins with a brace.
    static func isLikely(_ start: [UInt8], fileByteCount: Int) -> Bool {
        let length = headerByteCount(start)
        let first = start[8...].first { $0 != UInt8(ascii: " ") }
        return first == UInt8(ascii: "{") && length > 1 && length <= fileByteCount - 8
    }

    private static func headerByteCount(_ start: [UInt8]) -> Int {
        Little.number(start[...], 0, 8)
    }

    static func look(
        _ start: [UInt8], fileByteCount: Int
    ) throws(FormatProblem) -> TensorFile.Finding {
        let length = headerByteCount(start)
        guard length <= TensorFile.headerByteCountMax else {
            throw FormatProblem("a safetensors header of \(length) bytes; 100 MB is most")
        }
        guard start.count >= 8 + length else { return .needs([0..<8 + length]) }
        let text = start[8..<8 + length]
        let header: JSONText
        guard let text = String(validating: text, as: UTF8.self) else {
            throw FormatProblem("the safetensors header is not UTF-8")
        }
        do throws(JSONError) {
            header = try JSONText(parsing: text)
        } catch { throw FormatProblem("the safetensors header is \(error.description)") }
        guard case .object(let members) = header else {
            throw FormatProblem("the safetensors header is no JSON object")
        }
        var (tensors, metadata, names) = ([Tensor](), [String: String](), Set<String>())
        for member in members {
            guard names.insert(member.name).inserted else {
                throw FormatProblem("tensor '\(member.name)' occurs twice")
            }
            if member.name == "__metadata__" {
                metadata = try self.metadata(member.value)
            } else {
                tensors.append(try tensor(member.name, member.value, dataStart: 8 + length))
            }
        }
        let table = TensorTable.checked(
            .safetensors, tensors, metadata: metadata, fileByteCount: fileByteCount)
        let covered = tensors.reduce(8 + length) { $0 &+ $1.byteCount }
        guard table.format == .opaque || covered == fileByteCount else {
            throw FormatProblem(
                "the safetensors header accounts for \(covered) of \(fileByteCount) bytes")
        }
        return .table(table)
    }

    private static func metadata(_ value: JSONText) throws(FormatProblem) -> [String: String] {
        guard case .object(let members) = value else {
            throw FormatProblem("__metadata__ is no JSON object")
        }
        var metadata: [String: String] = [:]
        for member in members {
            guard case .string(let text) = member.value else {
                throw FormatProblem("'\(member.name)' of __metadata__ is no text")
            }
            metadata[member.name] = text
        }
        return metadata
    }

    private static let elements = Dictionary(
        uniqueKeysWithValues: ElementType.allCases.filter { $0 != .opaque && $0 != .quantized }
            .map { ($0.name, $0) })

    /// Types whose elements are kept as bytes, with the bits of an element.
    private static let opaqueBitCounts = ["F8_E8M0": 8, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6]

    private static func tensor(
        _ name: String, _ value: JSONText, dataStart: Int
    ) throws(FormatProblem) -> Tensor {
        guard case .object(let members) = value else {
            throw FormatProblem("tensor '\(name)' is no JSON object")
        }
        func member(_ key: String) -> JSONText? { members.first { $0.name == key }?.value }
        func numbers(_ key: String) -> [Int]? {
            guard case .array(let items) = member(key) else { return nil }
            let numbers = items.compactMap { item -> Int? in
                if case .integer(let number) = item { Int(exactly: number) } else { nil }
            }
            return numbers.count == items.count && numbers.allSatisfy { $0 >= 0 } ? numbers : nil
        }
        guard case .string(let type) = member("dtype"), let shape = numbers("shape"),
            let offsets = numbers("data_offsets"), offsets.count == 2, offsets[0] <= offsets[1],
            offsets[1] <= Int.max - dataStart
        else { throw FormatProblem("tensor '\(name)' lacks dtype, shape or data_offsets") }
        guard let bitCount = elements[type].map({ 8 * $0.byteCount }) ?? opaqueBitCounts[type]
        else { throw FormatProblem("tensor '\(name)' is of type '\(type)', which is not known") }
        let byteCount = offsets[1] - offsets[0]
        guard let bits = TensorFile.bitCount(of: shape, bitCount), bits % 8 == 0,
            bits / 8 == byteCount
        else {
            throw FormatProblem(
                "tensor '\(name)' has \(byteCount) bytes, not those of \(type) \(shape)")
        }
        return Tensor(
            name: name, element: elements[type] ?? .opaque, shape: shape,
            offset: dataStart + offsets[0],
            byteCount: byteCount)
    }
}
