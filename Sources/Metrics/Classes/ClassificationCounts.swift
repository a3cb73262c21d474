import Statistics

/// How often each class was predicted for each: all that accuracy, precision, F, MCC and kappa need.
///
/// Labels are names. Source of conventions: scikit-learn 1.9, `sklearn.metrics`.
public struct ClassificationCounts: Sendable, Equatable {
    private struct Pair: Hashable {
        let truth: Int
        let prediction: Int
    }

    private var sums: [Pair: CompensatedSum] = [:]
    private var weight = CompensatedSum()
    private var right = CompensatedSum()

    public init() {}

    public mutating func add(truth: Int, prediction: Int, weight: Double = 1) {
        sums[Pair(truth: truth, prediction: prediction), default: CompensatedSum()].add(weight)
        self.weight.add(weight)
        if truth == prediction { right.add(weight) }
    }

    public mutating func merge(_ other: ClassificationCounts) {
        for (pair, sum) in other.sums { sums[pair, default: CompensatedSum()].merge(sum) }
        weight.merge(other.weight)
        right.merge(other.right)
    }

    public init(
        truth: [Int], prediction: [Int], weights: [Double]? = nil
    ) throws(MetricError) {
        try Inputs.checkCounts([truth.count, prediction.count])
        let weights = try Inputs.weights(weights, count: truth.count)
        for index in truth.indices {
            add(
                truth: truth[index], prediction: prediction[index],
                weight: weights?[index] ?? 1)
        }
    }

    /// Of truth and prediction, ascending.
    public var labels: [Int] {
        Set(sums.keys.flatMap { [$0.truth, $0.prediction] }).sorted()
    }

    /// Of all examples, whatever labels are listed elsewhere.
    public var accuracy: Double? { weight.value > 0 ? right.value / weight.value : nil }

    /// Rows are truth, columns prediction.
    public func matrix(_ labels: [Int]) -> [[Double]] {
        labels.map { truth in
            labels.map { sums[Pair(truth: truth, prediction: $0)]?.value ?? 0 }
        }
    }

    /// For one class against all others.
    func outcome(of label: Int) -> Outcome {
        var (hit, missed, wrong) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        for (pair, sum) in sums.sorted(by: {
            ($0.key.truth, $0.key.prediction) < ($1.key.truth, $1.key.prediction)
        }) {
            switch (pair.truth == label, pair.prediction == label) {
            case (true, true): hit.merge(sum)
            case (true, false): missed.merge(sum)
            case (false, true): wrong.merge(sum)
            case (false, false): continue
            }
        }
        return Outcome(
            truePositives: hit.value, falsePositives: wrong.value, falseNegatives: missed.value)
    }
}

/// True and false positives, false negatives, in weights.
public struct Outcome: Sendable, Equatable {
    public var truePositives: Double
    public var falsePositives: Double
    public var falseNegatives: Double

    public init(truePositives: Double, falsePositives: Double, falseNegatives: Double) {
        (self.truePositives, self.falsePositives) = (truePositives, falsePositives)
        self.falseNegatives = falseNegatives
    }

    public var support: Double { truePositives + falseNegatives }

    /// What a quotient is whose denominator is 0.
    public enum ZeroDivision: Sendable, Equatable {
        case value(Double)
        /// It has no value, and is left out of averages.
        case undefined

        var result: Double? { if case .value(let value) = self { value } else { nil } }
    }

    public func precision(_ zero: ZeroDivision = .value(0)) -> Double? {
        Self.quotient(truePositives, truePositives + falsePositives, zero)
    }

    public func recall(_ zero: ZeroDivision = .value(0)) -> Double? {
        Self.quotient(truePositives, support, zero)
    }

    /// (1+β²)TP / ((1+β²)TP + β²FN + FP).
    public func fBeta(_ beta: Double, _ zero: ZeroDivision = .value(0)) -> Double? {
        let squared = beta * beta
        let hits = (1 + squared) * truePositives
        return Self.quotient(hits, hits + squared * falseNegatives + falsePositives, zero)
    }

    public func jaccard(_ zero: ZeroDivision = .value(0)) -> Double? {
        Self.quotient(truePositives, truePositives + falsePositives + falseNegatives, zero)
    }

    private static func quotient(_ part: Double, _ whole: Double, _ zero: ZeroDivision) -> Double? {
        whole == 0 ? zero.result : part / whole
    }

    static func + (a: Outcome, b: Outcome) -> Outcome {
        Outcome(
            truePositives: a.truePositives + b.truePositives,
            falsePositives: a.falsePositives + b.falsePositives,
            falseNegatives: a.falseNegatives + b.falseNegatives)
    }
}

/// How the values of several classes become one.
public enum ClassAverage: Sendable, Equatable, CaseIterable {
    /// Of all outcomes together.
    case micro
    /// The mean over classes.
    case macro
    /// The mean over classes, weighted by how often each is true.
    case weighted

    /// - Parameter zero: what a class without outcomes counts; undefined leaves it out.
    public func value(
        of outcomes: [Outcome], _ zero: Outcome.ZeroDivision = .value(0),
        _ metric: (Outcome, Outcome.ZeroDivision) -> Double?
    ) -> Double? {
        switch self {
        case .micro:
            guard let first = outcomes.first else { return nil }
            return metric(outcomes.dropFirst().reduce(first, +), zero)
        case .macro:
            let values = outcomes.compactMap { metric($0, zero) }
            return values.isEmpty ? nil : values.exactSum / Double(values.count)
        case .weighted:
            var (sum, weight) = (CompensatedSum(), CompensatedSum())
            for outcome in outcomes {
                guard let value = metric(outcome, zero) else { continue }
                sum.add(value * outcome.support)
                weight.add(outcome.support)
            }
            return weight.value > 0 ? sum.value / weight.value : zero.result
        }
    }
}
