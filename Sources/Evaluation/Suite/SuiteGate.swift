/// A condition that a version must meet.
public struct SuiteGate: Hashable, Sendable {
    public enum Condition: Hashable, Sendable {
        case atLeast(Double)
        case atMost(Double)
        /// Not worse than the parent by more than so much, in the metric's unit.
        case notWorseThanParent(by: Double)
        /// The same against what serves on the suite's stable target.
        case notWorseThanStable(by: Double)

        /// How much worse a version may be; `nil` where it is held against a number.
        public var margin: Double? {
            switch self {
            case .atLeast, .atMost: nil
            case .notWorseThanParent(let margin), .notWorseThanStable(let margin): margin
            }
        }

        public var isAgainstStable: Bool {
            if case .notWorseThanStable = self { true } else { false }
        }
    }

    public let metric: EvaluationMetric
    public let condition: Condition
    /// The one-sided level of the test against another version.
    public let alpha: Double

    public static let usualAlpha = 0.05

    /// - Parameter alpha: 0 stands for 0.05.
    public init(_ metric: EvaluationMetric, _ condition: Condition, alpha: Double = 0)
        throws(SuiteError)
    {
        guard alpha >= 0, alpha < 1 else {
            throw SuiteError(
                "the gate on \(metric) has alpha \(alpha); expected a number in (0, 1)")
        }
        let bound: Double
        switch condition {
        case .atLeast(let value), .atMost(let value): bound = value
        case .notWorseThanParent(let margin):
            bound = margin
            try Self.check(margin, metric, "the parent")
        case .notWorseThanStable(let margin):
            bound = margin
            try Self.check(margin, metric, "what serves")
        }
        guard bound.isFinite else {
            throw SuiteError("the gate on \(metric) has the bound \(bound); expected a number")
        }
        (self.metric, self.condition) = (metric, condition)
        self.alpha = alpha == 0 ? Self.usualAlpha : alpha
    }

    private static func check(_ margin: Double, _ metric: EvaluationMetric, _ other: String)
        throws(SuiteError)
    {
        guard margin > 0 else {
            throw SuiteError(
                "the gate on \(metric) allows \(margin) below \(other); expected more than 0, "
                    + "because no finite test set can show that nothing at all was lost")
        }
        guard metric.direction != .none else {
            throw SuiteError(
                "the gate on \(metric) asks whether it is worse than \(other)'s, but neither "
                    + "larger nor smaller values of it are better; gate on it with at_least or "
                    + "at_most")
        }
    }
}
