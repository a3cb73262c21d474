import CairnTestKit
import Metrics
import Testing

@Suite struct RankingVectorTests {
    /// 99.9 / 100 is a rounding above 0.999, and 1,000 values have a 999th all the same.
    @Test func aPercentileInDecimalsTakesTheRankThatItMeans() {
        let values = Quantiles((1...1_000).map(Double.init))
        #expect(99.9 / 100 > 0.999)
        #expect(values.nearestRank(99.9 / 100) == 999)
        #expect(values.nearestRank(0.9991) == 1_000)
        for percentile in 1...100 {
            #expect(values.nearestRank(Double(percentile) / 100) == Double(10 * percentile))
        }
    }

    @Test(arguments: MetricCase.of("ranking"))
    func ranking(_ test: MetricCase) {
        let relevance = test.input["relevance"]?.array?.map { $0.doubles ?? [] } ?? []
        let scores = test.input["score"]?.array?.map { $0.doubles ?? [] } ?? []
        test.check { () throws(MetricError) in
            let queries = try withLists(relevance, scores) {
                (relevance, scores) throws(MetricError) in
                try inPieces(RankedQueries(cutoffs: [1, 3, 5, 10]), relevance.count) {
                    (part, range) throws(MetricError) in
                    try part.add(relevance: relevance[range], scores: scores[range])
                }
            }
            var got: [String: Double?] = [
                "map": try queries.meanAveragePrecision, "recip_rank": try queries.reciprocalRank,
                "ndcg": try queries.nDCG, "ndcg_sklearn_ties_averaged": try queries.tieAveragedNDCG,
            ]
            for k in queries.cutoffs {
                got["P_\(k)"] = try queries.precision(at: k)
                got["recall_\(k)"] = try queries.recall(at: k)
                got["success_\(k)"] = try queries.hit(at: k)
                got["ndcg_cut_\(k)"] = try queries.nDCG(at: k)
            }
            return got
        }
    }

    @Test(arguments: MetricCase.of("serving"))
    func serving(_ test: MetricCase) {
        let failed = (test.input["error"]?.ints ?? []).map { $0 != 0 }
        let tokens = (test.input["tokens"]?.ints ?? []).map(Int32.init)
        let wall = test.input["wall_seconds"]?.double ?? 0
        test.check { () throws(MetricError) in
            let serving = try tokens.withView { (tokens) throws(MetricError) in
                try withViews(test.input["latency_ms"]?.doubles ?? [], failed, nil) {
                    (latencies, failed, _) throws(MetricError) in
                    try inPieces(Serving(), latencies.count) { (part, range) throws(MetricError) in
                        try part.add(
                            latencies: latencies[range], failed: failed[range],
                            tokenCounts: tokens[range])
                    }
                }
            }
            let latencies = try serving.latencies()
            var got: [String: Double?] = [
                "mean": try serving.meanLatency, "max": latencies.maximum,
                "error_rate": try serving.errorRate,
                "requests_per_second": try serving.requestsPerSecond(wallSeconds: wall),
                "tokens_per_second": try serving.tokensPerSecond(wallSeconds: wall),
            ]
            for part in [0.5, 0.9, 0.95, 0.99, 0.999] {
                got["percentile_linear.\(part)"] = latencies.linear(part)
                got["percentile_nearest_rank.\(part)"] = latencies.nearestRank(part)
            }
            return got
        }
    }
}
