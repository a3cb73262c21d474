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
    }

    /// n-grams of 1 to 6 characters, then of 1 and 2 words; of a corpus, the sums over its texts.
    public struct Counts: Sendable, Equatable {
        public var hypothesis = SIMD8<Int>()
        public var reference = SIMD8<Int>()
        public var matches = SIMD8<Int>()
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
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                var best: (example: Example, score: Double)?
                for place in try all.someReferences(row) {
                    let example = example(text(all.own[row]), text(all.known[place]))
                    let score = Counts(example, options).score
                    if score > best?.score ?? -1 { best = (example, score) }
                }
                if let best { add(best.example) }
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

    private func text(_ bytes: TextBytes) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return options.isLowercase ? text.lowercased() : text
    }

    private func example(_ hypothesis: String, _ reference: String) -> Example {
        func characters(_ text: String) -> [Unicode.Scalar] {
            text.unicodeScalars.filter { !PythonText.isSpace($0) }
        }
        let (a, b) = (characters(hypothesis), characters(reference))
        var example = Example()
        example.hypothesisCharacters = Int32(a.count)
        example.referenceCharacters = Int32(b.count)
        for n in 1...Self.characterOrder {
            example.matches[n - 1] = Self.matches(NGrams.counts(of: a, n), NGrams.counts(of: b, n))
        }
        if options.wordOrder == 0 { return example }
        let words = Self.words(hypothesis).map { Array($0.utf8) }
        let known = Self.words(reference).map { Array($0.utf8) }
        example.hypothesisWords = Int32(words.count)
        example.referenceWords = Int32(known.count)
        for n in 1...options.wordOrder {
            example.matches[Self.characterOrder + n - 1] = Self.matches(
                NGrams.counts(of: words, n), NGrams.counts(of: known, n))
        }
        return example
    }

    private static func matches<Gram: Hashable>(
        _ hypothesis: [Gram: Int], _ reference: [Gram: Int]
    ) -> Int32 {
        Int32(hypothesis.reduce(0) { $0 + min($1.value, reference[$1.key] ?? 0) })
    }

    /// Punctuation at one end of a word is a word of its own.
    private static func words(_ text: String) -> [String] {
        PythonText.words(text).flatMap { word -> [String] in
            let scalars = Array(word.unicodeScalars)
            guard scalars.count > 1, let first = scalars.first, let last = scalars.last else {
                return [word]
            }
            func text(_ part: ArraySlice<Unicode.Scalar>) -> String {
                var view = String.UnicodeScalarView()
                view.append(contentsOf: part)
                return String(view)
            }
            if PythonText.isPunctuation(last) { return [text(scalars.dropLast()), String(last)] }
            if PythonText.isPunctuation(first) {
                return [String(first), text(scalars.dropFirst())]
            }
            return [word]
        }
    }
}
