/// What the elements of a tensor are.
///
/// Raw values are on the wire and in packs; they are never given to something else.
public enum ElementType: UInt8, Sendable, CaseIterable {
    /// Bytes whose meaning is not known.
    case opaque = 0
    case float16 = 1, bfloat16 = 2, float32 = 3, float64 = 4
    case float8e4m3 = 5, float8e5m2 = 6
    case int8 = 7, uint8 = 8, int16 = 9, uint16 = 10, int32 = 11, uint32 = 12, int64 = 13
    case uint64 = 14, bool = 15
    case complex64 = 16
    /// Blocks of GGML's quantized types.
    case quantized = 17

    /// Of one element; 1 where elements are not told apart.
    public var byteCount: Int {
        switch self {
        case .opaque, .float8e4m3, .float8e5m2, .int8, .uint8, .bool, .quantized: 1
        case .float16, .bfloat16, .int16, .uint16: 2
        case .float32, .int32, .uint32: 4
        case .float64, .int64, .uint64, .complex64: 8
        }
    }

    /// Explicit mantissa bits of a floating-point type; `nil` for others.
    public var mantissaBitCount: Int? {
        switch self {
        case .float16: 10
        case .bfloat16: 7
        case .float32, .complex64: 23
        case .float64: 52
        case .float8e4m3: 3
        case .float8e5m2: 2
        case .opaque, .int8, .uint8, .int16, .uint16, .int32, .uint32, .int64, .uint64, .bool,
            .quantized:
            nil
        }
    }

    public var isFloat: Bool { mantissaBitCount != nil }

    /// As safetensors writes it: `BF16`, `F32`, `I64`.
    public var name: String {
        switch self {
        case .opaque: "OPAQUE"
        case .float16: "F16"
        case .bfloat16: "BF16"
        case .float32: "F32"
        case .float64: "F64"
        case .float8e4m3: "F8_E4M3"
        case .float8e5m2: "F8_E5M2"
        case .int8: "I8"
        case .uint8: "U8"
        case .int16: "I16"
        case .uint16: "U16"
        case .int32: "I32"
        case .uint32: "U32"
        case .int64: "I64"
        case .uint64: "U64"
        case .bool: "BOOL"
        case .complex64: "C64"
        case .quantized: "QUANTIZED"
        }
    }
}
