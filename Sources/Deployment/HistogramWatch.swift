import CairnCore
import Statistics

/// Live values in the cells of a reference, window by window, under the population stability index.
public struct HistogramWatch: Equatable, Sendable {
    /// One window against the reference.
    public struct Check: Equatable, Sendable {
        public var live: [Int]
        /// PSI.
        public var index: Double
        /// Up to which it comes by chance, or does not matter.
        public var bound: Double

        public var count: Int { live.reduce(0, +) }
    }

    public let column: String
    public let smallestEffect: Double
    /// Of the reference, one count for each cell; empty while there is none.
    public private(set) var reference: [Int] = []
    private var openedAt: Timestamp?
    /// Of the window that is open.
    public private(set) var live: [Int] = []
    public private(set) var last: Check?
    public private(set) var checkCount = 0
    /// The first window that is more than chance and matters; for good.
    public private(set) var breach: Check?

    init(column: String, smallestEffect: Double) {
        (self.column, self.smallestEffect) = (column, smallestEffect)
    }

    mutating func pin(_ counts: [Int]) {
        reference = counts
        live = Array(repeating: 0, count: counts.count)
    }

    /// What χ² can be trusted for: ten in each cell on average, and twenty expected in the smallest;
    /// a cell of less than a fiftieth has too little weight in PSI to be waited for.
    public var valuesMin: Int {
        let total = reference.reduce(0, +)
        let smallest = max(1, total / 50, reference.filter { $0 > 0 }.min() ?? 1)
        return max(10 * reference.count, (20 * total + smallest - 1) / smallest)
    }

    /// As many as it takes until chance reaches no further than what matters, as far as the window
    /// decides that; a hundred in each cell are enough in any case.
    private func valuesMin(alpha: Double) -> Int {
        let chi2 = ChiSquaredDistribution(degreesOfFreedom: Double(max(1, reference.count - 1)))
        let enough = min(
            chi2.upperQuantile(alpha) / smallestEffect, Double(100 * reference.count))
        return max(valuesMin, Int(enough.rounded(.up)))
    }

    /// - Parameters:
    ///   - rate: how many unchanged windows may be flagged in a second.
    ///   - least: a window is not over sooner.
    mutating func add(_ counts: [Int], at now: Timestamp, rate: Double, least: Duration) {
        // Counted in cells of another reference: they mean nothing here.
        guard counts.count == reference.count, counts.contains(where: { $0 > 0 }) else { return }
        let openedAt = openedAt ?? now
        self.openedAt = openedAt
        for cell in counts.indices { live[cell] += counts[cell] }
        // A window that took longer may be flagged as often as the shorter ones in its place.
        let alpha = min(0.5, (now - openedAt).inSeconds * rate)
        guard now - openedAt >= least, live.reduce(0, +) >= valuesMin(alpha: alpha) else { return }
        let window = live
        (self.openedAt, live) = (nil, Array(repeating: 0, count: reference.count))
        guard let check = Self.check(reference, window, smallestEffect, alpha: alpha) else {
            return
        }
        last = check
        checkCount += 1
        if breach == nil, check.index > check.bound { breach = check }
    }

    /// PSI against what chance explains, and that against what matters.
    ///
    /// In small cells the logarithms have longer tails than χ², so PSI is believed only as far as
    /// Pearson's statistic of the same cells goes.
    static func check(
        _ reference: [Int], _ live: [Int], _ smallestEffect: Double, alpha: Double
    ) -> Check? {
        let psi = PopulationStability(referenceCounts: reference, currentCounts: live)
        guard let index = psi.index, let chance = psi.nullThreshold(alpha: alpha) else {
            return nil
        }
        let scale =
            1 / Double(reference.reduce(0, +)) + 1 / Double(live.reduce(0, +))
        let cells = zip(reference, live).filter { $0 + $1 > 0 }
        let pearson = ChiSquareTest.contingency([cells.map(\.0), cells.map(\.1)]).statistic ?? 0
        let believed = min(index, pearson * scale)
        // One number for both: what chance reaches is raised where Pearson says less than PSI.
        let bound = max(smallestEffect, believed > 0 ? chance * index / believed : chance)
        return Check(live: live, index: index, bound: bound)
    }
}
