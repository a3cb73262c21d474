import Metrics

extension LabelSetMeter {
    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        let ranked = ranks?.map { ranks in
            Result { () throws(MetricError) in
                try ranks.get().ranked(workers: finish.workerCount)
            }
        }
        return metrics.map { metric in
            guard case .labelSets(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of label sets")
            }
            return MetricValue(metric, result(quantity, ranked, finish))
        }
    }

    private func result(
        _ quantity: LabelSetQuantity, _ ranked: [Result<RankedScores, MetricError>]?,
        _ finish: MeterFinish
    ) -> MetricValue.Result {
        switch quantity {
        case .subsetAccuracy:
            matrix.value(orUndefined: "") { (m) throws(MetricError) in try m.subsetAccuracy }
        case .hammingLoss:
            matrix.value(orUndefined: "") { (m) throws(MetricError) in try m.hammingLoss }
        case .score(let score, let scope): self.score(score, scope, finish)
        case .outcome(let count, let scope):
            ofLabel(scope, finish) { count.value($0, total: $1) }
        case .classCurve(let curve):
            if hasScores { area(curve, ranked ?? [], finish) } else { ClassMeter.noScores }
        }
    }

    private func score(_ score: OutcomeScore, _ scope: OutcomeScope, _ finish: MeterFinish)
        -> MetricValue.Result
    {
        let zero = finish.zeroDivision
        let average: ClassAverage
        switch scope {
        case .micro: average = .micro
        case .macro: average = .macro
        case .weighted: average = .weighted
        case .samples:
            return matrix.value(orUndefined: "a denominator is 0") { (m) throws(MetricError) in
                try m.samples(zero) { score.value($0, $1, total: 0) }
            }
        case .label:
            return ofLabel(scope, finish) { score.value($0, zero, total: $1) }
        case .positive: preconditionFailure("no label is the positive one")
        }
        return matrix.value(orUndefined: "a denominator is 0") { (m) throws(MetricError) in
            average.value(of: try m.outcomes(), zero) { score.value($0, $1, total: 0) }
        }
    }

    /// - Parameter body: is given the outcome of the scope's label and the weight of all examples.
    private func ofLabel(
        _ scope: OutcomeScope, _ finish: MeterFinish, _ body: (Outcome, Double) -> Double?
    ) -> MetricValue.Result {
        guard case .label(let label) = scope else { preconditionFailure("\(scope) is no label") }
        guard let place = finish.context.names.firstIndex(of: label) else {
            return .undefined("the label '\(label)' occurs nowhere")
        }
        return matrix.value(orUndefined: "its denominator is 0") { (m) throws(MetricError) in
            let outcomes = try m.outcomes()
            let none = Outcome(truePositives: 0, falsePositives: 0, falseNegatives: 0)
            let cells = try m.confusion()
            let own = place < outcomes.count ? outcomes[place] : none
            let total = cells.first.map { $0.joined().reduce(0, +) } ?? 0
            return body(own, total)
        }
    }

    private func area(
        _ curve: ClassCurveQuantity, _ ranked: [Result<RankedScores, MetricError>],
        _ finish: MeterFinish
    ) -> MetricValue.Result {
        let why = "a label is never true, or always"
        func label(_ label: String) throws(MetricError) -> RankedScores? {
            guard let place = finish.context.names.firstIndex(of: label), place < ranked.count
            else { return nil }
            return try ranked[place].get()
        }
        func mean(_ value: (RankedScores) -> Double?) throws(MetricError) -> Double? {
            var values: [Double] = []
            for result in ranked {
                guard let value = value(try result.get()) else { return nil }
                values.append(value)
            }
            return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        return .of(why) { () throws(MetricError) in
            switch curve {
            case .rocAUCOneVersusRest: try mean(\.rocAUC)
            case .averagePrecisionMacro: try mean(\.averagePrecision)
            case .rocAUC(let name): try label(name)?.rocAUC
            case .averagePrecision(let name): try label(name)?.averagePrecision
            case .rocAUCOneVersusOne: nil
            }
        }
    }

    /// For each label true negatives, false positives, false negatives, true positives.
    func confusion(_ finish: MeterFinish) -> (labels: [String], counts: [UInt64]) {
        guard finish.context.examples.weights == nil,
            let cells = (try? matrix.wrapped?.confusion())  // Without an example there is none.
        else { return ([], []) }
        let names = finish.context.names.prefix(cells.count)
        return (Array(names), cells.flatMap { $0.joined().map { UInt64($0) } })
    }
}
