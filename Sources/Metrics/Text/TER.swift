/// TER: the edits, shifts of runs of words among them, that make a text a reference.
///
/// The least over all references, by their mean length. Source: Snover et al., 2006; conventions of
/// sacreBLEU 2.6.
public struct TER: TextMetric, Equatable {
    public struct Options: Sendable, Equatable {
        /// Parts punctuation from words.
        public var isNormalized: Bool
        public var ignoresPunctuation: Bool
        /// Normalizes, or ignores, what Chinese and Japanese write too.
        public var isAsian: Bool
        public var isCaseSensitive: Bool

        public init(
            isNormalized: Bool = false, ignoresPunctuation: Bool = false, isAsian: Bool = false,
            isCaseSensitive: Bool = false
        ) {
            (self.isNormalized, self.ignoresPunctuation) = (isNormalized, ignoresPunctuation)
            (self.isAsian, self.isCaseSensitive) = (isAsian, isCaseSensitive)
        }
    }

    /// One text beside its references.
    public struct Example: Sendable, Equatable {
        public let editCount: Int32
        /// Words of all references.
        public let referenceWords: Int32
        public let referenceCount: Int32

        public init(editCount: Int32, referenceWords: Int32, referenceCount: Int32) {
            (self.editCount, self.referenceWords) = (editCount, referenceWords)
            self.referenceCount = referenceCount
        }

        /// From 0 on; 1 where all words differ.
        public var rate: Double { Counts(self).rate }
    }

    /// Of a corpus, the sums over its texts.
    public struct Counts: Sendable, Equatable {
        public private(set) var editCount = 0
        /// Words of references, by how many references their texts have.
        package private(set) var words: [Int: Int] = [:]

        public init() {}

        public init(_ example: Example) {
            editCount = Int(example.editCount)
            words[Int(example.referenceCount)] = Int(example.referenceWords)
        }

        /// For sums over the examples of a slice.
        public mutating func add(_ other: Counts) {
            editCount += other.editCount
            words.merge(other.words, uniquingKeysWith: +)
        }

        /// The sum of the references' mean lengths.
        public var referenceLength: Double {
            words.keys.sorted().reduce(0) { $0 + Double(words[$1] ?? 0) / Double($1) }
        }

        /// Edits by words of references: from 0 on, 1 where references are empty and texts are not.
        public var rate: Double {
            let length = referenceLength
            return length > 0 ? Double(editCount) / length : editCount > 0 ? 1 : 0
        }
    }

    private let options: Options
    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var sum = Counts()
    /// In the order in which they were added, if they are kept.
    public private(set) var examples: [Example] = []

    public init(_ options: Options = Options(), keepsExamples: Bool = true) {
        (self.options, self.keepsExamples) = (options, keepsExamples)
    }

    public var emptied: TER { TER(options, keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        var scratch = TERScratch(options)
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let example = scratch.example(
                    all.own[row], all.known, try all.someReferences(row))
                count += 1
                sum.add(Counts(example))
                if keepsExamples { examples.append(example) }
            }
        }
    }

    public mutating func merge(_ other: TER) {
        count += other.count
        sum.add(other.sum)
        examples += other.examples
    }

    /// In per cent.
    public var score: Double {
        get throws(MetricError) {
            _ = try Inputs.some(count)
            return 100 * sum.rate
        }
    }

    /// Of each example that is kept, in per cent.
    public var sentenceScores: [Double] { examples.map { 100 * $0.rate } }
}
