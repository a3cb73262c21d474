import CairnCore

/// safetensors: a length of 8 bytes, a JSON header, the tensors' bytes.
///
/// Source: the format's README, "Format"; limits as its reference implementation has them.
enum Safetensors {
    /// A header's length leaves the upper bytes zero, and its text begins with a brace.
    static func isLikely(_ start: [UInt8], fileByteCount: Int) -> Bool {
        let length = headerByteCount(start)
        return start[8] == UInt8(ascii: "{") && length > 1 && length <= fileByteCount - 8
    }

    private static func headerByteCount(_ start: [UInt8]) -> Int {
        start[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    static func look(
        _ start: [UInt8], fileByteCount: Int
    ) throws(FormatProblem) -> TensorFile.Finding {
        let length = headerByteCount(start)
        guard length <= TensorFile.headerByteCountMax else {
            throw FormatProblem("a safetensors header of \(length) bytes; 100 MB is most")
        }
        guard start.count >= 8 + length else { return .needs(byteCount: 8 + length) }
        let text = start[8..<8 + length]
        let header: JSONText
        do throws(JSONError) {
            header = try JSONText(parsing: String(decoding: text, as: UTF8.self))
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
                metadata = self.metadata(member.value)
            } else {
                tensors.append(try tensor(member.name, member.value, dataStart: 8 + length))
            }
        }
        return .table(
            .checked(.safetensors, tensors, metadata: metadata, fileByteCount: fileByteCount))
    }

    private static func metadata(_ value: JSONText) -> [String: String] {
        guard case .object(let members) = value else { return [:] }
        var metadata: [String: String] = [:]
        for member in members {
            if case .string(let text) = member.value { metadata[member.name] = text }
        }
        return metadata
    }

    private static let elements = Dictionary(
        uniqueKeysWithValues: ElementType.allCases.filter { $0 != .opaque && $0 != .quantized }
            .map { ($0.name, $0) })

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
        // A type that came after this program is a run of bytes.
        let element = elements[type] ?? .opaque
        let byteCount = offsets[1] - offsets[0]
        guard element == .opaque || TensorFile.byteCount(of: shape, element) == byteCount else {
            throw FormatProblem(
                "tensor '\(name)' has \(byteCount) bytes, not those of \(type) \(shape)")
        }
        return Tensor(
            name: name, element: element, shape: shape, offset: dataStart + offsets[0],
            byteCount: byteCount)
    }
}
