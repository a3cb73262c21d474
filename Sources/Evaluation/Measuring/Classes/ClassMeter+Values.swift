import Metrics

extension ClassMeter {
    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        let outcomes = ClassOutcomes(matrix, finish)
        let curves = ClassCurves(self, metrics, finish)
        return metrics.map { metric in
            guard case .classes(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of classes")
            }
            return MetricValue(metric, result(quantity, outcomes, curves))
        }
    }

    static let noScores = MetricValue.Result.insufficientData("the predictions give no scores")

    private func result(
        _ quantity: ClassQuantity, _ outcomes: ClassOutcomes, _ curves: ClassCurves
    ) -> MetricValue.Result {
        switch quantity {
        case .accuracy, .balancedAccuracy, .score, .outcome, .matthews, .kappa:
            return outcomes[quantity]
        case .logLoss, .brier, .curve, .classCurve, .calibration, .topK:
            guard hasScores else { return Self.noScores }
        }
        switch quantity {
        case .logLoss: return Self.result(logLoss) { (loss) throws(MetricError) in try loss.value }
        case .brier: return Self.result(brier) { (brier) throws(MetricError) in try brier.value }
        case .curve(let quantity): return curves[quantity]
        case .classCurve(let quantity): return curves[quantity]
        case .calibration(let quantity, let binCount):
            return Self.result(calibration[binCount]) { (bins) throws(MetricError) in
                try quantity.value(of: bins)
            }
        case .topK(let k):
            return Self.result(topK[k]) { (top) throws(MetricError) in try top.value }
        case .accuracy, .balancedAccuracy, .score, .outcome, .matthews, .kappa:
            return outcomes[quantity]
        }
    }

    private static func result<Wrapped>(
        _ accumulator: Guarded<Wrapped>?, _ body: (Wrapped) throws(MetricError) -> Double?
    ) -> MetricValue.Result {
        accumulator?.value(orUndefined: "it is no number", body)
            ?? .insufficientData("it was not measured")
    }

    func confusion(_ finish: MeterFinish) -> (labels: [String], counts: [UInt64]) {
        guard let matrix = matrix?.wrapped else { return ([], []) }
        let labels = finish.sortedPlaces(of: matrix.labels)
        guard labels.count <= ClassMatrix.denseMax, !matrix.isWeighted else { return ([], []) }
        return (
            labels.map { finish.context.names[$0] },
            matrix.matrix(labels).flatMap { $0.map { UInt64($0) } }
        )
    }
}

extension CalibrationQuantity {
    func value(of bins: Calibration) throws(MetricError) -> Double {
        switch self {
        case .expected: try bins.expectedError
        case .maximum: try bins.maximumError
        case .rootMeanSquare: try bins.rootMeanSquareError
        }
    }
}

extension MeterFinish {
    /// Places of classes, in the order of their names.
    func sortedPlaces(of places: [Int]) -> [Int] {
        let byName = Dictionary(
            uniqueKeysWithValues: places.map { (context.names[$0], $0) })
        return ClassNames.sorted(places.map { context.names[$0] }).map { byName[$0]! }
    }
}
