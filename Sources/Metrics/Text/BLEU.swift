/// BLEU: n-grams of up to four tokens that references have too.
///
/// Source: Papineni et al., 2002; conventions of sacreBLEU 2.6.
public struct BLEU: TextMetric, Equatable {
    public enum Smoothing: Sendable, Equatable {
        /// The k-th n-gram order without a match counts 1 / 2ᵏ matches.
        case exponential
        case floor(Double)
        case addK(Double)
        case none
    }

    public struct Options: Sendable, Equatable {
        public var tokenizer: BLEUTokenizer
        public var isLowercase: Bool
        public var smoothing: Smoothing
        /// Orders that a text is too short for are left out: for single sentences.
        public var usesEffectiveOrder: Bool

        public init(
            tokenizer: BLEUTokenizer = .mteval13a, isLowercase: Bool = false,
            smoothing: Smoothing = .exponential, usesEffectiveOrder: Bool = false
        ) {
            (self.tokenizer, self.isLowercase) = (tokenizer, isLowercase)
            (self.smoothing, self.usesEffectiveOrder) = (smoothing, usesEffectiveOrder)
        }
    }

    /// One text beside its references.
    public struct Example: Sendable, Equatable {
        /// Of 1 to 4 tokens.
        public var matches = SIMD4<Int32>()
        public var hypothesisLength: Int32 = 0
        /// Of the reference nearest in length; of two as near, the shorter.
        public var referenceLength: Int32 = 0

        public init() {}
    }

    /// Runs of 1 to 4 tokens; of a corpus, the sums over its texts.
    public struct Counts: Sendable, Equatable {
        public var matches = SIMD4<Int>()
        public var totals = SIMD4<Int>()
        public var hypothesisLength = 0
        public var referenceLength = 0

        public init() {}
    }

    static let order = 4

    private let options: Options
    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var sum = Counts()
    /// In the order in which they were added, if they are kept.
    public private(set) var examples: [Example] = []

    public init(_ options: Options = Options(), keepsExamples: Bool = true) {
        (self.options, self.keepsExamples) = (options, keepsExamples)
    }

    public var emptied: BLEU { BLEU(options, keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        var scratch = Scratch(options)
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let references = try all.someReferences(row)
                add(scratch.example(all.own[row], all.known, references))
            }
        }
    }

    private mutating func add(_ example: Example) {
        count += 1
        sum.add(Counts(example))
        if keepsExamples { examples.append(example) }
    }

    public mutating func merge(_ other: BLEU) {
        count += other.count
        sum.add(other.sum)
        examples += other.examples
    }

    /// From 0 to 100.
    public var score: Double {
        get throws(MetricError) {
            _ = try Inputs.some(count)
            return sum.score(options)
        }
    }

    /// Of each example that is kept, with the effective order, from 0 to 100.
    public var sentenceScores: [Double] {
        var options = options
        options.usesEffectiveOrder = true
        return examples.map { Counts($0).score(options) }
    }
}

/// What is used again, text after text.
private struct Scratch: ~Copyable {
    private let tokenizing: BLEUTokenizing
    private var line = Line()
    private var words = WordList()
    private var vocabulary = Vocabulary()
    private var own = Room<Int32>()
    private var known = Room<Int32>()
    private var ends = Room<Int32>()
    private var short = GramPlaces<UInt64>()
    private var long = GramPlaces<UInt128>()
    private var tables = GramMatches()

    init(_ options: BLEU.Options) {
        tokenizing = BLEUTokenizing(options.tokenizer, isLowercase: options.isLowercase)
    }

    mutating func example(
        _ hypothesis: TextBytes, _ texts: TextPointers, _ references: Range<Int>
    ) -> BLEU.Example {
        let knownCount = numberReferences(texts, references)
        tokenizing.tokenize(hypothesis, &line, &words)
        let count = words.count
        own.reserve(count)
        for place in 0..<count {
            own.base[place] = vocabulary.known(words.base[place], line.base)
        }
        var example = BLEU.Example()
        example.hypothesisLength = Int32(count)
        example.referenceLength = Int32(nearestLength(to: count, references.count))
        example.matches = matches(
            .init(start: own.base, count: count), .init(start: known.base, count: knownCount),
            referenceCount: references.count)
        return example
    }

    private mutating func matches(
        _ own: GramMatches.Symbols, _ known: GramMatches.Symbols, referenceCount: Int
    ) -> SIMD4<Int32> {
        let symbolCount = vocabulary.count
        if referenceCount == 1 && known.count <= 64 {
            return short.matches(own, known, symbolCount: symbolCount)
        }
        if referenceCount == 1 && known.count <= 128 {
            return long.matches(own, known, symbolCount: symbolCount)
        }
        var matches = SIMD4<Int32>()
        for n in 1...BLEU.order {
            matches[n - 1] = tables.count(
                n, own, known, ends: .init(start: ends.base, count: referenceCount),
                symbolCount: symbolCount)
        }
        return matches
    }

    /// Puts their tokens' numbers end to end.
    /// - Returns: how many.
    private mutating func numberReferences(
        _ texts: TextPointers, _ references: Range<Int>
    ) -> Int {
        if references.count > 1 {
            // A token has a byte at least.
            vocabulary.begin(references.reduce(0) { $0 + texts[$1].count })
        }
        ends.reserve(references.count)
        var count = 0
        for (place, reference) in references.enumerated() {
            tokenizing.tokenize(texts[reference], &line, &words)
            if references.count == 1 { vocabulary.begin(words.count) }
            known.reserve(count + words.count)
            for place in 0..<words.count {
                known.base[count + place] = vocabulary.number(words.base[place], line.base)
            }
            count += words.count
            ends.base[place] = Int32(count)
        }
        return count
    }

    private func nearestLength(to length: Int, _ referenceCount: Int) -> Int {
        var (best, start) = (Int.max, 0)
        for place in 0..<referenceCount {
            let other = Int(ends.base[place]) - start
            let (gap, least) = (abs(other - length), abs(best - length))
            if best == .max || gap < least || (gap == least && other < best) { best = other }
            start = Int(ends.base[place])
        }
        return best
    }
}
