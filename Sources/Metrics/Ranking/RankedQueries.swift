import Statistics
import func Glibc.log2

/// Ranked answers to queries, with graded relevance.
///
/// Linear gain, discount log₂(rank + 1); ties go to the later document, as trec_eval's larger id; a
/// query with nothing relevant counts 0. Source of conventions: trec_eval 9, scikit-learn 1.9.
public struct RankedQueries: Sendable {
    private struct Query {
        /// Of the documents as ranked.
        let relevance: [Double]
        let relevantCount: Int
    }

    private var queries: [Query] = []
    private var averaged: [Double] = []

    public init() {}

    /// One query: for each document its relevance (0 is none) and the score that ranks it.
    public mutating func add(relevance: [Double], score: [Double]) throws(MetricError) {
        try Inputs.checkCounts([relevance.count, score.count])
        try Inputs.checkNumbers(score, "the scores")
        try Inputs.checkNumbers(relevance, "the relevance")
        let order = score.indices.sorted { (score[$0], $0) > (score[$1], $1) }
        queries.append(
            Query(
                relevance: order.map { relevance[$0] },
                relevantCount: relevance.filter { $0 > 0 }.count))
        averaged.append(Self.tieAveraged(relevance, score))
    }

    private func mean(_ value: (Query) -> Double) -> Double? {
        queries.isEmpty ? nil : queries.map(value).exactSum / Double(queries.count)
    }

    private static func hits(_ query: Query, _ k: Int) -> Int {
        query.relevance.prefix(k).filter { $0 > 0 }.count
    }

    public func precision(at k: Int) -> Double? {
        mean { Double(Self.hits($0, k)) / Double(k) }
    }

    public func recall(at k: Int) -> Double? {
        mean { $0.relevantCount > 0 ? Double(Self.hits($0, k)) / Double($0.relevantCount) : 0 }
    }

    public func success(at k: Int) -> Double? { mean { Self.hits($0, k) > 0 ? 1 : 0 } }

    public var reciprocalRank: Double? {
        mean { query in
            query.relevance.firstIndex { $0 > 0 }.map { 1 / Double($0 + 1) } ?? 0
        }
    }

    public var meanAveragePrecision: Double? {
        mean { query in
            guard query.relevantCount > 0 else { return 0 }
            var (sum, found) = (CompensatedSum(), 0)
            for (place, relevance) in query.relevance.enumerated() where relevance > 0 {
                found += 1
                sum.add(Double(found) / Double(place + 1))
            }
            return sum.value / Double(query.relevantCount)
        }
    }

    /// - Parameter k: only the first so many; `nil` is all.
    public func nDCG(at k: Int? = nil) -> Double? {
        mean { query in
            let best = Self.gain(query.relevance.filter { $0 > 0 }.sorted(by: >), k)
            return best > 0 ? Self.gain(query.relevance.map { max(0, $0) }, k) / best : 0
        }
    }

    /// Over all orders of documents with equal scores, as scikit-learn's `ndcg_score`.
    public var tieAveragedNDCG: Double? {
        averaged.isEmpty ? nil : averaged.exactSum / Double(averaged.count)
    }

    private static func gain(_ relevance: [Double], _ k: Int?) -> Double {
        relevance.prefix(k ?? relevance.count).enumerated().map {
            $0.element / log2(Double($0.offset + 2))
        }.exactSum
    }

    private static func tieAveraged(_ relevance: [Double], _ score: [Double]) -> Double {
        let best = gain(relevance.sorted(by: >), nil)
        guard best > 0 else { return 0 }
        let order = score.indices.sorted { score[$0] > score[$1] }
        var (sum, start) = (CompensatedSum(), 0)
        while start < order.count {
            var end = start + 1
            while end < order.count && score[order[end]] == score[order[start]] { end += 1 }
            let mean = order[start..<end].map { relevance[$0] }.exactSum / Double(end - start)
            for place in start..<end { sum.add(mean / log2(Double(place + 2))) }
            start = end
        }
        return sum.value / best
    }
}

/// How a service answered.
public struct Serving: Sendable {
    private let latencies: Quantiles
    private let values: [Double]
    private let tokenCount: Int
    private let errorCount: Int
    private let wallSeconds: Double

    /// - Parameters:
    ///   - latencies: of each request, in one unit.
    ///   - isError: 0 or 1 for each request.
    public init(
        latencies: [Double], tokens: [Int], isError: [Int], wallSeconds: Double
    ) throws(MetricError) {
        try Inputs.checkCounts([latencies.count, tokens.count, isError.count])
        try Inputs.checkNumbers(latencies, "the latencies")
        guard latencies.allSatisfy({ $0 >= 0 }), wallSeconds > 0 else {
            throw .invalidInput("a latency is negative, or no time went by")
        }
        (self.latencies, values) = (Quantiles(latencies), latencies)
        (tokenCount, errorCount) = (tokens.reduce(0, +), isError.filter { $0 != 0 }.count)
        self.wallSeconds = wallSeconds
    }

    public var mean: Double { values.exactSum / Double(values.count) }
    public var maximum: Double { values.max() ?? 0 }
    public func percentile(_ part: Double) -> Double? { latencies.linear(part) }
    public func nearestRank(_ part: Double) -> Double? { latencies.nearestRank(part) }
    public var errorRate: Double { Double(errorCount) / Double(values.count) }
    public var requestsPerSecond: Double { Double(values.count) / wallSeconds }
    public var tokensPerSecond: Double { Double(tokenCount) / wallSeconds }
}
