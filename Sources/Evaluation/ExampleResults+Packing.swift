extension ExampleResults {
    private static let magic = Array("CXR1".utf8)
    private enum Form: UInt8 { case bits = 0, doubles = 1 }

    /// `CXR1`, the count, the tokens + 1 (0: none), the number of columns; then for each column its
    /// number, its form, its values: a bit for each example, or the bits of a `Double`. Numbers are
    /// little-endian UInt64.
    public var packed: [UInt8] {
        var out = Self.magic
        Self.put(UInt64(count), &out)
        Self.put(tokenCount.map { UInt64($0) + 1 } ?? 0, &out)
        out.append(UInt8(columns.count))
        for (column, values) in columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let isBits = values.allSatisfy { $0.bitPattern == 0 || $0 == 1 }
            out += [column.rawValue, (isBits ? Form.bits : .doubles).rawValue]
            if isBits { Self.putBits(values, &out) } else { Self.putDoubles(values, &out) }
        }
        return out
    }

    /// - Returns: `nil` for bytes that `packed` would not have written.
    public init?(packed bytes: [UInt8]) {
        var reader = Reader(rest: bytes[...])
        guard reader.take(4)?.elementsEqual(Self.magic) == true, let count = reader.number(),
            let tokens = reader.number(), let columnCount = reader.take(1)?.first,
            count <= UInt64(bytes.count) * 8
        else { return nil }
        var columns: [ExampleColumn: [Double]] = [:]
        for _ in 0..<columnCount {
            guard let head = reader.take(2), let column = ExampleColumn(rawValue: head.first!),
                let form = Form(rawValue: head.last!), columns[column] == nil,
                let values = reader.values(form == .bits, count: Int(count))
            else { return nil }
            columns[column] = values
        }
        guard reader.rest.isEmpty, tokens <= UInt64(Int.max) else { return nil }
        self.init(
            count: Int(count), columns: columns, tokenCount: tokens == 0 ? nil : Int(tokens) - 1)
    }

    private static func put(_ number: UInt64, _ out: inout [UInt8]) {
        withUnsafeBytes(of: number.littleEndian) { out.append(contentsOf: $0) }
    }

    private static func putBits(_ values: [Double], _ out: inout [UInt8]) {
        for start in stride(from: 0, to: values.count, by: 8) {
            var byte: UInt8 = 0
            for offset in 0..<min(8, values.count - start) where values[start + offset] == 1 {
                byte |= 1 << UInt8(offset)
            }
            out.append(byte)
        }
    }

    private static func putDoubles(_ values: [Double], _ out: inout [UInt8]) {
        out.reserveCapacity(out.count + 8 * values.count)
        for value in values { put(value.bitPattern, &out) }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard rest.count >= count else { return nil }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }

        mutating func number() -> UInt64? {
            take(8)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }

        mutating func values(_ isBits: Bool, count: Int) -> [Double]? {
            if isBits {
                guard let bytes = take((count + 7) / 8) else { return nil }
                return (0..<count).map { index in
                    bytes[bytes.startIndex + index / 8] >> UInt8(index % 8) & 1 == 1 ? 1 : 0
                }
            }
            guard let bytes = take(8 * count) else { return nil }
            return bytes.withUnsafeBytes { raw in
                (0..<count).map { index in
                    let bits = raw.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
                    return Double(bitPattern: UInt64(littleEndian: bits))
                }
            }
        }
    }
}
