import Metrics

/// Regressions: from the error of each example.
struct NumberResampler: Resampler {
    private let metrics: [EvaluationMetric]
    private let finish: MeterFinish
    private let predicted: [Double]

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        guard case .numbers(let truth) = basis.examples.truth else { return nil }
        let kept = results.plainValues(of: .predictedNumber)
        let errors = results.plainValues(of: .error)
        guard let predicted = kept ?? errors.map({ zip(truth, $0).map { $0 + $1 } }) else {
            return nil
        }
        self.metrics = metrics.filter { metric in
            switch metric.quantity {
            // A rounded sum may part what is the same, or join what is not.
            case .numbers(.spearman), .numbers(.kendallTauB): kept != nil
            case .numbers: true
            default: false  // Of other tasks.
            }
        }
        if self.metrics.isEmpty { return nil }
        self.predicted = predicted
        finish = basis.finish
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let block = PredictionBlock(
            count: places.count, examples: .listed(places),
            answers: .numbers(.float64(places.map { predicted[Int($0)] })))
        return NumberMeter.values(of: metrics, block, finish)
    }
}

/// Percentiles of latencies.
struct LatencyResampler: Resampler {
    private let metrics: [EvaluationMetric]
    private let finish: MeterFinish
    private let latencies: [Double]

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        guard let latencies = results.plainValues(of: .latency) else { return nil }
        self.metrics = metrics.filter { metric in
            if case .requests(.latency) = metric.quantity { true } else { false }
        }
        if self.metrics.isEmpty { return nil }
        (self.latencies, finish) = (latencies, basis.finish)
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let block = PredictionBlock(
            count: places.count, examples: .listed(places),
            answers: .requests(
                RequestAnswers(
                    latencies: places.map { latencies[Int($0)] }, tokenCounts: nil,
                    failed: Array(repeating: false, count: places.count), starts: nil)))
        return RequestMeter.values(of: metrics, block, finish)
    }
}

/// Language models: from the loss and the counts of each text.
struct LikelihoodResampler: Resampler {
    private let metrics: [EvaluationMetric]
    private let logProbabilities: [Double]
    private let tokens: [Int32]?
    private let correctTokens: [Int32]?
    private let bytes: [Int32]?
    private let words: [Int32]?

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        self.metrics = metrics.filter { metric in
            if case .likelihoods = metric.quantity { true } else { false }
        }
        if self.metrics.isEmpty { return nil }
        let column = { (column: ExampleColumn) -> [Int32]? in
            if case .int32(let values) = results.columns[column] { values } else { nil }
        }
        // Token accuracy alone needs no losses.
        logProbabilities =
            results.plainValues(of: .textLoss)?.map { -$0 }
            ?? Array(repeating: 0, count: results.count)
        (tokens, correctTokens) = (column(.tokens), column(.correctTokens))
        (bytes, words) = (column(.bytes), column(.words))
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let gather = { (column: [Int32]?) in column.map { all in places.map { all[Int($0)] } } }
        let answers = LikelihoodAnswers(
            logProbabilities: places.map { logProbabilities[Int($0)] },
            tokenCounts: gather(tokens) ?? Array(repeating: 0, count: places.count),
            correctTokenCounts: gather(correctTokens), texts: nil)
        var model = Guarded(LanguageModel())
        model.add { (model) throws(MetricError) in
            try LikelihoodMeter.add(
                answers, bytes: gather(bytes), words: gather(words), to: &model)
        }
        var values: [EvaluationMetric: Double] = [:]
        for metric in metrics {
            guard case .likelihoods(let quantity) = metric.quantity else { continue }
            let result = model.value(orUndefined: "") { (model) throws(MetricError) in
                try quantity.value(of: model)
            }
            if case .value(let value) = result { values[metric] = value }
        }
        return values
    }
}
