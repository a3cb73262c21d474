import CairnCore

/// Writes numbers, little-endian, and bytes with their lengths.
public struct SketchWriter {
    private var bytes: [UInt8] = []

    init() {}

    mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Seven bits a byte, the lowest first.
    mutating func count(_ value: Int) {
        precondition(value >= 0, "a count of \(value)")
        var rest = UInt64(value)
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func word(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func number(_ value: Double) { word(value.bitPattern) }

    mutating func short(_ value: Float) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func nested(_ encoded: [UInt8]) {
        count(encoded.count)
        bytes.append(contentsOf: encoded)
    }

    /// The bytes with their checksum behind them.
    var sealed: [UInt8] { bytes + Digest(of: bytes).bytes.prefix(SketchReader.sealByteCount) }
}

/// Reads what a `SketchWriter` wrote; never past the end, and never more than is there.
public struct SketchReader {
    static let sealByteCount = 8

    private var rest: ArraySlice<UInt8>

    init(sealed bytes: [UInt8]) throws(SketchError) {
        let body = bytes.dropLast(Self.sealByteCount)
        let seal = bytes.suffix(Self.sealByteCount)
        guard bytes.count > Self.sealByteCount,
            Digest(of: Array(body)).bytes.prefix(Self.sealByteCount).elementsEqual(seal)
        else { throw SketchError(.damaged, "\(bytes.count) bytes whose checksum is another") }
        rest = body
    }

    mutating func byte() throws(SketchError) -> UInt8 {
        guard let value = rest.popFirst() else { throw Self.short() }
        return value
    }

    mutating func count(atMost limit: Int = 1 << 60) throws(SketchError) -> Int {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 63, by: 7) {
            let next = try byte()
            value |= UInt64(next & 0x7F) << shift
            guard next < 0x80 else { continue }
            guard value <= UInt64(limit) else {
                throw SketchError(.damaged, "a count of \(value), where at most \(limit) can be")
            }
            return Int(value)
        }
        throw SketchError(.damaged, "a count of more than nine bytes")
    }

    mutating func word() throws(SketchError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            value |= UInt64(try byte()) << shift
        }
        return value
    }

    /// A number; NaN is never stored.
    mutating func number() throws(SketchError) -> Double {
        try checked(Double(bitPattern: try word()))
    }

    mutating func short() throws(SketchError) -> Double {
        var bits: UInt32 = 0
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bits |= UInt32(try byte()) << shift
        }
        return try checked(Double(Float(bitPattern: bits)))
    }

    mutating func nested(atMost limit: Int = .max) throws(SketchError) -> [UInt8] {
        Array(try take(try count(atMost: min(limit, rest.count))))
    }

    func end() throws(SketchError) {
        guard rest.isEmpty else { throw SketchError(.damaged, "\(rest.count) bytes too many") }
    }

    private mutating func take(_ count: Int) throws(SketchError) -> ArraySlice<UInt8> {
        guard rest.count >= count else { throw Self.short() }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private func checked(_ value: Double) throws(SketchError) -> Double {
        guard !value.isNaN else { throw SketchError(.damaged, "a NaN, which is never stored") }
        return value
    }

    private static func short() -> SketchError {
        SketchError(.damaged, "the bytes end too early")
    }
}
