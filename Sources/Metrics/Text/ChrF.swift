/// chrF: the F of character n-grams, and with word order 2 chrF++.
///
/// Source: Popović, 2015 and 2017; conventions of sacreBLEU 2.6 (β 2, six characters, no white
/// space).
public struct ChrF: TextMetric, Equatable {
    public struct Options: Sendable, Equatable {
        /// 0 for chrF, 1 for chrF+, 2 for chrF++.
        public var wordOrder: Int
        public var isLowercase: Bool

        public init(wordOrder: Int = 0, isLowercase: Bool = false) {
            precondition((0...2).contains(wordOrder), "word order \(wordOrder) is not 0, 1 or 2")
            (self.wordOrder, self.isLowercase) = (wordOrder, isLowercase)
        }
    }

    /// One text beside the best of its references.
    public struct Example: Sendable, Equatable {
        public var hypothesisCharacters: Int32 = 0
        public var referenceCharacters: Int32 = 0
        public var hypothesisWords: Int32 = 0
        public var referenceWords: Int32 = 0
        /// Of 1 to 6 characters, then of 1 and 2 words.
        public var matches = SIMD8<Int32>()

        public init() {}
    }

    /// n-grams of 1 to 6 characters, then of 1 and 2 words; of a corpus, the sums over its texts.
    public struct Counts: Sendable, Equatable {
        public var hypothesis = SIMD8<Int>()
        public var reference = SIMD8<Int>()
        public var matches = SIMD8<Int>()

        public init() {}
    }

    static let characterOrder = 6

    private let options: Options
    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var sum = Counts()
    /// In the order in which they were added, if they are kept.
    public private(set) var examples: [Example] = []

    public init(_ options: Options = Options(), keepsExamples: Bool = true) {
        (self.options, self.keepsExamples) = (options, keepsExamples)
    }

    public var emptied: ChrF { ChrF(options, keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        var scratch = ChrFScratch(options)
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let places = try all.someReferences(row)
                var example = scratch.example(
                    all.own[row], all.known[places.lowerBound], areASCII: all.isASCII)
                if places.count > 1 {
                    var best = Counts(example, options).score
                    for place in places.dropFirst() {
                        let other = scratch.example(
                            all.own[row], all.known[place], areASCII: all.isASCII)
                        let score = Counts(other, options).score
                        if score > best { (example, best) = (other, score) }
                    }
                }
                add(example)
            }
        }
    }

    private mutating func add(_ example: Example) {
        count += 1
        sum.add(Counts(example, options))
        if keepsExamples { examples.append(example) }
    }

    public mutating func merge(_ other: ChrF) {
        count += other.count
        sum.add(other.sum)
        examples += other.examples
    }

    /// From 0 to 100.
    public var score: Double {
        get throws(MetricError) {
            _ = try Inputs.some(count)
            return sum.score
        }
    }

    /// Of each example that is kept, from 0 to 100.
    public var sentenceScores: [Double] { examples.map { Counts($0, options).score } }
}
