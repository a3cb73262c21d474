import CMetrics

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
        counts(of: values, workers: 1)
            ?? values.reduce(into: Array(repeating: 0, count: edges.count + 1)) {
                $0[index(of: $1)] += 1
            }
    }

    /// - Returns: `nil` where there is a NaN.
    func counts(of values: [Double], workers: Int) -> [Int]? {
        let edges = edges
        let parts = values.withUnsafeBufferPointer { values in
            nonisolated(unsafe) let values = values
            let blocks = Blocks(count: values.count, workers: workers, leastPerWorker: 2)
            return blocks.map { range -> [UInt64]? in
                var (above, bad) = ([UInt64](repeating: 0, count: edges.count), Int32(0))
                cairn_count_above_f64(
                    values.at(range), range.count, edges, edges.count, &above, &bad)
                return bad == 0 ? above : nil
            }
        }
        var above = [Int](repeating: 0, count: edges.count)
        for part in parts {
            guard let part else { return nil }
            for edge in above.indices { above[edge] += Int(part[edge]) }
        }
        // Those above an edge, less those above the next.
        return zip([values.count] + above, above + [0]).map { $0 - $1 }
    }
}
