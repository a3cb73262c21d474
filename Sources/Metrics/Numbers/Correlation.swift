/// The mean, and the variance of all.
struct Moments {
    let mean: Double
    let variance: Double

    init(_ values: [Double]) {
        let mean = values.exactSum / Double(values.count)
        self.mean = mean
        variance = values.map { ($0 - mean) * ($0 - mean) }.exactSum / Double(values.count)
    }
}

/// How two series go together; `nil` where one of them is constant.
public enum Correlation {
    public static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count > 1 else { return nil }
        let (a, b) = (Moments(x), Moments(y))
        guard a.variance > 0, b.variance > 0 else { return nil }
        let together =
            zip(x, y).map { ($0 - a.mean) * ($1 - b.mean) }.exactSum / Double(x.count)
        return max(-1, min(1, together / (a.variance.squareRoot() * b.variance.squareRoot())))
    }

    /// Of midranks.
    public static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
        pearson(midranks(x), midranks(y))
    }

    /// Counted from 1; equal values share the mean of their ranks.
    static func midranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
            start = end
        }
        return ranks
    }

    /// Kendall's τ-b. Discordant pairs are counted by a merge sort.
    ///
    /// Source: Knight, "A computer method for calculating Kendall's tau with ungrouped data", 1966.
    public static func kendallTauB(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count > 1 else { return nil }
        let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
        func tied(_ isSame: (Int, Int) -> Bool, in order: [Int]) -> Int {
            var (pairs, run) = (0, 1)
            for place in 1..<order.count {
                if isSame(order[place - 1], order[place]) {
                    pairs += run
                    run += 1
                } else {
                    run = 1
                }
            }
            return pairs
        }
        let all = x.count * (x.count - 1) / 2
        let tiedX = tied({ x[$0] == x[$1] }, in: order)
        let tiedBoth = tied({ x[$0] == x[$1] && y[$0] == y[$1] }, in: order)
        let tiedY = tied({ y[$0] == y[$1] }, in: y.indices.sorted { y[$0] < y[$1] })
        var ordered = order.map { y[$0] }
        let swaps = inversions(&ordered)
        let balance = all - tiedX - tiedY + tiedBoth - 2 * swaps
        let (a, b) = (Double(all - tiedX), Double(all - tiedY))
        return a > 0 && b > 0 ? Double(balance) / (a.squareRoot() * b.squareRoot()) : nil
    }

    /// Pairs in the wrong order; sorts.
    private static func inversions(_ values: inout [Double]) -> Int {
        guard values.count > 1 else { return 0 }
        var (left, right) = (
            Array(values[..<(values.count / 2)]), Array(values[(values.count / 2)...])
        )
        var count = inversions(&left) + inversions(&right)
        var (i, j) = (0, 0)
        for place in values.indices {
            if j == right.count || (i < left.count && left[i] <= right[j]) {
                values[place] = left[i]
                i += 1
            } else {
                values[place] = right[j]
                count += left.count - i
                j += 1
            }
        }
        return count
    }
}
