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
