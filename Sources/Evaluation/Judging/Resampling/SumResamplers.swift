import Metrics

/// Micro averages of label sets: from the labels right, wrong and missed of each example.
struct LabelSetResampler: Resampler {
    private let metrics: [(metric: EvaluationMetric, score: OutcomeScore)]
    private let columns: [[Double]]
    private let weights: [Double]?
    private let zeroDivision: Outcome.ZeroDivision

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        self.metrics = metrics.compactMap { metric in
            guard case .labelSets(.score(let score, .micro)) = metric.quantity else { return nil }
            return (metric, score)
        }
        columns = LabelSetMeter.outcomeColumns.compactMap { results.plainValues(of: $0) }
        (weights, zeroDivision) = (basis.examples.weights, basis.zeroDivision.outcome)
        guard columns.count == 3, !self.metrics.isEmpty else { return nil }
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let sums = columns.map { column in
            places.reduce(0.0) { $0 + column[Int($1)] * (weights?[Int($1)] ?? 1) }
        }
        let outcome = Outcome(
            truePositives: sums[0], falsePositives: sums[1], falseNegatives: sums[2])
        return metrics.reduce(into: [:]) { values, wanted in
            values[wanted.metric] = wanted.score.value(outcome, zeroDivision, total: 0)
        }
    }
}

/// Metrics of a corpus of texts: from the counts of each text.
struct CorpusResampler<Counts: ScoredCounts>: Resampler {
    private struct Wanted {
        let metric: EvaluationMetric
        let quantity: TextQuantity
        let kind: CorpusKind
    }

    private let wanted: [Wanted]
    private let counts: [CorpusKind: [Counts]]

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        wanted = metrics.compactMap { metric in
            guard case .texts(let quantity) = metric.quantity, let kind = quantity.corpus,
                Counts.serves(kind)
            else { return nil }
            return Wanted(metric: metric, quantity: quantity, kind: kind)
        }
        counts = Set(wanted.map(\.kind)).reduce(into: [:]) { counts, kind in
            counts[kind] = Self.counts(of: kind, results)
        }
        if counts.isEmpty { return nil }
    }

    private static func counts(of kind: CorpusKind, _ results: ExampleResults) -> [Counts]? {
        var columns: [[Int32]] = []
        for column in kind.columns {
            guard case .int32(let values) = results.columns[column] else { return nil }
            columns.append(values)
        }
        return (0..<results.count).map { row in Counts(parts: columns.map { $0[row] }) }
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let sums = counts.mapValues { counts in
            places.reduce(into: Counts()) { $0.add(counts[Int($1)]) }
        }
        return wanted.reduce(into: [:]) { values, wanted in
            guard let sum = sums[wanted.kind] else { return }
            let result = MetricValue.Result.of("") { () throws(MetricError) in
                try sum.value(of: wanted.quantity)
            }
            if case .value(let value) = result { values[wanted.metric] = value }
        }
    }
}

/// Counts of which metrics are functions.
protocol ScoredCounts: CorpusCounts {
    static func serves(_ kind: CorpusKind) -> Bool
    func value(of quantity: TextQuantity) throws(MetricError) -> Double?
}

extension BLEU.Counts: ScoredCounts {
    static func serves(_ kind: CorpusKind) -> Bool { if case .bleu = kind { true } else { false } }
    func value(of quantity: TextQuantity) throws(MetricError) -> Double? {
        try quantity.value(of: self)
    }
}

extension ChrF.Counts: ScoredCounts {
    static func serves(_ kind: CorpusKind) -> Bool { if case .chrF = kind { true } else { false } }
    func value(of quantity: TextQuantity) throws(MetricError) -> Double? {
        try quantity.value(of: self)
    }
}

extension WordErrors.Counts: ScoredCounts where Integer == Int {
    static func serves(_ kind: CorpusKind) -> Bool { kind == .words }
    func value(of quantity: TextQuantity) throws(MetricError) -> Double? {
        try quantity.value(of: self)
    }
}

extension TER.Counts: ScoredCounts {
    static func serves(_ kind: CorpusKind) -> Bool { kind == .ter }
    func value(of quantity: TextQuantity) throws(MetricError) -> Double? {
        try quantity.value(of: self)
    }
}

extension CharacterErrors.Counts: ScoredCounts where Integer == Int {
    static func serves(_ kind: CorpusKind) -> Bool { kind == .characters }
    func value(of quantity: TextQuantity) throws(MetricError) -> Double? {
        try quantity.value(of: self)
    }
}
