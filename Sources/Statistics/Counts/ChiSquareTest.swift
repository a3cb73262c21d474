/// Pearson's χ² test of counts: against given shares, or of two groupings for independence.
///
/// Σ (O−E)²/E. Where any expected count is below 5 the approximation is poor; for 2×2 tables use
/// `FisherExactTest` then. Source: Pearson 1900; Yates 1934.
public struct ChiSquareTest: Equatable, Sendable {
    public let status: TestStatus
    public let statistic: Double?
    public let degreesOfFreedom: Int?
    /// The chance of a larger statistic.
    public let p: Double?

    /// Whether counts come in these shares, with k−1 degrees of freedom.
    ///
    /// Negative counts, shares that are not above 0 or do not sum to 1, or lists of unequal length
    /// are `invalidInput`; no counts or a single group are `insufficientData`.
    public static func goodnessOfFit(observed: [Int], probabilities: [Double]) -> ChiSquareTest {
        let sum = CompensatedSum(of: probabilities).value
        guard observed.count == probabilities.count, observed.allSatisfy(\.isCount),
            observed.isEmpty || (sum - 1).magnitude <= 1e-8, probabilities.allSatisfy({ $0 > 0 })
        else { return ChiSquareTest(.invalidInput) }
        let total = observed.reduce(0.0) { $0 + Double($1) }
        guard observed.count >= 2, total > 0 else { return ChiSquareTest(.insufficientData) }
        let cells = zip(observed, probabilities).map { (Double($0), total * $1) }
        return ChiSquareTest(cells, degreesOfFreedom: observed.count - 1)
    }

    /// Whether rows and columns of a table are independent, with (r−1)(c−1) degrees of freedom.
    ///
    /// Negative counts or rows of unequal length are `invalidInput`; fewer than two rows or
    /// columns, or a row or column of zeros, are `insufficientData`.
    /// - Parameter yates: moves each count of a 2×2 table up to ½ towards its expectation.
    public static func contingency(_ table: [[Int]], yates: Bool = false) -> ChiSquareTest {
        let width = table.first?.count ?? 0
        guard table.allSatisfy({ $0.count == width && $0.allSatisfy(\.isCount) }) else {
            return ChiSquareTest(.invalidInput)
        }
        let rows = table.map { $0.reduce(0.0) { $0 + Double($1) } }
        let columns = (0..<width).map { column in table.reduce(0.0) { $0 + Double($1[column]) } }
        guard rows.count >= 2, width >= 2, !rows.contains(0), !columns.contains(0) else {
            return ChiSquareTest(.insufficientData)
        }
        let total = rows.reduce(0, +)
        let cells = table.indices.flatMap { row in
            (0..<width).map { (Double(table[row][$0]), rows[row] * (columns[$0] / total)) }
        }
        let corrects = yates && rows.count == 2 && width == 2
        return ChiSquareTest(
            cells, degreesOfFreedom: (rows.count - 1) * (width - 1), towards: corrects ? 0.5 : 0)
    }

    private init(_ status: TestStatus) {
        self.status = status
        (statistic, degreesOfFreedom, p) = (nil, nil, nil)
    }

    private init(
        _ cells: [(observed: Double, expected: Double)], degreesOfFreedom: Int,
        towards limit: Double = 0
    ) {
        let chi2 = CompensatedSum(
            of: cells.lazy.map { observed, expected in
                let gap = (observed - expected).magnitude
                let kept = gap - min(limit, gap)
                return kept * kept / expected
            }
        ).value
        status = .ok
        statistic = chi2
        self.degreesOfFreedom = degreesOfFreedom
        p = ChiSquaredDistribution(degreesOfFreedom: Double(degreesOfFreedom)).sf(chi2)
    }
}
