import Metrics

/// Binary and multiclass tasks: from the class predicted, and of a binary task from its score.
struct ClassResampler: Resampler {
    private let metrics: [EvaluationMetric]
    private let finish: MeterFinish
    private let predicted: ClassColumn
    private let scores: ScoreColumn?

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        guard case .classes(let truth, let names) = basis.examples.truth else { return nil }
        let kept = results.classes(.predicted)
        scores = results.scores(.signedScore)
        let (hasClasses, hasScores) = (kept != nil, scores != nil)
        self.metrics = metrics.filter { metric in
            guard case .classes(let quantity) = metric.quantity else { return false }
            switch quantity {
            case .accuracy, .balancedAccuracy, .score, .outcome, .matthews, .kappa:
                return hasClasses
            case .curve: return hasScores
            case .calibration: return basis.task.isBinary && hasScores
            case .logLoss, .brier, .classCurve, .topK: return false
            }
        }
        if self.metrics.isEmpty { return nil }
        // Curves and calibration ask nothing of predictions.
        predicted = kept ?? truth
        // Classes that only the predictions have are known by their places alone.
        let classCount = max(names.count, (predicted.largest ?? 0) + 1)
        let strangers = (names.count..<classCount).map { "\u{0}\($0)" }
        finish = MeterFinish(
            context: BlockContext(
                task: basis.task, examples: basis.examples, names: names + strangers),
            zeroDivision: basis.zeroDivision.outcome, workerCount: 1)
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let all = PredictionBlock(
            count: predicted.count, examples: .consecutive(from: 0),
            answers: .classes(ClassAnswers(predicted: predicted, scores: scores)))
        return ClassMeter.values(of: metrics, all.rows(places), finish)
    }
}

/// Calibration of several classes: from the largest probability and whether it was right.
struct ConfidenceResampler: Resampler {
    private let metrics: [(metric: EvaluationMetric, kind: CalibrationQuantity, binCount: Int)]
    private let confidences: [Double]
    private let isRight: [UInt8]

    init?(_ metrics: [EvaluationMetric], _ results: ExampleResults, _ basis: ResamplingBasis) {
        guard !basis.task.isBinary, let confidences = results.plainValues(of: .confidence),
            let isRight = results.plainValues(of: .correct)
        else { return nil }
        self.metrics = metrics.compactMap { metric in
            guard case .classes(.calibration(let kind, let binCount)) = metric.quantity else {
                return nil
            }
            return (metric, kind, binCount)
        }
        if self.metrics.isEmpty { return nil }
        (self.confidences, self.isRight) = (confidences, isRight.map { UInt8($0) })
    }

    func values(_ places: [Int32]) -> [EvaluationMetric: Double] {
        let scores = ScoreColumn.float64(places.map { confidences[Int($0)] })
        let truth = ClassColumn.uint8(places.map { isRight[Int($0)] })
        var values: [EvaluationMetric: Double] = [:]
        for (metric, kind, binCount) in metrics {
            var bins = Guarded(Calibration(binCount: binCount))
            truth.withView { truth in
                scores.withView { scores in
                    bins.add { (bins) throws(MetricError) in
                        try bins.add(truth: truth, scores: scores)
                    }
                }
            }
            let result = bins.value(orUndefined: "") { (bins) throws(MetricError) in
                try kind.value(of: bins)
            }
            if case .value(let value) = result { values[metric] = value }
        }
        return values
    }
}

extension ExampleResults {
    func classes(_ column: ExampleColumn) -> ClassColumn? {
        switch columns[column] {
        case .uint8(let values): .uint8(values)
        case .int32(let values): .int32(values)
        case .bits, .float32, .float64, .scaled, nil: nil
        }
    }

    /// Magnitudes of values, in the type in which they were kept.
    fileprivate func scores(_ column: ExampleColumn) -> ScoreColumn? {
        switch columns[column] {
        case .float32(let values): .float32(values.map(\.magnitude))
        case .float64(let values): .float64(values.map(\.magnitude))
        case .bits, .uint8, .int32, .scaled, nil: nil
        }
    }
}

extension ClassColumn {
    fileprivate var largest: Int? {
        switch self {
        case .uint8(let values): values.max().map { Int($0) }
        case .int32(let values): values.max().map { Int($0) }
        }
    }
}
