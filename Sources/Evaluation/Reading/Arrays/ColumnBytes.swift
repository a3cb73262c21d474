/// The bytes of a column in memory.
///
/// Numbers that are measured as they lie in the file are read to where they are measured, without a copy.
enum ColumnBytes: Sendable {
    case raw(RawBytes)
    case floats([Float])
    case doubles([Double])

    /// Reads them from a file.
    ///
    /// - Parameter isPlain: whether they lie there as in memory, one row behind the other.
    init(
        _ source: any ByteSource, at offset: Int, count: Int, _ element: ArrayElement,
        _ field: ArrayField, isPlain: Bool, _ part: String?
    ) throws(InputError) {
        let isNumber = field == .number || field == .numbers
        switch (element.kind, element.width) {
        case (.float, 4) where isPlain && isNumber:
            self = .floats(try Self.values(source, offset, count, part))
        case (.float, 8) where isPlain && isNumber:
            self = .doubles(try Self.values(source, offset, count, part))
        default:
            let raw = RawBytes(count * element.width)
            try source.readWhole(at: offset, into: raw.buffer, part)
            self = .raw(raw)
        }
    }

    private static func values<Value: BitwiseCopyable>(
        _ source: any ByteSource, _ offset: Int, _ count: Int, _ part: String?
    ) throws(InputError) -> [Value] {
        var problem: InputError?
        let values = [Value](unsafeUninitializedCapacity: count) { values, initialized in
            do throws(InputError) {
                try source.readWhole(at: offset, into: UnsafeMutableRawBufferPointer(values), part)
                initialized = count
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return values
    }

    var byteCount: Int {
        switch self {
        case .raw(let raw): raw.buffer.count
        case .floats(let values): 4 * values.count
        case .doubles(let values): 8 * values.count
        }
    }

    /// For those who look at single elements.
    var raw: RawBytes {
        switch self {
        case .raw(let raw): raw
        case .floats(let values): values.withUnsafeBytes { RawBytes(copying: $0) }
        case .doubles(let values): values.withUnsafeBytes { RawBytes(copying: $0) }
        }
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        switch self {
        case .raw(let raw): body(raw.bytes)
        case .floats(let values): values.withUnsafeBytes(body)
        case .doubles(let values): values.withUnsafeBytes(body)
        }
    }
}
