import Metrics

extension ClassMeter {
    /// What is kept of each row.
    static func describe(
        _ answers: ClassAnswers, _ truth: ClassColumn, _ context: BlockContext,
        _ columns: inout BlockColumns
    ) {
        columns.set(.correct) { .bits(matches(answers.predicted, truth)) }
        columns.set(.predicted) {
            switch answers.predicted {
            case .uint8(let values): .uint8(values)
            case .int32(let values): .int32(values)
            }
        }
        guard let scores = answers.scores, let positive = context.positive else { return }
        columns.set(.signedScore) { signed(scores, truth, positive) }
    }

    private static func matches(_ predicted: ClassColumn, _ truth: ClassColumn) -> ExampleBits {
        guard case .uint8(let a) = predicted, case .uint8(let b) = truth else {
            return ExampleBits((0..<truth.count).map { predicted[$0] == truth[$0] })
        }
        let bytes = a.withUnsafeBytes { a in
            b.withUnsafeBytes { b in
                [UInt8](unsafeUninitializedCapacity: (a.count + 7) / 8) { out, count in
                    for place in 0..<a.count / 8 {
                        out[place] = equalBits(
                            a.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self),
                            b.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self))
                    }
                    count = (a.count + 7) / 8
                    guard a.count % 8 > 0 else { return }
                    var byte: UInt8 = 0
                    for bit in 0..<a.count % 8 {
                        let row = a.count / 8 * 8 + bit
                        byte |= (a[row] == b[row] ? 1 : 0) << UInt8(bit)
                    }
                    out[count - 1] = byte
                }
            }
        }
        return ExampleBits(whole: bytes, count: a.count)
    }

    /// A bit for each of eight bytes, the first one lowest: whether they are alike.
    private static func equalBits(_ a: UInt64, _ b: UInt64) -> UInt8 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let differing = a.littleEndian ^ b.littleEndian
        // The high bit of each byte that differs; no sum carries into the next byte.
        let marks = (((differing & low) &+ low) | differing) & ~low
        // Multiplied so that the eight bits stand side by side in the highest byte.
        let bits = ((marks &>> 7) &* 0x0102_0408_1020_4080) &>> 56
        return ~UInt8(truncatingIfNeeded: bits)
    }

    private static func signed(_ scores: ScoreColumn, _ truth: ClassColumn, _ positive: Int)
        -> ExampleValues
    {
        let isPositive = truth.isClass(positive)
        switch scores {
        case .float32(let values):
            return .float32(values.indices.map { isPositive[$0] == 1 ? values[$0] : -values[$0] })
        case .float64(let values):
            return .float64(values.indices.map { isPositive[$0] == 1 ? values[$0] : -values[$0] })
        }
    }
}
