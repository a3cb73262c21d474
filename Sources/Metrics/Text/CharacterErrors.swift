/// Errors of transcriptions, character by character: CER.
///
/// Characters are code points; white space at both ends does not count, that between words does.
/// Source of conventions: jiwer 4.0.
public struct CharacterErrors: TextMetric, Equatable {
    public struct Counts<Integer: FixedWidthInteger & Sendable>: Sendable, Equatable {
        public var errorCount: Integer = 0
        /// Characters of references.
        public var referenceCount: Integer = 0

        public init() {}

        init(errorCount: Integer, referenceCount: Integer) {
            (self.errorCount, self.referenceCount) = (errorCount, referenceCount)
        }

        /// For sums over the examples of a slice.
        public mutating func add<Other>(_ other: Counts<Other>) {
            errorCount += Integer(other.errorCount)
            referenceCount += Integer(other.referenceCount)
        }

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
        var scratch = Scratch()
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let counts = scratch.counts(
                    Characters.stripped(all.own[row]),
                    Characters.stripped(try all.reference(row)), areASCII: all.isASCII)
                count += 1
                sum.add(counts)
                if keepsExamples { examples.append(counts) }
            }
        }
    }

    public mutating func merge(_ other: CharacterErrors) {
        count += other.count
        sum.add(other.sum)
        examples += other.examples
    }
}

/// What is used again, pair after pair.
private struct Scratch: ~Copyable {
    private var alphabet = Alphabet()
    private var symbols = Room<Int32>()
    private var knownSymbols = Room<Int32>()
    private var edits = EditDistance()

    mutating func counts(
        _ hypothesis: TextBytes, _ reference: TextBytes, areASCII: Bool
    ) -> CharacterErrors.Counts<Int32> {
        if areASCII || (Characters.isASCII(hypothesis) && Characters.isASCII(reference)) {
            return .init(
                errorCount: Int32(edits.distance(reference, hypothesis, symbolCount: 128)),
                referenceCount: Int32(reference.count))
        }
        alphabet.removeAll()
        let known = alphabet.symbols(of: reference, &knownSymbols)
        let own = alphabet.symbols(of: hypothesis, &symbols)
        return .init(
            errorCount: Int32(edits.distance(known, own, symbolCount: alphabet.count)),
            referenceCount: Int32(known.count))
    }
}
