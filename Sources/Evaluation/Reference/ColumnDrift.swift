import Statistics

/// What a comparison of one column with its reference says.
public struct ColumnDrift: Equatable, Sendable {
    public enum Verdict: String, Equatable, Sendable, CaseIterable {
        /// More than chance explains, and as much as matters.
        case drift
        /// Nothing that both chance does not explain and matters.
        case noDrift = "no_drift"
        /// Too few values to say.
        case insufficientData = "insufficient_data"
        /// The column is on one side only, or is of two kinds.
        case notComparable = "not_comparable"
    }

    public enum Kind: String, Equatable, Sendable, CaseIterable {
        /// Population stability over the reference's quantiles, or over names.
        case psi
        /// √ of the Jensen–Shannon divergence in bits over the same cells, from 0 to 1.
        case jensenShannon = "jensen_shannon"
        /// The largest gap between the distribution functions.
        case kolmogorovSmirnov = "kolmogorov_smirnov"
        /// Pearson's, of the shares of names.
        case chiSquare = "chi_square"
        /// Welch's, of the dimension that moved most.
        case means
        /// Of the shares of values that are missing.
        case missing
    }

    /// One test of the column.
    public struct Test: Equatable, Sendable {
        public let kind: Kind
        /// In the test's own measure.
        public let statistic: Double
        /// The chance of such data without a change.
        public let p: Double
        /// Up to which `statistic` comes by chance, for samples of these sizes, at the column's share
        /// of the level; `nil` for tests that are read by their p.
        public let limit: Double?
        /// From 0; from `DriftRule.smallestEffect` on it matters.
        public let effect: Double
        /// Whether chance does not explain it and it matters.
        public let isDrift: Bool
    }

    public let name: String
    public let verdict: Verdict
    /// In a sentence.
    public let why: String
    /// How the column moved, in a few words: "median 31 → 78", "it 0 % → 30 %".
    public let change: String
    public let referenceCount: Int
    public let liveCount: Int
    public let tests: [Test]

    public subscript(kind: Kind) -> Test? { tests.first { $0.kind == kind } }
}

extension ColumnDrift.Test {
    var words: String {
        let p = "p \(p.text(digits: 2))"
        return switch kind {
        case .psi, .jensenShannon:
            "\(kind == .psi ? "PSI" : "JS") \(statistic.text(digits: 3)), where chance reaches "
                + "\((limit ?? 0).text(digits: 3))"
        case .kolmogorovSmirnov:
            "the distribution functions are \(statistic.text(digits: 3)) apart (\(p))"
        case .chiSquare: "other shares: χ² \(p), PSI \(effect.text(digits: 3))"
        case .means: "the means are \(effect.text(digits: 3)) deviations apart (\(p))"
        case .missing:
            "the share of missing values changed by \(effect.text(digits: 3)) (\(p))"
        }
    }
}
