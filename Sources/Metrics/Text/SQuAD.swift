import Statistics

/// Answers as SQuAD's script scores them: the best of several references counts.
///
/// Source: SQuAD v1.1's `evaluate-v1.1.py`; of two empty answers F1 is 1, as v2.0's has it.
public struct SQuAD: TextMetric, Equatable {
    public struct Example: Sendable, Equatable {
        public let isExact: Bool
        /// The highest of all references.
        public let f1: Double
    }

    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var exactCount = 0
    private var f1Sum = CompensatedSum()
    /// In the order in which they were added, if they are kept.
    public private(set) var examples: [Example] = []

    public init(keepsExamples: Bool = true) { self.keepsExamples = keepsExamples }

    public var emptied: SQuAD { SQuAD(keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        var scratch = SQuADScratch()
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                add(scratch.example(all.own[row], all.known, try all.someReferences(row)))
            }
        }
    }

    private mutating func add(_ example: Example) {
        count += 1
        exactCount += example.isExact ? 1 : 0
        f1Sum.add(example.f1)
        if keepsExamples { examples.append(example) }
    }

    public mutating func merge(_ other: SQuAD) {
        count += other.count
        exactCount += other.exactCount
        f1Sum.merge(other.f1Sum)
        examples += other.examples
    }

    public var exactMatch: Double {
        get throws(MetricError) { Double(exactCount) / Double(try Inputs.some(count)) }
    }
    public var f1: Double {
        get throws(MetricError) { f1Sum.value / Double(try Inputs.some(count)) }
    }

    /// In lower case, without ASCII punctuation and articles, single spaces between words.
    public static func normalized(_ text: String) -> String {
        var line = Line()
        var words = WordList()
        var text = text
        text.withUTF8 { SQuADScratch.split($0, &line, &words) }
        return (0..<words.count).map { words.string($0, of: line) }.joined(separator: " ")
    }
}
