/// Errors of transcriptions, word by word: WER, MER, WIL and WIP.
///
/// Words are what is between white space. Where several alignments are as short, hits are those of
/// the one that jiwer takes. Source of conventions: jiwer 4.0.
public struct WordErrors: TextMetric, Equatable {
    public struct Counts<Integer: FixedWidthInteger & Sendable>: Sendable, Equatable {
        public var hits: Integer = 0
        public var substitutions: Integer = 0
        /// Words that only the reference has.
        public var deletions: Integer = 0
        /// Words that only the hypothesis has.
        public var insertions: Integer = 0

        public init() {}

        init(hits: Integer, substitutions: Integer, deletions: Integer, insertions: Integer) {
            (self.hits, self.substitutions) = (hits, substitutions)
            (self.deletions, self.insertions) = (deletions, insertions)
        }

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
        var scratch = Scratch()
        try pairs.withRows { all throws(MetricError) in
            for row in rows { add(scratch.counts(all.own[row], try all.reference(row))) }
        }
    }

    private mutating func add(_ counts: Alignment.Counts) {
        count += 1
        sum.add(
            Counts(
                hits: counts.hits, substitutions: counts.substitutions,
                deletions: counts.deletions, insertions: counts.insertions))
        guard keepsExamples else { return }
        examples.append(
            Counts(
                hits: Int32(counts.hits), substitutions: Int32(counts.substitutions),
                deletions: Int32(counts.deletions), insertions: Int32(counts.insertions)))
    }

    public mutating func merge(_ other: WordErrors) {
        count += other.count
        sum.add(other.sum)
        examples += other.examples
    }
}

extension WordErrors.Counts {
    /// For sums over the examples of a slice.
    public mutating func add<Other>(_ other: WordErrors.Counts<Other>) {
        hits += Integer(other.hits)
        substitutions += Integer(other.substitutions)
        deletions += Integer(other.deletions)
        insertions += Integer(other.insertions)
    }

    /// WER: errors by words of references.
    public var errorRate: Double {
        get throws(MetricError) { Double(errorCount) / (try words) }
    }

    /// MER: errors by all that was compared.
    public var matchErrorRate: Double {
        get throws(MetricError) { Double(errorCount) / (try words + Double(insertions)) }
    }

    /// WIL: 1 − WIP.
    public var informationLost: Double {
        get throws(MetricError) { 1 - (try informationPreserved) }
    }

    /// WIP: the parts of both sides that are hits, multiplied.
    public var informationPreserved: Double {
        get throws(MetricError) {
            let part = Double(hits) / (try words)
            return hypothesisCount > 0 ? part * (Double(hits) / Double(hypothesisCount)) : 0
        }
    }

    private var words: Double {
        get throws(MetricError) {
            guard referenceCount > 0 else { throw .insufficientData("no reference has a word") }
            return Double(referenceCount)
        }
    }
}

/// What is used again, pair after pair.
private struct Scratch: ~Copyable {
    private var own = Line()
    private var known = Line()
    private var words = WordList()
    private var knownWords = WordList()
    private var knownPlaces = WordPlaces()
    private var matches = Room<UInt64>()
    private var vocabulary = Vocabulary()
    private var symbols = Room<Int32>()
    private var knownSymbols = Room<Int32>()
    private var alignment = Alignment()

    mutating func counts(_ hypothesis: TextBytes, _ reference: TextBytes) -> Alignment.Counts {
        // Most pairs differ in the middle: only that is cut into words.
        let start = SharedEdge(startOf: hypothesis, reference)
        let (hypothesis, reference) = (
            TextBytes(rebasing: hypothesis[start.byteCount...]),
            TextBytes(rebasing: reference[start.byteCount...])
        )
        let end = SharedEdge(endOf: hypothesis, reference)
        own.set(TextBytes(rebasing: hypothesis.dropLast(end.byteCount)))
        known.set(TextBytes(rebasing: reference.dropLast(end.byteCount)))
        words.removeAll()
        knownWords.removeAll()
        words.appendWords(of: own)
        knownWords.appendWords(of: known)
        // Words that both begin and end with are not aligned.
        let ends = CommonWords(words, own, knownWords, known)
        let (count, knownCount) = (words.count - ends.count, knownWords.count - ends.count)
        var counts = Alignment.Counts()
        if count == 0 || knownCount == 0 {
            (counts.deletions, counts.insertions) = (knownCount, count)
        } else if knownCount <= WordPlaces.countMax {
            counts = shortCounts(ends.start, count, knownCount)
        } else {
            counts = longCounts(ends.start, count, knownCount)
        }
        counts.hits += start.wordCount + ends.count + end.wordCount
        return counts
    }

    /// Where the words left of the reference have a bit each: no word gets a number.
    @inline(__always) private mutating func shortCounts(
        _ start: Int, _ count: Int, _ knownCount: Int
    ) -> Alignment.Counts {
        knownPlaces.begin(knownCount)
        for place in 0..<knownCount {
            knownPlaces.add(knownWords.base[start + place], at: place, of: known.base)
        }
        matches.reserve(count)
        for place in 0..<count {
            matches.base[place] = knownPlaces.places(
                words.base[start + place], of: own.base, in: known.base)
        }
        return alignment.counts(
            knownCount, matches: UnsafeBufferPointer(start: matches.base, count: count))
    }

    private mutating func longCounts(
        _ start: Int, _ count: Int, _ knownCount: Int
    ) -> Alignment.Counts {
        vocabulary.begin(knownCount)
        symbols.reserve(count)
        knownSymbols.reserve(knownCount)
        for place in 0..<knownCount {
            knownSymbols.base[place] = vocabulary.number(
                knownWords.base[start + place], known.base)
        }
        // All words that the reference has not are one symbol, the last: none is equal to its words.
        for place in 0..<count {
            symbols.base[place] = vocabulary.known(words.base[start + place], own.base)
        }
        return alignment.counts(
            UnsafeBufferPointer(start: knownSymbols.base, count: knownCount),
            UnsafeBufferPointer(start: symbols.base, count: count),
            symbolCount: vocabulary.count + 1)
    }
}

/// Words that two lists begin and end with both.
struct CommonWords {
    private(set) var start = 0
    private(set) var end = 0
    var count: Int { start + end }

    @inline(__always) init(
        _ a: borrowing WordList, _ line: borrowing Line, _ b: borrowing WordList,
        _ other: borrowing Line
    ) {
        let least = min(a.count, b.count)
        while start < least
            && a.base[start].equals(b.base[start], line.base, other.base)
        {
            start += 1
        }
        while end < least - start
            && a.base[a.count - 1 - end].equals(
                b.base[b.count - 1 - end], line.base, other.base)
        {
            end += 1
        }
    }
}
