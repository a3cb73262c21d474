/// Errors of transcriptions, word by word: WER, MER, WIL and WIP.
///
/// White space at both ends does not count, words are what is between it. Where several alignments
/// are as short, hits are those of the one that jiwer takes. Source of conventions: jiwer 4.0.
public struct WordErrors: TextMetric, Equatable {
    public struct Counts<Integer: FixedWidthInteger & Sendable>: Sendable, Equatable {
        public var hits: Integer = 0
        public var substitutions: Integer = 0
        /// Words that only the reference has.
        public var deletions: Integer = 0
        /// Words that only the hypothesis has.
        public var insertions: Integer = 0

        public var errorCount: Integer { substitutions + deletions + insertions }
        public var referenceCount: Integer { hits + substitutions + deletions }
        public var hypothesisCount: Integer { hits + substitutions + insertions }
    }

    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var sum = Counts<Int>()
    /// In the order in which they were added, if they are kept.
    public private(set) var examples: [Counts<Int32>] = []

    public init(keepsExamples: Bool = true) { self.keepsExamples = keepsExamples }

    public var emptied: WordErrors { WordErrors(keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let reference = try all.reference(row)
                add(
                    SlowAlignment.counts(
                        PythonText.words(String(decoding: all.own[row], as: UTF8.self)),
                        PythonText.words(String(decoding: reference, as: UTF8.self))))
            }
        }
    }

    private mutating func add(_ example: Counts<Int32>) {
        count += 1
        sum.hits += Int(example.hits)
        sum.substitutions += Int(example.substitutions)
        sum.deletions += Int(example.deletions)
        sum.insertions += Int(example.insertions)
        if keepsExamples { examples.append(example) }
    }

    public mutating func merge(_ other: WordErrors) {
        count += other.count
        sum.hits += other.sum.hits
        sum.substitutions += other.sum.substitutions
        sum.deletions += other.sum.deletions
        sum.insertions += other.sum.insertions
        examples += other.examples
    }
}

extension WordErrors.Counts {
    /// WER: errors by words of references.
    public var errorRate: Double {
        get throws(MetricError) { Double(errorCount) / Double(try words) }
    }
    /// MER: errors by all that was compared.
    public var matchErrorRate: Double {
        get throws(MetricError) { Double(errorCount) / (Double(try words) + Double(insertions)) }
    }
    /// WIL, 1 − WIP.
    public var informationLost: Double {
        get throws(MetricError) { 1 - (try informationPreserved) }
    }
    /// WIP: the parts of both sides that are hits, multiplied.
    public var informationPreserved: Double {
        get throws(MetricError) {
            let part = Double(hits) / Double(try words)
            return hypothesisCount > 0 ? part * (Double(hits) / Double(hypothesisCount)) : 0
        }
    }

    private var words: Integer {
        get throws(MetricError) {
            guard referenceCount > 0 else { throw .insufficientData("no reference has a word") }
            return referenceCount
        }
    }
}

enum SlowAlignment {
    static func counts(_ a: [String], _ b: [String]) -> WordErrors.Counts<Int32> {
        let (a, b) = (a.map { Array($0.utf8) }, b.map { Array($0.utf8) })
        var d = [[Int]](repeating: Array(0...b.count), count: a.count + 1)
        for i in 0...a.count { d[i][0] = i }
        for i in a.indices {
            for j in b.indices {
                d[i + 1][j + 1] = min(
                    d[i][j + 1] + 1, d[i + 1][j] + 1, d[i][j] + (a[i] == b[j] ? 0 : 1))
            }
        }
        var counts = WordErrors.Counts<Int32>()
        var (i, j) = (a.count, b.count)
        while i > 0 && j > 0 {
            if d[i][j] == d[i][j - 1] + 1 {
                counts.deletions += 1
                j -= 1
            } else if d[i - 1][j] < d[i - 1][j - 1] {
                counts.insertions += 1
                i -= 1
            } else {
                if a[i - 1] == b[j - 1] { counts.hits += 1 } else { counts.substitutions += 1 }
                (i, j) = (i - 1, j - 1)
            }
        }
        counts.insertions += Int32(i)
        counts.deletions += Int32(j)
        return counts
    }

    static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        if a.isEmpty || b.isEmpty { return a.count + b.count }
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                (diagonal, row[j + 1]) = (row[j + 1], next)
            }
        }
        return row[b.count]
    }
}
