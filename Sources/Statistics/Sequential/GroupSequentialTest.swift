import func Glibc.exp
import func Glibc.log
import func Glibc.log1p

/// A two-sided test with planned looks: the boundary that |z| must cross at each.
///
/// α is spent over the information gathered (Lan and DeMets), so looks may come off the plan; what
/// was spent stays spent. More powerful than the always-valid tests when the largest sample can be
/// foreseen: for the evaluator, not for live traffic.
/// Source: Lan and DeMets 1983; Armitage, McPherson and Rowe 1969 (recursive integration).
public struct GroupSequentialTest: Equatable, Sendable {
    /// How much of α may be spent when a share t of the information is in.
    public enum Spending: String, Equatable, Sendable, CaseIterable {
        /// 4 sf(z(1−α/4)/√t): almost nothing early.
        case obrienFleming = "obrien_fleming"
        /// α ln(1+(e−1)t): evenly.
        case pocock
    }

    /// A look that was taken.
    public struct Look: Equatable, Sendable {
        /// The share of the planned information that was in; above 1 when the plan was exceeded.
        public let informationFraction: Double
        /// |z| at or above this rejects; ∞ when there was no α left to spend.
        public let boundary: Double
    }

    public let alpha: Double
    public let spending: Spending
    public private(set) var looks: [Look] = []

    /// - Returns: `nil` for α outside (0, 1).
    public init?(alpha: Double, spending: Spending) {
        guard alpha > 0, alpha < 1 else { return nil }
        self.alpha = alpha
        self.spending = spending
    }

    /// Takes the next look.
    ///
    /// - Returns: the boundary for |z|, or `nil`, changing nothing, unless the information has
    ///   grown since the last look.
    public mutating func look(at informationFraction: Double) -> Double? {
        let last = looks.last?.informationFraction ?? 0
        guard informationFraction.isFinite, informationFraction > last else { return nil }
        let budget = spent(at: informationFraction) - spent(at: last)
        let density = ContinuationDensity(after: looks, before: informationFraction)
        let boundary = Self.boundary(spending: budget) { density.exitChance(beyond: $0) }
        looks.append(Look(informationFraction: informationFraction, boundary: boundary))
        return boundary
    }

    /// The boundaries of a whole plan; `nil` unless the fractions rise from above 0.
    public static func boundaries(
        informationFractions: [Double], alpha: Double, spending: Spending
    ) -> [Double]? {
        var test = GroupSequentialTest(alpha: alpha, spending: spending)
        let boundaries = informationFractions.map { test?.look(at: $0) }
        return boundaries.contains(nil) ? nil : boundaries.compactMap { $0 }
    }

    /// The α that may be spent by a share t of the information, all of it from t = 1 on.
    public func spent(at t: Double) -> Double {
        if t <= 0 { return 0 }
        if t >= 1 { return alpha }
        switch spending {
        case .obrienFleming:
            let z = NormalDistribution.upperQuantile(alpha / 4)
            return 4 * NormalDistribution.sf(z / t.squareRoot())
        case .pocock:
            return alpha * log1p((exp(1) - 1) * t)
        }
    }

    /// The z whose crossing has the chance `budget`; ∞ where no z is that rare.
    private static func boundary(
        spending budget: Double, exitChance: (Double) -> Double
    ) -> Double {
        let farthest = 37.0
        guard budget > exitChance(farthest) else { return .infinity }
        guard budget < exitChance(0) else { return 0 }
        return root(from: 0, to: farthest) { max(-1e9, log(exitChance($0))) - log(budget) }
    }
}
