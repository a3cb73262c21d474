import Statistics

import func Glibc.log

/// The tests that need no cells; fewer values than they need give none.
extension DriftRule {
    /// Kolmogorov–Smirnov, of the gap that is left when both sketches were as wrong as they may be.
    func gapTest(
        _ a: WeightedSample, _ errorA: Double, _ b: WeightedSample, _ errorB: Double,
        _ level: Double
    ) -> ColumnDrift.Test? {
        guard let gap = a.largestGap(to: b) else { return nil }
        let (n, m) = (Double(a.count), Double(b.count))
        let root = (n * m / (n + m)).squareRoot()
        let sure = max(0, gap - errorA - errorB)
        // The first term of the distribution's series, which is all of it this far out.
        let limit = (-log(level / 2) / 2).squareRoot() / root + errorA + errorB
        return test(
            .kolmogorovSmirnov, gap, p: KolmogorovDistribution.sf(sure * root),
            limit: min(1, limit), effect: gap, level: level)
    }

    /// Welch's t of the dimension that moved most, Bonferroni over all of them; the effect is the root
    /// mean square of the shifts in pooled deviations.
    func vectorTest(
        _ a: (mean: [Double], variance: [Double], count: Int),
        _ b: (mean: [Double], variance: [Double], count: Int), _ level: Double
    ) -> [ColumnDrift.Test] {
        guard min(a.count, b.count) >= Self.countMin, a.variance.count == a.mean.count,
            b.variance.count == b.mean.count
        else { return [] }
        var (largest, least, squares) = (0.0, 1.0, CompensatedSum())
        for index in a.mean.indices {
            let gap = b.mean[index] - a.mean[index]
            if gap == 0 { continue }
            let ofA = a.variance[index] / Double(a.count)
            let ofB = b.variance[index] / Double(b.count)
            let (error, pooled) = (
                (ofA + ofB).squareRoot(),
                ((a.variance[index] + b.variance[index]) / 2).squareRoot()
            )
            // Constants that differ are as far apart as anything can be.
            let t = error > 0 ? (gap / error).magnitude : .infinity
            let share = error > 0 ? ofA / (ofA + ofB) : 0
            let freedom =
                1
                / (share * share / Double(a.count - 1)
                    + (1 - share) * (1 - share) / Double(b.count - 1))
            let p =
                error > 0 ? StudentTDistribution(degreesOfFreedom: freedom).twoSided(t) : 0
            (largest, least) = (max(largest, t), min(least, p))
            let shift = pooled > 0 ? min(1e3, (gap / pooled).magnitude) : 1e3
            squares.add(shift * shift)
        }
        let effect = (squares.value / Double(a.mean.count)).squareRoot()
        return [
            test(
                .means, largest, p: min(1, least * Double(a.mean.count)), effect: effect,
                level: level)
        ]
    }

    /// Whether more or fewer values are missing: by proportions, or exactly where they are rare.
    func missingTest(
        _ reference: Distribution, _ live: Distribution, _ level: Double
    ) -> ColumnDrift.Test? {
        let (n, m) = (
            reference.count + reference.missingCount, live.count + live.missingCount
        )
        let missing = reference.missingCount + live.missingCount
        guard missing > 0, min(n, m) >= Self.countMin else { return nil }
        let proportions = TwoProportionTest(
            successesA: live.missingCount, trialsA: m, successesB: reference.missingCount,
            trialsB: n)
        guard let z = proportions.z, var p = proportions.p?.twoSided, let a = proportions.a,
            let b = proportions.b
        else { return nil }
        let rarer = min(missing, n + m - missing)
        if Double(rarer) * Double(min(n, m)) / Double(n + m) < CellCounts.expectedMin {
            p =
                FisherExactTest([
                    [live.missingCount, live.count], [reference.missingCount, reference.count],
                ]).p?.twoSided ?? p
        }
        return test(.missing, z, p: p, effect: (a.value - b.value).magnitude, level: level)
    }
}
