/// Writes and reads the tensors of the demo as safetensors: an 8-byte header length, a JSON header,
/// little-endian float32 data. Reads what it writes and what differs from it only in order.
public enum Safetensors {
    public struct FormatError: Error, CustomStringConvertible { public let description: String }

    public static func encode(_ tensors: [Network.Tensor]) -> [UInt8] {
        var entries: [String] = [], offset = 0
        for tensor in tensors {
            let end = offset + 4 * tensor.values.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            entries.append(
                "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(offset),\(end)]}")
            offset = end
        }
        var header = Array("{\(entries.joined(separator: ","))}".utf8)
        while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
        var out = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
        out.reserveCapacity(out.count + offset)
        for value in tensors.flatMap(\.values) {
            let bits = value.bitPattern
            out += (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt32($0))) }
        }
        return out
    }

    public static func decode(_ bytes: [UInt8]) throws(FormatError) -> [Network.Tensor] {
        guard bytes.count >= 8 else {
            throw FormatError(description: "a header of 8 bytes is missing")
        }
        let headerCount = bytes[0..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard headerCount <= UInt64(bytes.count - 8) else {
            throw FormatError(
                description: "the header says \(headerCount) bytes, the file ends first")
        }
        let start = 8 + Int(headerCount)
        var scanner = HeaderScanner(rest: bytes[8..<start])
        let data = bytes[start...]
        var tensors: [Network.Tensor] = []
        while let entry = try scanner.nextEntry() {
            guard entry.end <= data.count, entry.begin <= entry.end,
                entry.end - entry.begin == 4 * entry.shape.reduce(1, *)
            else { throw FormatError(description: "tensor \(entry.name) lies outside the file") }
            let values = stride(from: start + entry.begin, to: start + entry.end, by: 4).map { at in
                Float(
                    bitPattern: (0..<4).reduce(UInt32(0)) {
                        $0 | UInt32(bytes[at + $1]) << (8 * $1)
                    })
            }
            tensors.append(.init(name: entry.name, shape: entry.shape, values: values))
        }
        return tensors
    }

    /// Walks the header's entries; it knows just the JSON that `encode` writes.
    private struct HeaderScanner {
        struct Entry { var name: String, shape: [Int], begin: Int, end: Int }
        var rest: ArraySlice<UInt8>

        private mutating func skip(_ text: String) -> Bool {
            guard rest.starts(with: text.utf8) else { return false }
            rest = rest.dropFirst(text.utf8.count)
            return true
        }

        private mutating func until(_ byte: Character) -> ArraySlice<UInt8> {
            let end = rest.firstIndex(of: byte.asciiValue!) ?? rest.endIndex
            defer { rest = rest[end...] }
            return rest[..<end]
        }

        private mutating func numbers() -> [Int]? {
            let text = String(decoding: until("]"), as: UTF8.self)
            let numbers = text.split(separator: ",").map { Int($0) }
            guard skip("]"), !numbers.contains(where: { $0 == nil || $0! < 0 || $0! > 1 << 32 })
            else {
                return nil
            }
            return numbers.compactMap { $0 }
        }

        mutating func nextEntry() throws(FormatError) -> Entry? {
            if rest.allSatisfy({ $0 == 0x20 || $0 == 0x7D }) { return nil }
            guard skip("{\"") || skip(",\"") else { throw malformed }
            let name = String(decoding: until("\""), as: UTF8.self)
            guard skip("\":{\"dtype\":\"F32\",\"shape\":["), let shape = numbers(),
                skip(",\"data_offsets\":["), let offsets = numbers(), offsets.count == 2, skip("}")
            else { throw malformed }
            return Entry(name: name, shape: shape, begin: offsets[0], end: offsets[1])
        }

        private var malformed: FormatError {
            FormatError(
                description: "the header is not one of float32 tensors as the demo writes it")
        }
    }
}
