/// Half-open bins of the real line: (−∞, e₀], (e₀, e₁], …, (e_last, ∞).
public struct Bins: Equatable, Sendable {
    public let edges: [Double]

    /// - Returns: `nil` unless the edges rise strictly and none is NaN.
    public init?(edges: [Double]) {
        guard !edges.contains(where: \.isNaN), zip(edges, edges.dropFirst()).allSatisfy(<) else {
            return nil
        }
        self.edges = edges
    }

    /// The number of edges strictly below a value.
    public func index(of value: Double) -> Int {
        var (low, high) = (0, edges.count)
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    public func counts(of values: [Double]) -> [Int] {
        values.reduce(into: Array(repeating: 0, count: edges.count + 1)) { $0[index(of: $1)] += 1 }
    }
}
