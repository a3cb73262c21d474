extension MetricCatalogue {
    static let regression: [MetricEntry] = [
        plain("mse", .lower, .mean(.squaredError), shown: true, .numbers(.mse)),
        plain("rmse", .lower, .resampled, shown: true, .numbers(.rmse)),
        plain("mae", .lower, .mean(.absoluteError), shown: true, .numbers(.mae)),
        plain("median_ae", .lower, .resampled, shown: true, .numbers(.medianAE)),
        // The largest of examples drawn again is never larger: a bootstrap says nothing of it.
        plain("max_error", .lower, .repeatsOnly, shown: true, .numbers(.maxError)),
        plain("mean_error", .none, .mean(.error), shown: true, .numbers(.meanError)),
        plain("r2", .higher, .resampled, shown: true, .numbers(.r2)),
        plain("explained_variance", .higher, .resampled, .numbers(.explainedVariance)),
        plain("mape", .lower, .ownMean, .numbers(.mape)),
        plain("smape", .lower, .ownMean, .numbers(.smape)),
        plain("msle", .lower, .ownMean, .numbers(.msle)),
        MetricEntry("pinball", .lower, .ownMean, parameter: .number(0..<1)) {
            .numbers(.pinball($0.real))
        },
        plain("pearson", .higher, .resampled, shown: true, .numbers(.pearson)),
        plain("spearman", .higher, .resampled, weights: false, .numbers(.spearman)),
        plain("kendall_tau_b", .higher, .resampled, weights: false, .numbers(.kendallTauB)),
        plain("concordance", .higher, .resampled, .numbers(.concordance)),
    ]

    static let ranking: [MetricEntry] = [
        MetricEntry(
            "ndcg", .higher, .ownMean, parameter: .count(1...1_000_000), shown: [.count(10)]
        ) { .rankings(.nDCG($0.wholeNumber)) },
        plain("ndcg", .higher, .ownMean, .rankings(.nDCG(nil))),
        plain("ndcg_tie_averaged", .higher, .ownMean, .rankings(.tieAveragedNDCG)),
        plain("map", .higher, .ownMean, shown: true, .rankings(.meanAveragePrecision)),
        plain("mrr", .higher, .ownMean, shown: true, .rankings(.reciprocalRank)),
        atRank("precision", { .precision($0) }), atRank("recall", { .recall($0) }),
        atRank("hit", { .hit($0) }),
    ]

    private static func atRank(
        _ name: String, _ make: @escaping @Sendable (Int) -> RankingQuantity
    ) -> MetricEntry {
        MetricEntry(
            name, .higher, .ownMean, parameter: .count(1...1_000_000), shown: [.count(10)]
        ) { .rankings(make($0.wholeNumber)) }
    }

    static let code: [MetricEntry] = [
        MetricEntry("pass", .higher, .ownMean, parameter: .count(1...1_000_000), shown: [.count(1)])
        { .trials(k: $0.wholeNumber) }
    ]

    static let serving: [MetricEntry] = [
        MetricEntry(
            "latency_p", .lower, .resampled, parameter: .percentile, weights: false,
            shown: [50.0, 90, 95, 99, 99.9].map { .number($0) }
        ) { .requests(.latency(percentile: $0.real, isNearestRank: false)) },
        MetricEntry(
            "latency_nearest_p", .lower, .resampled, parameter: .percentile, weights: false
        ) { .requests(.latency(percentile: $0.real, isNearestRank: true)) },
        plain(
            "latency_mean", .lower, .mean(.latency), shown: true, weights: false,
            .requests(.meanLatency)),
        plain("latency_max", .lower, .repeatsOnly, weights: false, .requests(.maxLatency)),
        plain(
            "error_rate", .lower, .mean(.failed), shown: true, weights: false,
            .requests(.errorRate)),
        plain(
            "requests_per_second", .higher, .repeatsOnly, shown: true, weights: false,
            .requests(.requestsPerSecond)),
        plain(
            "tokens_per_second", .higher, .repeatsOnly, shown: true, weights: false,
            .requests(.tokensPerSecond)),
    ]
}
