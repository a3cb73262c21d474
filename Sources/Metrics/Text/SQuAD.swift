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
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let answer = Self.words(all.own[row])
                let known = try all.someReferences(row).map { Self.words(all.known[$0]) }
                add(
                    Example(
                        isExact: known.contains(answer),
                        f1: known.map { Self.f1(answer, $0) }.max() ?? 0))
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
        let plain = PythonText.withoutPunctuation(text.lowercased())
        var (out, run) = (String.UnicodeScalarView(), String.UnicodeScalarView())
        func flush() {
            if ["a", "an", "the"].contains(String(run)) {
                out.append(" ")
            } else {
                out.append(contentsOf: run)
            }
            run = String.UnicodeScalarView()
        }
        for scalar in plain.unicodeScalars {
            if PythonText.isWord(scalar) {
                run.append(scalar)
            } else {
                flush()
                out.append(scalar)
            }
        }
        flush()
        return PythonText.words(String(out)).joined(separator: " ")
    }

    /// As bytes: strings would compare equal that are spelled with other code points.
    private static func words(_ text: TextBytes) -> [[UInt8]] {
        PythonText.words(normalized(String(decoding: text, as: UTF8.self))).map { Array($0.utf8) }
    }

    private static func f1(_ a: [[UInt8]], _ b: [[UInt8]]) -> Double {
        if a.isEmpty || b.isEmpty { return a == b ? 1 : 0 }
        var left = Dictionary(b.map { ($0, 1) }, uniquingKeysWith: +)
        var common = 0
        for word in a where left[word, default: 0] > 0 {
            left[word, default: 0] -= 1
            common += 1
        }
        if common == 0 { return 0 }
        let (precision, recall) = (
            Double(common) / Double(a.count), Double(common) / Double(b.count)
        )
        return 2 * precision * recall / (precision + recall)
    }
}
