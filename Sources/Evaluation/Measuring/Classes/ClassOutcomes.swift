import Metrics

/// What follows from how often each class was predicted for each.
struct ClassOutcomes {
    private let matrix: Guarded<ClassMatrix>?
    private let finish: MeterFinish
    /// Classes of truth and prediction, in the order of their names, with their outcomes.
    private let places: [Int]
    private let outcomes: [Outcome]

    init(_ matrix: Guarded<ClassMatrix>?, _ finish: MeterFinish) {
        (self.matrix, self.finish) = (matrix, finish)
        places = finish.sortedPlaces(of: matrix?.wrapped?.labels ?? [])
        // Without an example there are none; every metric then says so itself.
        var outcomes: [Outcome] = []
        do throws(MetricError) {
            outcomes = try matrix?.wrapped?.outcomes(places) ?? []
        } catch {
            outcomes = []
        }
        self.outcomes = outcomes
    }

    subscript(quantity: ClassQuantity) -> MetricValue.Result {
        guard let matrix else { return .insufficientData("it was not measured") }
        switch quantity {
        case .accuracy:
            return matrix.value(orUndefined: "") { (m) throws(MetricError) in try m.accuracy }
        case .balancedAccuracy:
            return matrix.value(orUndefined: "no class occurs in truth") {
                (m) throws(MetricError) in try m.balancedAccuracy
            }
        case .matthews:
            return matrix.value(orUndefined: "") { (m) throws(MetricError) in try m.matthews }
        case .kappa(let kind):
            return matrix.value(orUndefined: "all examples are of one class") {
                (m) throws(MetricError) in try m.kappa(kind, labels: places)
            }
        case .score(let score, let scope): return checked { self.score(score, scope) }
        case .outcome(let count, let scope): return checked { self.count(count, scope) }
        case .logLoss, .brier, .curve, .classCurve, .calibration, .topK:
            preconditionFailure("\(quantity) does not follow from counts")
        }
    }

    /// There are examples with weight, or it is said that there are none.
    private func checked(_ body: () -> MetricValue.Result) -> MetricValue.Result {
        let total = matrix?.value(orUndefined: "") { (m) throws(MetricError) in
            try m.requireExamples()
            return m.totalWeight
        }
        if let total, case .problem = total { return total }
        return body()
    }

    private func score(_ score: OutcomeScore, _ scope: OutcomeScope) -> MetricValue.Result {
        let total = matrix?.wrapped?.totalWeight ?? 0
        switch scope {
        case .positive:
            guard case .binary(let label) = finish.context.task else {
                preconditionFailure("\(finish.context.task) has no positive class")
            }
            guard let outcome = outcome(of: label) else {
                return .undefined("the positive label occurs nowhere")
            }
            return score.result(outcome, finish.zeroDivision, total: total)
        case .label(let label):
            guard let outcome = outcome(of: label) else {
                return .undefined("the class '\(label)' occurs nowhere")
            }
            return score.result(outcome, finish.zeroDivision, total: total)
        case .micro: return average(.micro, score, total)
        case .macro: return average(.macro, score, total)
        case .weighted: return average(.weighted, score, total)
        case .samples: preconditionFailure("each example has one class")
        }
    }

    private func average(_ average: ClassAverage, _ score: OutcomeScore, _ total: Double)
        -> MetricValue.Result
    {
        .of("a denominator is 0") {
            average.value(of: outcomes, finish.zeroDivision) {
                score.value($0, $1, total: total)
            }
        }
    }

    private func outcome(of label: String) -> Outcome? {
        places.firstIndex { finish.context.names[$0] == label }.map { outcomes[$0] }
    }

    private func count(_ count: OutcomeCount, _ scope: OutcomeScope) -> MetricValue.Result {
        var label = ""
        switch scope {
        case .positive: if case .binary(let name) = finish.context.task { label = name }
        case .label(let name): label = name
        case .micro, .macro, .weighted, .samples:
            preconditionFailure("counts are of one class")
        }
        let none = Outcome(truePositives: 0, falsePositives: 0, falseNegatives: 0)
        let total = matrix?.wrapped?.totalWeight ?? 0
        return .value(count.value(outcome(of: label) ?? none, total: total))
    }
}

extension OutcomeScore {
    /// - Parameter total: the weight of all examples.
    func value(_ outcome: Outcome, _ zero: Outcome.ZeroDivision, total: Double) -> Double? {
        switch self {
        case .precision: outcome.precision(zero)
        case .recall: outcome.recall(zero)
        case .jaccard: outcome.jaccard(zero)
        case .fBeta(let beta): outcome.fBeta(beta, zero)
        case .specificity:
            // The recall of the other class.
            Outcome(
                truePositives: OutcomeCount.trueNegatives.value(outcome, total: total),
                falsePositives: 0, falseNegatives: outcome.falsePositives
            ).recall(zero)
        }
    }

    func result(_ outcome: Outcome, _ zero: Outcome.ZeroDivision, total: Double)
        -> MetricValue.Result
    {
        .of("its denominator is 0") { value(outcome, zero, total: total) }
    }
}

extension OutcomeCount {
    func value(_ outcome: Outcome, total: Double) -> Double {
        switch self {
        case .truePositives: outcome.truePositives
        case .falsePositives: outcome.falsePositives
        case .falseNegatives: outcome.falseNegatives
        case .trueNegatives:
            total - outcome.truePositives - outcome.falsePositives - outcome.falseNegatives
        }
    }
}
