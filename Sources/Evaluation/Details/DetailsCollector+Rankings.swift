import func Glibc.log2

/// Orders of documents: how good each query's first ten were.
extension DetailsCollector {
    func rankingPart(
        _ answers: ListColumn<Double>, _ relevance: ListColumn<Double>, _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var gains = UnitHistogram()
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            guard let gain = Self.gain(answers[row], relevance[example]) else { continue }
            gains.add(gain)
            list.add(1 - gain, place: example, row: row)
        }
        var part = DetailsPart()
        part.unit = [.init("ndcg@10 of queries", gains)]
        part.worst = worst(list, "1-ndcg@10", block, context) { row, example in
            let relevance = relevance[example]
            let relevant = relevance.count { $0 > 0 }
            let order = Self.order(answers[row])
            let first = order.firstIndex { relevance[relevance.startIndex + $0] > 0 }
            return (
                "\(relevant) of \(relevance.count) documents are relevant",
                first.map { "the first of them at rank \($0 + 1)" } ?? ""
            )
        }
        return part
    }

    /// nDCG of the first ten: linear gain over log₂(rank + 1); documents with equal scores in the
    /// data set's order. `nil` where no document is relevant.
    /// Source: Järvelin and Kekäläinen, 2002.
    private static func gain(_ scores: ArraySlice<Double>, _ relevance: ArraySlice<Double>)
        -> Double?
    {
        let discounted = { (gains: [Double]) in
            gains.prefix(10).enumerated().reduce(0.0) {
                $0 + $1.element / log2(Double($1.offset + 2))
            }
        }
        let ideal = discounted(relevance.sorted(by: >))
        guard ideal > 0, scores.count == relevance.count else { return nil }
        let seen = order(scores).prefix(10).map { relevance[relevance.startIndex + $0] }
        return min(1, max(0, discounted(seen) / ideal))
    }

    private static func order(_ scores: ArraySlice<Double>) -> [Int] {
        (0..<scores.count).sorted { a, b in
            let (first, second) = (scores[scores.startIndex + a], scores[scores.startIndex + b])
            return first != second ? first > second : a < b
        }
    }
}
