/// The share of random relabellings that look at least as different as the data: a p-value that
/// is exact for any statistic, when under the null the labels mean nothing.
///
/// p = (1 + #{relabelled ≥ observed})/(1 + permutations), which is never 0.
/// Source: Phipson and Smyth 2010.
public struct PermutationTest: Equatable, Sendable {
    public let observed: Double
    public let p: Double

    /// - Parameters:
    ///   - count: how many items there are, in both groups together.
    ///   - permutations: how many relabellings to draw; the smallest p is 1/(permutations+1).
    ///   - statistic: takes the items' indices, the first group's first; larger means more
    ///     different.
    public init(
        count: Int, permutations: Int = 999, seed: UInt64, statistic: ([Int]) -> Double
    ) {
        observed = statistic(Array(0..<count))
        var asExtreme = 0
        for permutation in 0..<max(0, permutations) {
            let relabelled = statistic(Self.shuffled(count, seed: seed, index: permutation))
            if relabelled >= observed { asExtreme += 1 }
        }
        p = Double(1 + asExtreme) / Double(1 + max(0, permutations))
    }

    /// Fisher and Yates's shuffle.
    private static func shuffled(_ count: Int, seed: UInt64, index: Int) -> [Int] {
        var random = KeyedRandom(seed: seed, index: index)
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, random.index(below: last + 1))
        }
        return order
    }
}
