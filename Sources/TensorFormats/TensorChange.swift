import CairnCore

/// How far one tensor is from another of its shape and type, added up over its pieces.
public struct TensorChange: Equatable, Sendable {
    public private(set) var elementCount = 0
    /// Elements with other bits.
    public private(set) var changedCount = 0
    private var differenceSquares = 0.0
    private var beforeSquares = 0.0
    /// A number is not finite, in one or the other.
    public private(set) var hasNonFinite = false

    public init() {}

    /// ‖after − before‖ / ‖before‖, Euclidean; `nil` where there is no number to it.
    public var relativeDistance: Double? {
        guard !hasNonFinite, beforeSquares > 0 else { return nil }
        return (differenceSquares / beforeSquares).squareRoot()
    }

    /// The same piece before and after; as many bytes.
    public mutating func add(
        _ before: UnsafeRawBufferPointer, _ after: UnsafeRawBufferPointer, _ element: ElementType
    ) {
        precondition(before.count == after.count)
        switch element {
        case .bfloat16:
            add(before, after, UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
        case .float16: add(before, after, UInt16.self, Self.half)
        case .float32, .complex64:
            add(before, after, UInt32.self) { Double(Float(bitPattern: $0)) }
        case .float64: add(before, after, UInt64.self) { Double(bitPattern: $0) }
        case .int8: add(before, after, UInt8.self) { Double(Int8(bitPattern: $0)) }
        case .int16: add(before, after, UInt16.self) { Double(Int16(bitPattern: $0)) }
        case .int32: add(before, after, UInt32.self) { Double(Int32(bitPattern: $0)) }
        case .int64: add(before, after, UInt64.self) { Double(Int64(bitPattern: $0)) }
        case .uint16: add(before, after, UInt16.self) { Double($0) }
        case .uint32: add(before, after, UInt32.self) { Double($0) }
        case .uint64: add(before, after, UInt64.self) { Double($0) }
        case .uint8, .bool: add(before, after, UInt8.self) { Double($0) }
        // Without a number to each byte only the bits are compared.
        case .opaque, .quantized, .float8e4m3, .float8e5m2:
            add(before, after, UInt8.self) { _ in 0 }
        }
    }

    private mutating func add<Word: FixedWidthInteger>(
        _ before: UnsafeRawBufferPointer, _ after: UnsafeRawBufferPointer, _: Word.Type,
        _ value: (Word) -> Double
    ) {
        let width = MemoryLayout<Word>.size
        for offset in stride(from: 0, through: before.count - width, by: width) {
            let a = before.loadUnaligned(fromByteOffset: offset, as: Word.self).littleEndian
            let b = after.loadUnaligned(fromByteOffset: offset, as: Word.self).littleEndian
            elementCount += 1
            let (x, y) = (value(a), value(b))
            beforeSquares += x * x
            if a == b { continue }
            changedCount += 1
            differenceSquares += (y - x) * (y - x)
            if !x.isFinite || !y.isFinite { hasNonFinite = true }
        }
    }

    private static func half(_ bits: UInt16) -> Double {
        let sign: Double = bits & 0x8000 == 0 ? 1 : -1
        let (exponent, mantissa) = (Int(bits >> 10 & 31), Double(bits & 1_023))
        if exponent == 31 { return mantissa == 0 ? sign * .infinity : .nan }
        let significand = exponent == 0 ? mantissa / 1_024 : 1 + mantissa / 1_024
        return sign
            * Double(sign: .plus, exponent: max(exponent, 1) - 15, significand: significand)
    }
}
