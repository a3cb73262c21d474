/// Many p-values at once: what is left of each when all are looked at together.
///
/// Bonferroni and Holm bound the chance of any false rejection (use Holm on guards);
/// Benjamini–Hochberg bounds the expected share of false ones among the rejected (reports).
/// Source: Holm 1979; Benjamini and Hochberg 1995.
public struct MultipleTesting: Equatable, Sendable {
    public let status: TestStatus
    /// Adjusted p-values, in the order given; empty unless the status is `ok`.
    public let bonferroni: [Double]
    public let holm: [Double]
    public let benjaminiHochberg: [Double]

    /// A value outside [0, 1] is `invalidInput`, none at all is `insufficientData`.
    public init(_ pValues: [Double]) {
        guard !pValues.isEmpty, pValues.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
            status = pValues.isEmpty ? .insufficientData : .invalidInput
            (bonferroni, holm, benjaminiHochberg) = ([], [], [])
            return
        }
        let count = Double(pValues.count)
        let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        var (stepDown, stepUp) = (pValues, pValues)
        var largest = 0.0
        for (rank, index) in order.enumerated() {
            largest = max(largest, min(1, (count - Double(rank)) * pValues[index]))
            stepDown[index] = largest
        }
        var smallest = 1.0
        for (rank, index) in order.enumerated().reversed() {
            smallest = min(smallest, count / Double(rank + 1) * pValues[index])
            stepUp[index] = smallest
        }
        status = .ok
        bonferroni = pValues.map { min(1, count * $0) }
        (holm, benjaminiHochberg) = (stepDown, stepUp)
    }

    /// Which adjusted p-values are significant at a level.
    public static func rejections(_ adjusted: [Double], alpha: Double) -> [Bool] {
        adjusted.map { $0 <= alpha }
    }
}
