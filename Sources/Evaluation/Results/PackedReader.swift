/// Takes bytes from the front.
struct PackedReader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func number() -> UInt64? {
        take(8)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text() -> String? {
        guard let count = number(), count <= 4_096, let bytes = take(Int(count)) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter count: of values, which a small number of bytes can stand for.
    mutating func unpacked<Value: BitwiseCopyable & Numeric>(_ count: Int, of type: Value.Type)
        -> [Value]?
    {
        // What was written takes at least a byte for each part.
        guard count * MemoryLayout<Value>.size / 65_536 <= rest.count * 16 + 16 else { return nil }
        var values = [Value](repeating: 0, count: count)
        let isWhole = values.withUnsafeMutableBytes {
            PackedBytes.unpack(&self, into: $0, elementByteCount: MemoryLayout<Value>.size)
        }
        return isWhole ? values : nil
    }
}
