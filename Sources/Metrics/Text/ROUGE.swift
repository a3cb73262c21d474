import Statistics

/// ROUGE: what a summary has of its reference. Means over examples.
///
/// Source: Lin, 2004; conventions of rouge_score 0.1.2.
public struct ROUGE: TextMetric, Equatable {
    public enum Kind: Sendable, Hashable {
        /// By runs of n tokens, 1 to 9.
        case n(Int)
        /// By the longest common subsequence of the whole.
        case longest
        /// By the union of those of the sentences, which lines are.
        case longestOfLines
    }

    /// One example beside the reference that gives it the highest F.
    public struct Counts: Sendable, Equatable {
        public let hits: Int32
        /// Of the prediction.
        public let predicted: Int32
        /// Of the reference.
        public let wanted: Int32
    }

    public struct Means: Sendable, Equatable {
        public let precision: Double
        public let recall: Double
        public let f: Double
    }

    private struct Sums: Equatable {
        var precision = CompensatedSum()
        var recall = CompensatedSum()
        var f = CompensatedSum()
        var examples: [Counts] = []
    }

    private let kinds: [Kind]
    private let stems: Bool
    private let keepsExamples: Bool
    public private(set) var count = 0
    private var sums: [Sums]

    /// - Parameters:
    ///   - kinds: what is measured; the more, the longer it takes.
    ///   - stems: words of more than three letters by Porter's stemmer.
    public init(
        _ kinds: [Kind] = [.n(1), .n(2), .longest, .longestOfLines], stems: Bool = false,
        keepsExamples: Bool = true
    ) {
        for case .n(let n) in kinds {
            precondition((1...9).contains(n), "ROUGE-\(n) is not 1 to 9")
        }
        (self.kinds, self.stems, self.keepsExamples) = (kinds, stems, keepsExamples)
        sums = kinds.map { _ in Sums() }
    }

    public var emptied: ROUGE { ROUGE(kinds, stems: stems, keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let known = try all.someReferences(row).map {
                    String(decoding: all.known[$0], as: UTF8.self)
                }
                let own = String(decoding: all.own[row], as: UTF8.self)
                for place in kinds.indices {
                    var best: Counts?
                    for reference in known {
                        let counts = counts(kinds[place], own, reference)
                        if counts.f > best?.f ?? -1 { best = counts }
                    }
                    if let best { add(best, place) }
                }
                count += 1
            }
        }
    }

    private mutating func add(_ counts: Counts, _ place: Int) {
        sums[place].precision.add(counts.precision)
        sums[place].recall.add(counts.recall)
        sums[place].f.add(counts.f)
        if keepsExamples { sums[place].examples.append(counts) }
    }

    public mutating func merge(_ other: ROUGE) {
        count += other.count
        for place in sums.indices {
            sums[place].precision.merge(other.sums[place].precision)
            sums[place].recall.merge(other.sums[place].recall)
            sums[place].f.merge(other.sums[place].f)
            sums[place].examples += other.sums[place].examples
        }
    }

    /// - Throws: also for a kind that is not measured.
    public func means(_ kind: Kind) throws(MetricError) -> Means {
        let count = Double(try Inputs.some(count))
        let sums = sums[try place(of: kind)]
        return Means(
            precision: sums.precision.value / count, recall: sums.recall.value / count,
            f: sums.f.value / count)
    }

    /// In the order in which they were added, if they are kept.
    /// - Throws: for a kind that is not measured.
    public func examples(_ kind: Kind) throws(MetricError) -> [Counts] {
        sums[try place(of: kind)].examples
    }

    private func place(of kind: Kind) throws(MetricError) -> Int {
        guard let place = kinds.firstIndex(of: kind) else {
            throw .invalidInput("\(kind) was not measured; it is not among \(kinds)")
        }
        return place
    }

    private func counts(_ kind: Kind, _ prediction: String, _ reference: String) -> Counts {
        let (own, known) = (tokens(of: prediction), tokens(of: reference))
        switch kind {
        case .n(let n): return Self.overlap(own, known, n)
        case .longest:
            return Counts(
                hits: own.isEmpty || known.isEmpty
                    ? 0 : Self.table(known, own)[known.count][own.count],
                predicted: own.count, wanted: known.count)
        case .longestOfLines:
            return Self.summary(sentences(of: prediction), sentences(of: reference))
        }
    }

    /// Runs of a to z and 0 to 9, in lower case.
    func tokens(of text: String) -> [[UInt8]] {
        text.lowercased().utf8.split { !Self.isLetter($0) }.map { part in
            let word = Array(part)
            return stems && word.count > 3 ? PorterStemmer.stem(word) : word
        }.filter { !$0.isEmpty }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte)
    }

    private func sentences(of text: String) -> [[[UInt8]]] {
        text.unicodeScalars.split(separator: "\n").map { tokens(of: String($0)) }
    }

    private static func overlap(_ own: [[UInt8]], _ known: [[UInt8]], _ n: Int) -> Counts {
        let (a, b) = (NGrams.counts(of: own, n), NGrams.counts(of: known, n))
        return Counts(
            hits: a.reduce(0) { $0 + min($1.value, b[$1.key] ?? 0) },
            predicted: a.values.reduce(0, +), wanted: b.values.reduce(0, +))
    }

    /// Lengths of the longest common subsequences of all prefixes.
    private static func table(_ a: [[UInt8]], _ b: [[UInt8]]) -> [[Int]] {
        var table = [[Int]](
            repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in a.indices {
            for j in b.indices {
                table[i + 1][j + 1] =
                    a[i] == b[j] ? table[i][j] + 1 : max(table[i][j + 1], table[i + 1][j])
            }
        }
        return table
    }

    private static func summary(_ own: [[[UInt8]]], _ known: [[[UInt8]]]) -> Counts {
        let (predicted, wanted) = (own.joined().count, known.joined().count)
        if predicted == 0 || wanted == 0 { return Counts(predicted: predicted, wanted: wanted) }
        var left = Dictionary(own.joined().map { ($0, 1) }, uniquingKeysWith: +)
        var unseen = Dictionary(known.joined().map { ($0, 1) }, uniquingKeysWith: +)
        var hits = 0
        for sentence in known {
            var found = Set<Int>()
            for other in own { found.formUnion(common(sentence, other)) }
            for index in found.sorted() {
                let token = sentence[index]
                guard left[token, default: 0] > 0, unseen[token, default: 0] > 0 else { continue }
                hits += 1
                left[token, default: 0] -= 1
                unseen[token, default: 0] -= 1
            }
        }
        return Counts(hits: hits, predicted: predicted, wanted: wanted)
    }

    /// Places in `a` of one longest common subsequence, the one that rouge_score takes.
    private static func common(_ a: [[UInt8]], _ b: [[UInt8]]) -> [Int] {
        let table = table(a, b)
        var (i, j, places) = (a.count, b.count, [Int]())
        while i > 0 && j > 0 {
            if a[i - 1] == b[j - 1] {
                places.append(i - 1)
                (i, j) = (i - 1, j - 1)
            } else if table[i][j - 1] > table[i - 1][j] {
                j -= 1
            } else {
                i -= 1
            }
        }
        return places
    }
}

extension ROUGE.Counts {
    init(hits: Int = 0, predicted: Int, wanted: Int) {
        (self.hits, self.predicted, self.wanted) = (Int32(hits), Int32(predicted), Int32(wanted))
    }

    public var precision: Double { predicted > 0 ? Double(hits) / Double(predicted) : 0 }
    public var recall: Double { wanted > 0 ? Double(hits) / Double(wanted) : 0 }
    public var f: Double {
        hits > 0 ? 2 * precision * recall / (precision + recall) : 0
    }
}
