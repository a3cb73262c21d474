/// What counting for ROUGE uses again, text after text.
struct ROUGEScratch: ~Copyable {
    private let kinds: [ROUGE.Kind]
    private let stems: Bool
    /// For each kind, beside the reference with the highest F.
    private(set) var best: [ROUGE.Counts] = []

    private var own = ROUGEText()
    private var known = ROUGEText()
    private var vocabulary = Vocabulary()
    private var counts = Room<Int32>()
    private var grams = GramMatches()
    private var subsequence = CommonSubsequence()
    private var lines = CommonLines()

    init(_ kinds: [ROUGE.Kind], stems: Bool) { (self.kinds, self.stems) = (kinds, stems) }

    mutating func compare(
        _ prediction: TextBytes, _ texts: TextPointers, _ references: Range<Int>
    ) throws(MetricError) {
        best.removeAll(keepingCapacity: true)
        own.set(prediction, stems: stems)
        for reference in references {
            known.set(texts[reference], stems: stems)
            vocabulary.begin(known.count)
            known.number { word, line in vocabulary.number(word, line) }
            own.number { word, line in vocabulary.known(word, line) }
            for place in kinds.indices {
                let counts = try counts(kinds[place])
                if reference == references.lowerBound {
                    best.append(counts)
                } else if counts.f > best[place].f {
                    best[place] = counts
                }
            }
        }
    }

    private mutating func counts(_ kind: ROUGE.Kind) throws(MetricError) -> ROUGE.Counts {
        var (hits, predicted, wanted) = (0, own.count, known.count)
        switch kind {
        case .n(1): hits = commonWordCount()
        case .n(let n):
            hits = Int(
                grams.matches(n, own.symbols, known.symbols, symbolCount: vocabulary.count))
            (predicted, wanted) = (max(0, predicted - n + 1), max(0, wanted - n + 1))
        // One line beside one: what is common cannot be counted twice.
        case .longestOfLines where own.hasLines || known.hasLines:
            hits = try lines.hits(own, known, symbolCount: vocabulary.count + 1)
        case .longest, .longestOfLines:
            hits = subsequence.length(
                known.symbols, own.symbols, symbolCount: vocabulary.count + 1)
        }
        return ROUGE.Counts(hits: hits, predicted: predicted, wanted: wanted)
    }

    private mutating func commonWordCount() -> Int {
        counts.reserve(vocabulary.count + 1)
        let left = counts.base
        left.update(repeating: 0, count: vocabulary.count + 1)
        for symbol in known.symbols { left[Int(symbol)] &+= 1 }
        var hits = 0
        for symbol in own.symbols where left[Int(symbol)] > 0 {
            left[Int(symbol)] &-= 1
            hits += 1
        }
        return hits
    }
}

/// One side of a pair: its words, their numbers, and where lines end.
struct ROUGEText: ~Copyable {
    private var line = Line()
    private var words = WordList()
    private var numbers = Room<Int32>()
    /// There is a line feed.
    private(set) var hasLines = false

    var count: Int { words.count }
    var symbols: UnsafeBufferPointer<Int32> { .init(start: numbers.base, count: words.count) }

    mutating func set(_ text: TextBytes, stems: Bool) {
        hasLines = line.setAlphanumeric(text)
        words.removeAll()
        words.appendWords(of: line)
        if stems { stemWords() }
    }

    private mutating func stemWords() {
        line.rewrite { bytes, count in
            words.shorten { word in
                word.length > 3
                    ? PorterStemmer.stem(bytes + Int(word.start), Int(word.length))
                    : Int(word.length)
            }
            return count
        }
        words.hashAgain(line)
    }

    mutating func number(_ body: (Word, UnsafePointer<UInt8>) -> Int32) {
        numbers.reserve(words.count)
        for place in 0..<words.count { numbers.base[place] = body(words.base[place], line.base) }
    }

    /// Words of each line that has some.
    func lineRanges() -> [Range<Int>] {
        var (ranges, start) = ([Range<Int>](), 0)
        for place in 0..<words.count {
            let next = place + 1 < words.count ? Int(words.base[place + 1].start) : line.count
            let gap = Int(words.base[place].start)..<next
            if place + 1 == words.count || line.text[gap].contains(UInt8(ascii: "\n")) {
                ranges.append(start..<place + 1)
                start = place + 1
            }
        }
        return ranges
    }
}
