import CMetrics
import Statistics

/// The documents of one query as a version ranked them: what paired tests compare.
///
/// Linear gain, discount log₂(rank + 1); ties go to the later document, as trec_eval's larger id.
/// Source of conventions: trec_eval 9, scikit-learn 1.9.
public struct RankedQuery: Sendable {
    /// Of the documents as ranked.
    private let relevance: [Double]
    private let relevantCount: Int
    /// Over all orders of documents with equal scores, as scikit-learn's `ndcg_score`.
    public let tieAveragedNDCG: Double

    /// - Parameters:
    ///   - relevance: of each document; 0 is none.
    ///   - score: what ranks it.
    public init(
        relevance: ColumnView<Double>, score: ColumnView<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([relevance.count, score.count])
        try Inputs.checkNumbers(.float64(score), "the scores")
        try Inputs.checkFinite(.float64(relevance), "the relevance")
        let order = (0..<score.count).sorted { (score[$0], $0) > (score[$1], $1) }
        self.relevance = order.map { relevance[$0] }
        relevantCount = relevance.pointer.count { $0 > 0 }
        tieAveragedNDCG = Self.tieAveraged(self.relevance, order.map { score[$0] })
    }

    private func hits(_ k: Int) -> Int { relevance.prefix(k).count { $0 > 0 } }

    public func precision(at k: Int) -> Double { Double(hits(k)) / Double(k) }

    /// 0 where nothing is relevant, as all others.
    public func recall(at k: Int) -> Double {
        relevantCount > 0 ? Double(hits(k)) / Double(relevantCount) : 0
    }

    /// 1 where one of the first k is relevant.
    public func hit(at k: Int) -> Double { hits(k) > 0 ? 1 : 0 }

    public var reciprocalRank: Double {
        relevance.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
    }

    public var averagePrecision: Double {
        guard relevantCount > 0 else { return 0 }
        var (sum, found) = (CompensatedSum(), 0)
        for (place, relevance) in relevance.enumerated() where relevance > 0 {
            found += 1
            sum.add(Double(found) / Double(place + 1))
        }
        return sum.value / Double(relevantCount)
    }

    /// - Parameter k: only the first so many; `nil` is all.
    public func nDCG(at k: Int? = nil) -> Double {
        let best = Self.gain(relevance.filter { $0 > 0 }.sorted(by: >), k)
        return best > 0 ? Self.gain(relevance.map { max(0, $0) }, k) / best : 0
    }

    private static func gain(_ relevance: [Double], _ k: Int?) -> Double {
        relevance.prefix(k ?? relevance.count).enumerated().map {
            $0.element / cairn_log2(Double($0.offset + 2))
        }.exactSum
    }

    private static func tieAveraged(_ relevance: [Double], _ score: [Double]) -> Double {
        let best = gain(relevance.sorted(by: >), nil)
        guard best > 0 else { return 0 }
        var (sum, start) = (CompensatedSum(), 0)
        while start < score.count {
            var end = start + 1
            while end < score.count && score[end] == score[start] { end += 1 }
            let mean = relevance[start..<end].exactSum / Double(end - start)
            for place in start..<end { sum.add(mean / cairn_log2(Double(place + 2))) }
            start = end
        }
        return sum.value / best
    }
}
