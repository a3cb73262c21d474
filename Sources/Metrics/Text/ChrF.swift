/// chrF: the F of character n-grams, and with word order 2 chrF++.
///
/// Source: Popović, 2015 and 2017; conventions of sacreBLEU 2.6 (β 2, six characters, no white
/// space).
public struct ChrF: Sendable, Equatable {
    private struct Counts: Sendable, Equatable {
        var hypothesis = 0
        var reference = 0
        var matches = 0
    }

    private static let characterOrder = 6
    private static let betaSquared = 4.0

    private let wordOrder: Int
    private var sums: [Counts]

    /// - Parameter wordOrder: 0 for chrF, 2 for chrF++.
    public init(wordOrder: Int = 0) {
        self.wordOrder = wordOrder
        sums = Array(repeating: Counts(), count: Self.characterOrder + wordOrder)
    }

    /// The best of the references counts.
    public mutating func add(hypothesis: String, references: [String]) throws(MetricError) {
        guard !references.isEmpty else { throw .insufficientData("there is no reference") }
        var best: (counts: [Counts], score: Double)?
        for reference in references {
            let counts = counts(hypothesis, reference)
            let score = Self.score(of: counts)
            if score > best?.score ?? -1 { best = (counts, score) }
        }
        for (index, counts) in (best?.counts ?? []).enumerated() {
            sums[index].hypothesis += counts.hypothesis
            sums[index].reference += counts.reference
            sums[index].matches += counts.matches
        }
    }

    public mutating func merge(_ other: ChrF) {
        for (index, counts) in other.sums.enumerated() {
            sums[index].hypothesis += counts.hypothesis
            sums[index].reference += counts.reference
            sums[index].matches += counts.matches
        }
    }

    /// From 0 to 100.
    public var score: Double { Self.score(of: sums) }

    private func counts(_ hypothesis: String, _ reference: String) -> [Counts] {
        func characters(_ text: String) -> [Unicode.Scalar] {
            text.unicodeScalars.filter { !PythonText.isSpace($0) }
        }
        let (a, b) = (characters(hypothesis), characters(reference))
        let words = Self.words(hypothesis).map { Array($0.utf8) }
        let known = Self.words(reference).map { Array($0.utf8) }
        var counts: [Counts] = []
        for n in 1...Self.characterOrder {
            counts.append(Self.counts(NGrams.counts(of: a, n), NGrams.counts(of: b, n)))
        }
        for n in 0..<wordOrder {
            counts.append(
                Self.counts(NGrams.counts(of: words, n + 1), NGrams.counts(of: known, n + 1)))
        }
        return counts
    }

    private static func counts<Gram: Hashable>(
        _ hypothesis: [Gram: Int], _ reference: [Gram: Int]
    ) -> Counts {
        Counts(
            // Where there is no reference of this order, nothing counts.
            hypothesis: reference.isEmpty ? 0 : hypothesis.values.reduce(0, +),
            reference: reference.values.reduce(0, +),
            matches: hypothesis.reduce(0) { $0 + min($1.value, reference[$1.key] ?? 0) })
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

    private static func score(of counts: [Counts]) -> Double {
        var (precision, recall, order) = (0.0, 0.0, 0)
        for part in counts where part.hypothesis > 0 && part.reference > 0 {
            precision += Double(part.matches) / Double(part.hypothesis)
            recall += Double(part.matches) / Double(part.reference)
            order += 1
        }
        guard order > 0, precision + recall > 0 else { return 0 }
        (precision, recall) = (precision / Double(order), recall / Double(order))
        return 100 * (1 + betaSquared) * precision * recall / (betaSquared * precision + recall)
    }
}
