extension ExampleResults {
    static let firstMagic = Array("CXR1".utf8)

    /// The columns of the first form, by their numbers.
    private static let firstColumns: [UInt8: ExampleColumn] = [
        1: .correct, 2: .logLoss, 3: .squaredError, 4: .absoluteError, 5: .negativeLogLikelihood,
    ]

    /// `CXR1`, the count, the tokens + 1 (0: none), the number of columns (one byte); then for each
    /// column its number, its form (0: a bit for each example, 1: the bits of a `Double`), its values.
    /// Nothing is compressed.
    init?(firstForm bytes: [UInt8]) {
        var reader = PackedReader(rest: bytes[...])
        guard reader.take(4)?.elementsEqual(Self.firstMagic) == true, let count = reader.number(),
            let tokens = reader.number(), let columnCount = reader.take(1)?.first,
            count <= UInt64(bytes.count) * 8, tokens <= UInt64(Int.max)
        else { return nil }
        var columns: [ExampleColumn: ExampleValues] = [:]
        for _ in 0..<columnCount {
            guard let head = reader.take(2), let column = Self.firstColumns[head.first!],
                columns[column] == nil, head.last! <= 1,
                let values = Self.firstValues(&reader, isBits: head.last! == 0, Int(count))
            else { return nil }
            columns[column] = values
        }
        guard reader.rest.isEmpty else { return nil }
        self.init(
            count: Int(count), values: columns, tokenCount: tokens == 0 ? nil : Int(tokens) - 1)
    }

    private static func firstValues(_ reader: inout PackedReader, isBits: Bool, _ count: Int)
        -> ExampleValues?
    {
        if isBits {
            return reader.take((count + 7) / 8)
                .flatMap { ExampleBits(bytes: Array($0), count: count) }.map { .bits($0) }
        }
        guard let bytes = reader.take(8 * count) else { return nil }
        let values = bytes.withUnsafeBytes { raw in
            (0..<count).map { index in
                let bits = raw.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
                return Double(bitPattern: UInt64(littleEndian: bits))
            }
        }
        return .float64(values)
    }
}
