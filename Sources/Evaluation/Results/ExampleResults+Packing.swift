import Compression

extension ExampleResults {
    static let magic = Array("CXR2".utf8)

    /// How a column's values stand in the packed form.
    enum Form: UInt8 {
        case bits = 0, float64 = 1, uint8 = 2, int32 = 3, float32 = 4, scaled = 5
    }

    /// `CXR2`, the count, the tokens + 1 (0: none), the number of columns; then for each column, by
    /// name, the name's length and the name, its form, its values. The column `present` has a bit for
    /// each example that was answered; without it all were. Numbers are little-endian UInt64.
    ///
    /// `scaled` is the bits of a factor and the name of the column that it multiplies. All other forms
    /// are `PackedBytes`.
    public var packed: [UInt8] { packed(workerCount: 1) }

    /// - Parameter workerCount: threads; the bytes are the same for any number.
    public func packed(workerCount: Int) -> [UInt8] {
        var out = ByteChunks()
        out.head = Self.magic
        out.head.put(UInt64(count))
        out.head.put(tokenCount.map { UInt64($0) + 1 } ?? 0)
        var all = columns
        if let present { all[Self.presence] = .bits(present) }
        out.head.put(UInt64(all.count))
        for (column, values) in all.sorted(by: { $0.key < $1.key }) {
            out.head.put(column.name)
            switch values {
            case .bits(let bits): Self.put(.bits, bits.bytes, 1, workerCount, &out)
            case .uint8(let values): Self.put(.uint8, values, 1, workerCount, &out)
            case .int32(let values): Self.put(.int32, values, 4, workerCount, &out)
            case .float32(let values): Self.put(.float32, values, 4, workerCount, &out)
            case .float64(let values): Self.put(.float64, values, 8, workerCount, &out)
            case .scaled(let base, let factor):
                out.head.append(Form.scaled.rawValue)
                out.head.put(factor.bitPattern)
                out.head.put(base.name)
            }
        }
        return out.joined(workerCount: workerCount)
    }

    static let presence = ExampleColumn("present")

    private static func put<Value>(
        _ form: Form, _ values: [Value], _ width: Int, _ workerCount: Int,
        _ out: inout ByteChunks
    ) {
        out.head.append(form.rawValue)
        values.withUnsafeBytes { bytes in
            PackedBytes.pack(
                bytes, elementByteCount: width, workerCount: workerCount, into: &out)
        }
    }
}

extension ExampleResults {
    /// - Returns: `nil` for bytes that `packed`, now or in its first form, would not have written.
    public init?(packed bytes: [UInt8]) {
        if bytes.starts(with: Self.firstMagic) {
            self.init(firstForm: bytes)
            return
        }
        var reader = PackedReader(rest: bytes[...])
        guard reader.take(4)?.elementsEqual(Self.magic) == true, let size = reader.number(),
            let tokens = reader.number(), let columnCount = reader.number(),
            tokens <= UInt64(Int.max),
            let count = Int(exactly: size), count <= Self.countMax
        else { return nil }
        var columns: [ExampleColumn: ExampleValues] = [:]
        for _ in 0..<columnCount {
            guard let name = reader.text(), columns[ExampleColumn(name)] == nil,
                let values = Self.values(&reader, count)
            else { return nil }
            columns[ExampleColumn(name)] = values
        }
        guard reader.rest.isEmpty, Self.areScalesOfKept(columns) else { return nil }
        var present: ExampleBits?
        if let values = columns.removeValue(forKey: Self.presence) {
            guard case .bits(let bits) = values else { return nil }
            present = bits
        }
        self.init(
            count: count, values: columns, present: present,
            tokenCount: tokens == 0 ? nil : Int(tokens) - 1)
    }

    /// Places are Int32.
    private static let countMax = Int(Int32.max)

    private static func values(_ reader: inout PackedReader, _ count: Int) -> ExampleValues? {
        guard let form = reader.take(1)?.first.flatMap(Form.init) else { return nil }
        switch form {
        case .bits:
            return reader.unpacked((count + 7) / 8, of: UInt8.self)
                .flatMap { ExampleBits(bytes: $0, count: count) }.map { .bits($0) }
        case .uint8: return reader.unpacked(count, of: UInt8.self).map { .uint8($0) }
        case .int32: return reader.unpacked(count, of: Int32.self).map { .int32($0) }
        case .float32: return reader.unpacked(count, of: Float.self).map { .float32($0) }
        case .float64: return reader.unpacked(count, of: Double.self).map { .float64($0) }
        case .scaled:
            guard let bits = reader.number(), let base = reader.text() else { return nil }
            return .scaled(ExampleColumn(base), by: Double(bitPattern: bits))
        }
    }

    /// What a scaled column multiplies is there, and not scaled itself.
    private static func areScalesOfKept(_ columns: [ExampleColumn: ExampleValues]) -> Bool {
        columns.values.allSatisfy { values in
            guard case .scaled(let base, _) = values else { return true }
            return columns[base]?.count != nil
        }
    }
}

extension [UInt8] {
    mutating func put(_ number: UInt64) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }

    mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
