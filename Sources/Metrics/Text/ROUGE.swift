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
        var scratch = ROUGEScratch(kinds, stems: stems)
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                let references = try all.someReferences(row)
                try scratch.compare(all.own[row], all.known, references)
                for place in kinds.indices { add(scratch.best[place], place) }
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
