/// Whether two success rates differ, exactly, given both totals: the test for small counts.
///
/// Use it when any expected cell is below 5. Two-sided: the sum of all tables no likelier than the
/// one seen, with the relative slack 1e-7 that R and SciPy use. Source: Fisher 1935.
public struct FisherExactTest: Equatable, Sendable {
    public let status: TestStatus
    /// `greater`: the first row has the larger share in the first column.
    public let p: TailProbabilities?

    /// - Parameter table: [[a, b], [c, d]], two rows of two counts; anything else, or a negative
    ///   count, is `invalidInput`.
    public init(_ table: [[Int]]) {
        guard table.count == 2, table.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isCount) })
        else {
            (status, p) = (.invalidInput, nil)
            return
        }
        let tables = Hypergeometric(
            row: table[0][0] + table[0][1], column: table[0][0] + table[1][0],
            rest: table[1][0] + table[1][1])
        status = .ok
        p = tables.tails(of: table[0][0])
    }
}

/// The chances of all 2×2 tables with the same totals, relative to the likeliest one.
///
/// Built outwards from the mode by ratios of neighbours, so nothing overflows, cancels or takes a
/// logarithm; the work ends where the chances vanish.
private struct Hypergeometric {
    private let first: Int
    private let weights: [Double]

    /// - Parameters: the first row's and first column's totals, and the second row's total.
    init(row: Int, column: Int, rest: Int) {
        let low = max(0, column - rest)
        let high = min(row, column)
        let (r, c, d) = (Double(row), Double(column), Double(rest - column))
        let middle = (r + 1) * ((c + 1) / (Double(row) + Double(rest) + 2))
        let mode = min(high, max(low, Int(middle)))
        let ratio = { (k: Double) in (r - k) / (k + 1) * ((c - k) / (d + k + 1)) }

        var above: [Double] = [1]
        for k in mode..<high {
            let next = above[above.count - 1] * ratio(Double(k))
            if next == 0 { break }
            above.append(next)
        }
        var below: [Double] = []
        for k in (low..<mode).reversed() {
            let next = (below.last ?? 1) / ratio(Double(k))
            if next == 0 { break }
            below.append(next)
        }
        first = mode - below.count
        weights = below.reversed() + above
    }

    func tails(of observed: Int) -> TailProbabilities {
        let total = CompensatedSum(of: weights).value
        let index = observed - first
        let seen = weights.indices.contains(index) ? weights[index] : 0
        let split = min(max(0, index), weights.count)
        return TailProbabilities(
            twoSided: CompensatedSum(of: weights.lazy.filter { $0 <= seen * (1 + 1e-7) }).value
                / total,
            greater: CompensatedSum(of: weights[split...]).value / total,
            less: CompensatedSum(of: weights.prefix(max(0, index + 1))).value / total)
    }
}
