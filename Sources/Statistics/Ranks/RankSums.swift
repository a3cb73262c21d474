/// What rank tests need to know of two samples: who is above whom, and how many are tied.
struct RankSums: Equatable, Sendable {
    let countA: Int
    let countB: Int
    /// The number of pairs with a above b; a tied pair counts one half.
    let u1: Double
    /// Σ(t³ − t) over the groups of t tied values.
    let tieTerm: Double

    /// - Parameters: samples without NaN; infinities have their rank.
    init(_ a: [Double], _ b: [Double], workers: Int = 1) {
        if let order = GroupOrder.ofLong(a, b, workers: workers) {
            (countA, countB) = (a.count, b.count)
            (u1, tieTerm) = (Double(order.twicePairs) / 2, order.tieTerm)
            return
        }
        let (a, b) = (a.sorted(), b.sorted())
        var (i, j) = (0, 0)
        var (wins, ties) = (0.0, 0.0)
        while i < a.count || j < b.count {
            let value = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
            let (firstA, firstB) = (i, j)
            while i < a.count && a[i] == value { i += 1 }
            while j < b.count && b[j] == value { j += 1 }
            let (tiedA, tiedB) = (Double(i - firstA), Double(j - firstB))
            wins += tiedA * (Double(firstB) + tiedB / 2)
            let tied = tiedA + tiedB
            ties += tied * tied * tied - tied
        }
        (countA, countB, u1, tieTerm) = (a.count, b.count, wins, ties)
    }

    /// For the null's deviation alone, where the ties are known.
    init(countA: Int, countB: Int, tieTerm: Double) {
        (self.countA, self.countB, self.tieTerm) = (countA, countB, tieTerm)
        u1 = Double(countA) * Double(countB) / 2
    }

    var pairs: Double { Double(countA) * Double(countB) }

    var u2: Double { pairs - u1 }

    /// The standard deviation of U under the null, corrected for ties.
    ///
    /// n₁n₂/12 (N+1 − Σ(t³−t)/(N(N−1))), over one denominator so that heavy ties do not cancel.
    var deviation: Double {
        let n = Double(countA) + Double(countB)
        let variance = pairs / 12 * ((n * n * n - n - tieTerm) / (n * (n - 1)))
        return max(0, variance).squareRoot()
    }
}
