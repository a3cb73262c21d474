/// Errors of transcriptions, character by character: CER.
///
/// Characters are code points; white space at both ends does not count, that between words does.
/// Source of conventions: jiwer 4.0.
public struct CharacterErrors: TextMetric, Equatable {
    public struct Counts<Integer: FixedWidthInteger & Sendable>: Sendable, Equatable {
        public var errorCount: Integer = 0
        /// Characters of references.
        public var referenceCount: Integer = 0

        /// CER: errors by characters of references.
        public var errorRate: Double {
            get throws(MetricError) {
                guard referenceCount > 0 else {
                    throw .insufficientData("no reference has a character")
                }
                return Double(errorCount) / Double(referenceCount)
            }
        }
    }

    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var sum = Counts<Int>()
    /// In the order in which they were added, if they are kept.
    public private(set) var examples: [Counts<Int32>] = []

    public init(keepsExamples: Bool = true) { self.keepsExamples = keepsExamples }

    public var emptied: CharacterErrors { CharacterErrors(keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let reference = PythonText.stripped(
                    String(decoding: try all.reference(row), as: UTF8.self))
                let hypothesis = PythonText.stripped(
                    String(decoding: all.own[row], as: UTF8.self))
                add(
                    Counts(
                        errorCount: Int32(SlowAlignment.distance(hypothesis, reference)),
                        referenceCount: Int32(reference.count)))
            }
        }
    }

    private mutating func add(_ example: Counts<Int32>) {
        count += 1
        sum.errorCount += Int(example.errorCount)
        sum.referenceCount += Int(example.referenceCount)
        if keepsExamples { examples.append(example) }
    }

    public mutating func merge(_ other: CharacterErrors) {
        count += other.count
        sum.errorCount += other.sum.errorCount
        sum.referenceCount += other.sum.referenceCount
        examples += other.examples
    }
}
