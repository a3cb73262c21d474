/// A condition that a version must meet.
public struct SuiteGate: Hashable, Sendable {
    public enum Condition: Hashable, Sendable {
        case atLeast(Double)
        case atMost(Double)
        /// Not worse than the parent by more than so much, in the metric's unit.
        case notWorseThanParent(by: Double)
    }

    public let metric: EvaluationMetric
    public let condition: Condition
    /// The one-sided level of the test against the parent.
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
            guard margin > 0 else {
                throw SuiteError(
                    "the gate on \(metric) allows \(margin) below the parent; expected more than 0, "
                        + "because no finite test set can show that nothing at all was lost")
            }
        }
        guard bound.isFinite else {
            throw SuiteError("the gate on \(metric) has the bound \(bound); expected a number")
        }
        (self.metric, self.condition) = (metric, condition)
        self.alpha = alpha == 0 ? Self.usualAlpha : alpha
    }
}
