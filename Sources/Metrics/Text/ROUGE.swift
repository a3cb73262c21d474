/// ROUGE: what a summary has of its reference. Means over examples.
///
/// Source: Lin, 2004; conventions of rouge_score 0.1.2.
public struct ROUGE: Sendable {
    public struct Score: Sendable, Equatable {
        public let precision: Double
        public let recall: Double
        public let f: Double

        static let zero = Score(hits: 0, predicted: 0, wanted: 0)

        init(hits: Int, predicted: Int, wanted: Int) {
            precision = predicted > 0 ? Double(hits) / Double(predicted) : 0
            recall = wanted > 0 ? Double(hits) / Double(wanted) : 0
            f = hits > 0 ? 2 * precision * recall / (precision + recall) : 0
        }
    }

    /// Of each kind, the examples' scores.
    public struct Examples: Sendable {
        public private(set) var each: [Score] = []
        mutating func add(_ score: Score) { each.append(score) }

        private func mean(_ value: (Score) -> Double) -> Double? {
            each.isEmpty ? nil : each.map(value).exactSum / Double(each.count)
        }
        public var precision: Double? { mean(\.precision) }
        public var recall: Double? { mean(\.recall) }
        public var f: Double? { mean(\.f) }
    }

    private let stems: Bool
    public private(set) var rouge1 = Examples()
    public private(set) var rouge2 = Examples()
    /// By the longest common subsequence of the whole.
    public private(set) var rougeL = Examples()
    /// By the union of those of the sentences, which lines are.
    public private(set) var rougeLsum = Examples()

    /// - Parameter stems: words of more than three letters by Porter's stemmer.
    public init(stems: Bool = false) { self.stems = stems }

    public mutating func add(prediction: String, reference: String) {
        let (own, known) = (tokens(of: prediction), tokens(of: reference))
        rouge1.add(Self.overlap(own, known, 1))
        rouge2.add(Self.overlap(own, known, 2))
        rougeL.add(
            own.isEmpty || known.isEmpty
                ? .zero
                : Score(
                    hits: Self.table(known, own)[known.count][own.count], predicted: own.count,
                    wanted: known.count))
        rougeLsum.add(Self.summary(sentences(of: prediction), sentences(of: reference)))
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

    private static func overlap(_ own: [[UInt8]], _ known: [[UInt8]], _ n: Int) -> Score {
        let (a, b) = (NGrams.counts(of: own, n), NGrams.counts(of: known, n))
        return Score(
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

    private static func summary(_ own: [[[UInt8]]], _ known: [[[UInt8]]]) -> Score {
        let (predicted, wanted) = (own.joined().count, known.joined().count)
        if predicted == 0 || wanted == 0 { return .zero }
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
        return Score(hits: hits, predicted: predicted, wanted: wanted)
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
