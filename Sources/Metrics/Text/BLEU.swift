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
    }

    /// Runs of 1 to 4 tokens; of a corpus, the sums over its texts.
    public struct Counts: Sendable, Equatable {
        public var matches = SIMD4<Int>()
        public var totals = SIMD4<Int>()
        public var hypothesisLength = 0
        public var referenceLength = 0
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
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let places = try all.someReferences(row)
                add(
                    example(
                        String(decoding: all.own[row], as: UTF8.self),
                        places.map { String(decoding: all.known[$0], as: UTF8.self) }))
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

    private func example(_ hypothesis: String, _ references: [String]) -> Example {
        let tokens = tokens(of: hypothesis)
        let known = references.map { self.tokens(of: $0) }
        var example = Example()
        for n in 1...Self.order {
            let own = NGrams.counts(of: tokens, n)
            var most: [[[UInt8]]: Int] = [:]
            for reference in known {
                most.merge(NGrams.counts(of: reference, n)) { max($0, $1) }
            }
            example.matches[n - 1] = Int32(own.reduce(0) { $0 + min($1.value, most[$1.key] ?? 0) })
        }
        example.hypothesisLength = Int32(tokens.count)
        example.referenceLength = Int32(
            known.map(\.count).min {
                (abs($0 - tokens.count), $0) < (abs($1 - tokens.count), $1)
            } ?? 0)
        return example
    }

    /// As bytes: strings would compare equal that are spelled with other code points.
    private func tokens(of text: String) -> [[UInt8]] {
        let stripped = text.trimmingEnd()
        return options.tokenizer.tokens(
            of: options.isLowercase ? stripped.lowercased() : stripped
        ).map { Array($0.utf8) }
    }
}

/// Runs of n items.
enum NGrams {
    static func counts<Item: Hashable>(of items: [Item], _ n: Int) -> [[Item]: Int] {
        guard items.count >= n else { return [:] }
        var counts: [[Item]: Int] = [:]
        for start in 0...items.count - n {
            counts[Array(items[start..<start + n]), default: 0] += 1
        }
        return counts
    }
}

extension String {
    /// Without white space at its end.
    func trimmingEnd() -> String {
        var view = unicodeScalars
        while let last = view.last, PythonText.isSpace(last) { view.removeLast() }
        return String(view)
    }
}
