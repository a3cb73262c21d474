import Statistics

/// The tests of columns; fewer values than they need give none.
extension DriftRule {
    /// PSI over the reference's quantiles, and the largest gap of the distribution functions. What
    /// the sketches may be wrong by counts against a change.
    func numberTests(
        _ a: WeightedSample, _ errorA: Double, _ b: WeightedSample, _ errorB: Double,
        _ level: Double
    ) -> (tests: [ColumnDrift.Test], jensenShannon: Double?) {
        var (tests, distance) = ([ColumnDrift.Test](), Double?.none)
        if let bins = Bins(edges: a.edges(bins: bins)) {
            let (reference, live) = (a.counts(in: bins), b.counts(in: bins))
            let psi = PopulationStability(
                referenceCounts: reference, currentCounts: live, edges: bins.edges)
            if psi.isCalibrated, let index = psi.index,
                let limit = psi.nullThreshold(alpha: level)
            {
                tests.append(
                    ColumnDrift.Test(
                        name: "PSI", statistic: index, p: nil, limit: limit, effect: index,
                        isDrift: index > limit && index >= smallestEffect))
                distance =
                    JensenShannon(reference.map(Double.init), live.map(Double.init)).distance
            }
        }
        if min(a.count, b.count) >= Self.countMin, let gap = a.largestGap(to: b) {
            let sure = max(0, gap - errorA - errorB)
            let (n, m) = (Double(a.count), Double(b.count))
            let p = KolmogorovDistribution.sf(sure * (n * m / (n + m)).squareRoot())
            tests.append(
                ColumnDrift.Test(
                    name: "KS", statistic: gap, p: p, limit: nil, effect: gap,
                    isDrift: p < level && gap >= smallestEffect))
        }
        return (tests, distance)
    }

    /// Below so many values a side, asymptotic p-values are not believed.
    private static let countMin = 50

    /// χ² of the shares, names with an expected count below 5 taken together; the effect is the PSI
    /// of the same cells.
    func categoryTests(
        _ a: [Distribution.Category], _ othersA: Int, _ b: [Distribution.Category],
        _ othersB: Int, _ level: Double
    ) -> (tests: [ColumnDrift.Test], jensenShannon: Double?) {
        let known = Dictionary(b.map { ($0.name, $0.count) }, uniquingKeysWith: +)
        let n = a.reduce(othersA) { $0 + $1.count }
        let m = b.reduce(othersB) { $0 + $1.count }
        guard min(n, m) >= Self.countMin else { return ([], nil) }
        let share = Double(min(n, m)) / (Double(n) + Double(m))
        var (rest, cells) = ((othersA, othersB), [(Int, Int)]())
        var named: Set<String> = []
        for category in a {
            named.insert(category.name)
            let pair = (category.count, known[category.name] ?? 0)
            if Double(pair.0 + pair.1) * share >= 5 {
                cells.append(pair)
            } else {
                rest = (rest.0 + pair.0, rest.1 + pair.1)
            }
        }
        for category in b where !named.contains(category.name) {
            if Double(category.count) * share >= 5 {
                cells.append((0, category.count))
            } else {
                rest.1 += category.count
            }
        }
        if rest.0 + rest.1 > 0 { cells.append(rest) }
        let (reference, live) = (cells.map(\.0), cells.map(\.1))
        let psi = PopulationStability(referenceCounts: reference, currentCounts: live)
        let distance = JensenShannon(reference.map(Double.init), live.map(Double.init)).distance
        let test = ChiSquareTest.contingency([reference, live])
        guard let index = psi.index, let statistic = test.statistic, let p = test.p else {
            // One name on both sides: nothing can differ.
            return cells.count == 1 ? ([Self.sameName], distance) : ([], distance)
        }
        return (
            [
                ColumnDrift.Test(
                    name: "χ²", statistic: statistic, p: p, limit: nil, effect: index,
                    isDrift: p < level && index >= smallestEffect)
            ], distance
        )
    }

    private static let sameName = ColumnDrift.Test(
        name: "χ²", statistic: 0, p: 1, limit: nil, effect: 0, isDrift: false)

    /// The largest z of all dimensions, Bonferroni over them; the effect is the root mean square of
    /// the shifts in the reference's deviations.
    func vectorTest(
        _ a: (mean: [Double], variance: [Double], count: Int),
        _ b: (mean: [Double], variance: [Double], count: Int), _ level: Double
    ) -> ColumnDrift.Test? {
        guard min(a.count, b.count) >= Self.countMin, a.variance.count == a.mean.count,
            b.variance.count == b.mean.count
        else { return nil }
        var (largest, squares) = (0.0, CompensatedSum())
        for index in a.mean.indices {
            let gap = b.mean[index] - a.mean[index]
            let error =
                (a.variance[index] / Double(a.count) + b.variance[index] / Double(b.count))
                .squareRoot()
            let pooled = ((a.variance[index] + b.variance[index]) / 2).squareRoot()
            if gap == 0 { continue }
            // Constants that differ are as far apart as anything can be.
            largest = max(largest, error > 0 ? (gap / error).magnitude : .infinity)
            let shift = pooled > 0 ? min(1e3, (gap / pooled).magnitude) : 1e3
            squares.add(shift * shift)
        }
        let p = min(1, 2 * NormalDistribution.sf(largest) * Double(a.mean.count))
        let effect = (squares.value / Double(a.mean.count)).squareRoot()
        return ColumnDrift.Test(
            name: "means", statistic: largest, p: p, limit: nil, effect: effect,
            isDrift: p < level && effect >= smallestEffect)
    }

    /// Whether more or fewer values are missing.
    func missingTest(
        _ reference: Distribution, _ live: Distribution, _ level: Double
    ) -> ColumnDrift.Test? {
        let (n, m) = (
            reference.count + reference.missingCount, live.count + live.missingCount
        )
        guard reference.missingCount + live.missingCount > 0, min(n, m) >= Self.countMin else {
            return nil
        }
        let test = TwoProportionTest(
            successesA: live.missingCount, trialsA: m, successesB: reference.missingCount,
            trialsB: n)
        guard let z = test.z, let p = test.p?.twoSided, let a = test.a, let b = test.b else {
            return nil
        }
        let effect = (a.value - b.value).magnitude
        return ColumnDrift.Test(
            name: "missing", statistic: z, p: p, limit: nil, effect: effect,
            isDrift: p < level && effect >= smallestEffect)
    }
}
