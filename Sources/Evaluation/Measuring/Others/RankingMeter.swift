import Metrics
import Statistics

/// Rankings of documents for queries: means over queries.
struct RankingMeter: TaskMeter {
    private var means: [RankingQuantity: Guarded<MeanOfExamples>] = [:]
    private let columns: [RankingQuantity: ExampleColumn]

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        var columns: [RankingQuantity: ExampleColumn] = [:]
        for metric in metrics {
            guard case .rankings(let quantity) = metric.quantity else { continue }
            means[quantity] = Guarded(MeanOfExamples())
            columns[quantity] = metric.column
        }
        self.columns = columns
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .rankings(let scores) = input.block.answers,
            case .relevance(let relevance) = input.truth
        else { input.wrongAnswers() }
        let ranked = Result { () throws(MetricError) in
            try Self.ranked(scores, input.gather(relevance))
        }
        for quantity in means.keys {
            means[quantity]?.add { (mean) throws(MetricError) in
                for (row, query) in try ranked.get().enumerated() {
                    mean.add(quantity.value(of: query), weight: input.weights?[row] ?? 1)
                }
            }
            // A ranking that cannot be measured has no values to keep; the metric says why.
            guard case .success(let queries) = ranked, let column = self.columns[quantity] else {
                continue
            }
            columns.set(column) { .float64(queries.map { quantity.value(of: $0) }) }
        }
    }

    private static func ranked(_ scores: ListColumn<Double>, _ relevance: ListColumn<Double>)
        throws(MetricError) -> [RankedQuery]
    {
        var queries: [RankedQuery] = []
        try scores.withView { (scores) throws(MetricError) in
            try relevance.withView { (relevance) throws(MetricError) in
                for row in 0..<scores.count {
                    queries.append(
                        try RankedQuery(relevance: relevance[row], score: scores[row]))
                }
            }
        }
        return queries
    }

    mutating func merge(_ other: RankingMeter) { means.mergeEach(other.means) }

    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        metrics.map { metric in
            guard case .rankings(let quantity) = metric.quantity, let mean = means[quantity] else {
                preconditionFailure("\(metric) is no metric of rankings")
            }
            return MetricValue(
                metric,
                mean.value(orUndefined: "") { (mean) throws(MetricError) in try mean.value })
        }
    }
}

extension RankingQuantity {
    fileprivate func value(of query: RankedQuery) -> Double {
        switch self {
        case .nDCG(let k): query.nDCG(at: k)
        case .tieAveragedNDCG: query.tieAveragedNDCG
        case .meanAveragePrecision: query.averagePrecision
        case .reciprocalRank: query.reciprocalRank
        case .precision(let k): query.precision(at: k)
        case .recall(let k): query.recall(at: k)
        case .hit(let k): query.hit(at: k)
        }
    }
}
