import CairnCore

/// How a suite measures, beyond what and on what.
public struct SuiteOptions: Hashable, Sendable {
    /// Columns of the data set; every metric is also measured for each of their values.
    public var slices: [String] = []
    /// Of the data set; empty: every example weighs 1.
    public var weightColumn = ""
    /// What a quotient is whose denominator is 0.
    public var zeroDivision = ZeroDivision.zero
    /// Given to the runner, plus the repeat.
    public var seed: UInt64 = 0
    /// Of its evaluations in the queue; higher ones go first.
    public var priority: Int32 = 0
    /// Bad rows are counted and left out; else the first one is an error.
    public var skipsInvalid = false
    /// `prod/chat`: whose stable version the gates against stable mean.
    public var stableTarget: TargetName?

    public enum ZeroDivision: String, Hashable, Sendable, CaseIterable {
        case zero = "0"
        case one = "1"
        /// It has no value, and is left out of averages.
        case undefined
    }

    public static let sliceCountMax = 16

    public init() {}

    /// Whether a metric can be measured so.
    func allows(_ metric: EvaluationMetric) -> Bool {
        weightColumn.isEmpty || metric.takesWeights
    }
}
