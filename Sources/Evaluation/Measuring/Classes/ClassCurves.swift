import Metrics

/// What follows from the order of scores, sorted once however many metrics ask.
struct ClassCurves {
    private var ranked: Result<RankedScores, MetricError>?
    private var areas: Result<MulticlassRanks.Areas, MetricError>?
    private var oneVersusOne: Result<Double?, MetricError>?
    private let finish: MeterFinish

    init(_ meter: ClassMeter, _ metrics: [EvaluationMetric], _ finish: MeterFinish) {
        self.finish = finish
        let workers = finish.workerCount
        let quantities = metrics.map(\.quantity)
        if let ranks = meter.ranks {
            ranked = Result { () throws(MetricError) in try ranks.get().ranked(workers: workers) }
        }
        guard let ranks = meter.classRanks else { return }
        let wantsPairs = quantities.contains(.classes(.classCurve(.rocAUCOneVersusOne)))
        let wantsRest = quantities.contains { quantity in
            guard case .classes(.classCurve(let curve)) = quantity else { return false }
            return curve != .rocAUCOneVersusOne
        }
        if wantsPairs {
            oneVersusOne = Result { () throws(MetricError) in
                try ranks.get().oneVersusOne(workers: workers)
            }
        }
        if wantsRest {
            areas = Result { () throws(MetricError) in
                try ranks.get().oneVersusRest(workers: workers)
            }
        }
    }

    private static let missing = "a class never occurs in truth, or no other one does"

    subscript(quantity: CurveQuantity) -> MetricValue.Result {
        .of("it needs positives and negatives in truth") { () throws(MetricError) in
            guard let ranked = try ranked?.get() else { return nil }
            return switch quantity {
            case .rocAUC: ranked.rocAUC
            case .gini: ranked.gini
            case .ks: ranked.kolmogorovSmirnov
            case .averagePrecision: ranked.averagePrecision
            case .trapezoidArea: ranked.trapezoidPrecisionRecallAUC
            case .bestF1: ranked.bestF1?.value
            case .bestF1Threshold: ranked.bestF1?.threshold
            }
        }
    }

    subscript(quantity: ClassCurveQuantity) -> MetricValue.Result {
        .of(Self.missing) { () throws(MetricError) in
            switch quantity {
            case .rocAUCOneVersusOne: return try oneVersusOne?.get() ?? nil
            case .rocAUCOneVersusRest(let isWeighted):
                let areas = try areas?.get()
                return isWeighted ? areas?.rocAUCWeighted : areas?.rocAUCMacro
            case .averagePrecisionMacro: return try areas?.get().averagePrecisionMacro
            case .rocAUC(let label): return try ranked(of: label)?.rocAUC
            case .averagePrecision(let label): return try ranked(of: label)?.averagePrecision
            }
        }
    }

    private func ranked(of label: String) throws(MetricError) -> RankedScores? {
        guard let areas = try areas?.get(), let place = finish.context.names.firstIndex(of: label),
            let column = finish.context.scoredClasses.firstIndex(of: Int32(place))
        else { return nil }
        return areas.classes[column]
    }
}
