import Statistics

import func Glibc.log

/// Two samples counted in the same cells, and how sure each cell is.
struct CellCounts {
    private(set) var reference: [Int] = []
    private(set) var live: [Int] = []
    /// By how much the difference of the two shares of each cell may be wrong.
    private var doubts: [Double] = []

    mutating func add(_ reference: Int, _ live: Int, doubt: Double) {
        self.reference.append(reference)
        self.live.append(live)
        doubts.append(doubt)
    }

    var count: Int { reference.count }

    /// Neighbours taken together until each cell has an expected count of 5 on both sides.
    func pooled() -> CellCounts {
        let (n, m) = (reference.reduce(0, +), live.reduce(0, +))
        let share = Double(min(n, m)) / (Double(n) + Double(m))
        var (pooled, open) = (CellCounts(), (0, 0, 0.0))
        for index in reference.indices {
            open = (open.0 + reference[index], open.1 + live[index], max(open.2, doubts[index]))
            guard Double(open.0 + open.1) * share >= Self.expectedMin else { continue }
            pooled.add(open.0, open.1, doubt: open.2)
            open = (0, 0, 0)
        }
        pooled.addRest(open.0, open.1, doubt: open.2)
        return pooled
    }

    /// A cell of its own where enough is in it; else a part of the last one.
    mutating func addRest(_ reference: Int, _ live: Int, doubt: Double) {
        guard reference + live > 0 else { return }
        let n = self.reference.reduce(reference, +)
        let m = self.live.reduce(live, +)
        let share = Double(min(n, m)) / (Double(n) + Double(m))
        if count == 0 || Double(reference + live) * share >= Self.expectedMin {
            add(reference, live, doubt: doubt)
        } else {
            self.reference[count - 1] += reference
            self.live[count - 1] += live
            doubts[count - 1] = max(doubts[count - 1], doubt)
        }
    }

    /// Below it the χ² distribution is a poor guide.
    static let expectedMin = 5.0

    /// How far all doubts together may move the root of a χ² statistic over mn/(m+n): the root of
    /// Σ δ²/share, by the triangle inequality.
    var doubt: Double {
        let total = Double(reference.reduce(0, +)) + Double(live.reduce(0, +))
        let squares = zip(doubts, zip(reference, live)).lazy.map { doubt, counts in
            doubt * doubt * total / Double(max(1, counts.0 + counts.1))
        }
        return CompensatedSum(of: squares).value.squareRoot()
    }
}

extension DriftRule {
    /// PSI, the Jensen–Shannon distance and, where asked, Pearson's χ² over the same cells.
    ///
    /// Without a change mn/(m+n) times PSI, or times 8 JS in nats, is about χ² with cells − 1 degrees
    /// of freedom. In small cells the logarithms have longer tails than that, so both are believed only
    /// as far as Pearson's statistic of the same cells goes.
    /// - Parameter cells: of expected counts of 5 and more.
    func cellTests(_ cells: CellCounts, withChiSquare: Bool, _ level: Double)
        -> [ColumnDrift.Test]
    {
        let (reference, live) = (cells.reference, cells.live)
        let psi = PopulationStability(referenceCounts: reference, currentCounts: live)
        let divergence = JensenShannon(reference.map(Double.init), live.map(Double.init))
        guard let index = psi.index, let nats = divergence.nats, let distance = divergence.distance
        else { return [] }
        guard let pearson = ChiSquareTest.contingency([reference, live]).statistic else {
            // One cell: nothing can differ.
            return [test(.psi, 0, p: 1, effect: 0, level: level)]
        }
        let scale = 1 / (1 / Double(reference.reduce(0, +)) + 1 / Double(live.reduce(0, +)))
        let chi2 = ChiSquaredDistribution(degreesOfFreedom: Double(cells.count - 1))
        let doubt = cells.doubt * scale.squareRoot()
        let p = { (statistic: Double) -> Double in
            let sure = max(0, min(statistic, pearson).squareRoot() - doubt)
            return chi2.sf(sure * sure)
        }
        let root = chi2.upperQuantile(level).squareRoot() + doubt
        let limit = root * root / scale
        let ofShares = test(.chiSquare, pearson, p: p(pearson), effect: index, level: level)
        return (withChiSquare ? [ofShares] : []) + [
            test(.psi, index, p: p(index * scale), limit: limit, effect: index, level: level),
            test(
                .jensenShannon, distance, p: p(8 * nats * scale),
                limit: min(1, (limit / 8 / log(2)).squareRoot()), effect: distance, level: level),
        ]
    }

    /// PSI and JS over the reference's quantiles, and the largest gap of the distribution functions.
    /// What the sketches may be wrong by counts against a change.
    func numberTests(
        _ a: WeightedSample, _ errorA: Double, _ b: WeightedSample, _ errorB: Double,
        _ level: Double
    ) -> [ColumnDrift.Test] {
        guard min(a.count, b.count) >= Self.countMin else { return [] }
        var tests: [ColumnDrift.Test] = []
        if min(a.count, b.count) >= 10 * bins, let bins = Bins(edges: a.edges(bins: bins)) {
            var cells = CellCounts()
            for (reference, live) in zip(a.counts(in: bins), b.counts(in: bins)) {
                // Both ends of a bin may be wrong.
                cells.add(reference, live, doubt: 2 * (errorA + errorB))
            }
            tests = cellTests(cells.pooled(), withChiSquare: false, level)
        }
        if let gap = gapTest(a, errorA, b, errorB, level) { tests.append(gap) }
        return tests
    }

    /// χ², PSI and JS of the shares, names with an expected count below 5 taken together.
    func categoryTests(
        _ a: Distribution.Categories, _ b: Distribution.Categories, _ level: Double
    ) -> [ColumnDrift.Test] {
        let (n, m) = (a.count, b.count)
        guard min(n, m) >= Self.countMin else { return [] }
        let share = Double(min(n, m)) / (Double(n) + Double(m))
        let doubt = Double(a.undercountMax) / Double(n) + Double(b.undercountMax) / Double(m)
        let (ofA, ofB) = (a.counts, b.counts)
        var (cells, rest) = (CellCounts(), (a.otherCount, b.otherCount))
        for name in a.names + b.names.filter({ ofA[$0] == nil }) {
            let pair = (ofA[name] ?? 0, ofB[name] ?? 0)
            // A name that one side has not listed may be among its others.
            let isKnown =
                (ofA[name] != nil || a.otherCount == 0) && (ofB[name] != nil || b.otherCount == 0)
            if isKnown, Double(pair.0 + pair.1) * share >= CellCounts.expectedMin {
                cells.add(pair.0, pair.1, doubt: doubt)
            } else {
                rest = (rest.0 + pair.0, rest.1 + pair.1)
            }
        }
        if cells.count == 0, a.otherCount + b.otherCount > 0 { return [] }
        // What was counted too low elsewhere lies here.
        let unsure =
            (a.undercountMax > 0 ? Double(a.otherCount) / Double(n) : 0)
            + (b.undercountMax > 0 ? Double(b.otherCount) / Double(m) : 0)
        cells.addRest(rest.0, rest.1, doubt: min(1, unsure))
        return cellTests(cells, withChiSquare: true, level)
    }
}
