/// All metrics of a canary in one number from 0 to 100.
///
/// A group scores 100 · pass/(pass+high+low+nodata_fail), or 100 without data; groups are weighed.
/// Any critical failure, or half of all metrics without data, gives 0. A rank for the report, not a
/// test: guards decide by evidence.
public struct CanaryScore: Equatable, Sendable {
    /// One judged metric.
    public struct Metric: Equatable, Sendable {
        public let group: String
        public let metricClass: CanaryJudgement.Class
        /// Whether this metric, unless it passes, fails the canary.
        public let isCritical: Bool

        public init(group: String, metricClass: CanaryJudgement.Class, isCritical: Bool = false) {
            self.group = group
            self.metricClass = metricClass
            self.isCritical = isCritical
        }
    }

    public enum Grade: String, Equatable, Sendable, CaseIterable { case pass, marginal, fail }

    /// 0 to 100, to two decimals.
    public let value: Double
    /// Each group's score, to two decimals.
    public let groups: [String: Double]

    /// - Parameter groupWeights: in percent; groups that are not named share what is left equally.
    /// - Returns: `nil` for a weight that is negative or NaN, weights that sum above 100, or
    ///   weights for all groups that do not sum to 100.
    public init?(_ metrics: [Metric], groupWeights: [String: Double] = [:]) {
        let grouped = Dictionary(grouping: metrics, by: \.group)
        let given = grouped.keys.compactMap { groupWeights[$0] }
        let sum = given.sorted().reduce(0, +)
        let unweighted = grouped.count - given.count
        guard given.allSatisfy({ $0 >= 0 }), sum <= 100 + 1e-9,
            unweighted > 0 || grouped.isEmpty || (sum - 100).magnitude <= 1e-9
        else { return nil }
        let share = unweighted > 0 ? max(0, 100 - sum) / Double(unweighted) : 0
        let scores = grouped.mapValues(Self.score)
        groups = scores.mapValues(Self.rounded)
        // In the order of names, so that the sum does not depend on hashing.
        let weighed = scores.sorted { $0.key < $1.key }.reduce(0.0) {
            $0 + $1.value * (groupWeights[$1.key] ?? share) / 100
        }
        value = Self.isZero(metrics) ? 0 : Self.rounded(weighed)
    }

    /// Where the score stands against two limits.
    public func grade(pass: Double, marginal: Double) -> Grade {
        value >= pass ? .pass : value >= marginal ? .marginal : .fail
    }

    private static func isZero(_ metrics: [Metric]) -> Bool {
        if metrics.contains(where: { $0.isCritical && $0.metricClass != .pass }) { return true }
        return metrics.count(where: { $0.metricClass == .nodata }) * 2 >= metrics.count
    }

    private static func score(_ metrics: [Metric]) -> Double {
        let judged = metrics.count(where: { $0.metricClass != .nodata })
        if judged == 0 { return 100 }
        return 100 * Double(metrics.count(where: { $0.metricClass == .pass })) / Double(judged)
    }

    private static func rounded(_ score: Double) -> Double { (score * 100).rounded() / 100 }
}
