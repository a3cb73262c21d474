import Metrics

/// Measures metrics again on some examples, from what was kept of each.
protocol Resampler: Sendable {
    /// - Returns: `nil` where what it needs was not kept.
    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis)

    /// The metrics that have a value on these examples.
    ///
    /// - Parameter places: of the data set; some stand there several times.
    func values(_ places: [Int32]) -> [EvaluationMetric: Double]
}

/// All that is needed for some metrics of one task.
struct Resamplers: Sendable {
    private let all: [any Resampler]

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        guard !metrics.isEmpty else { return nil }
        let kinds: [any Resampler.Type] = [
            ClassResampler.self, ConfidenceResampler.self, LabelSetResampler.self,
            NumberResampler.self, LikelihoodResampler.self, CorpusResampler<BLEU.Counts>.self,
            CorpusResampler<ChrF.Counts>.self, CorpusResampler<WordErrors.Counts<Int>>.self,
            CorpusResampler<CharacterErrors.Counts<Int>>.self, CorpusResampler<TER.Counts>.self,
            LatencyResampler.self,
        ]
        all = kinds.compactMap { $0.init(metrics, results, basis) }
        if all.isEmpty { return nil }
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        all.reduce(into: [:]) { values, resampler in
            values.merge(resampler.values(places)) { first, _ in first }
        }
    }
}

extension [MetricValue] {
    /// Those that have a value.
    var values: [EvaluationMetric: Double] {
        reduce(into: [:]) { values, result in values[result.metric] = result.value }
    }
}

extension TaskMeter {
    /// The metrics of one block alone.
    static func values(
        of metrics: [EvaluationMetric], _ block: PredictionBlock, _ finish: MeterFinish
    ) -> [EvaluationMetric: Double] {
        var meter = Self(metrics, finish.context)
        var nothing = BlockColumns(wanted: [])
        meter.add(MeterInput(block, finish.context), &nothing)
        return meter.values(of: metrics, finish).values
    }
}
