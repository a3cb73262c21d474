import func Glibc.exp

/// Whether two sets of vectors come from one distribution, by the distance of their kernel means.
///
/// MMD² = mean k(a,a′) + mean k(b,b′) − 2 mean k(a,b) with k(x,y) = exp(−|x−y|²/(2σ²)), σ the
/// median distance of two different pooled vectors; p by permutation. Time and memory grow with the
/// square of n₁+n₂, so it is for offline use. Source: Gretton et al., JMLR 13 (2012) 723–773.
public struct MaximumMeanDiscrepancy: Equatable, Sendable {
    public let status: TestStatus
    /// MMD², biased, ≥ 0 up to rounding.
    public let squared: Double?
    public let p: Double?

    /// Vectors of unequal length, or with a value that is not finite, are `invalidInput`; needs two
    /// a side. All vectors the same is `degenerateEqual`.
    public init(_ a: [[Double]], _ b: [[Double]], permutations: Int = 999, seed: UInt64) {
        let pooled = a + b
        let length = pooled.first?.count ?? 0
        guard pooled.allSatisfy({ $0.count == length && $0.allSatisfy(\.isFinite) }) else {
            (status, squared, p) = (.invalidInput, nil, nil)
            return
        }
        guard a.count >= 2, b.count >= 2 else {
            (status, squared, p) = (.insufficientData, nil, nil)
            return
        }
        let frame = Frame(covering: pooled.flatMap { $0 })
        let scaled = pooled.map { $0.map { frame.position(of: $0).value } }
        guard let kernel = GaussianKernelMatrix(scaled) else {
            (status, squared, p) = (.degenerateEqual, 0, 1)
            return
        }
        let test = PermutationTest(count: pooled.count, permutations: permutations, seed: seed) {
            kernel.discrepancy(of: $0[..<a.count], and: $0[a.count...])
        }
        (status, squared, p) = (.ok, test.observed, test.p)
    }
}

/// k(x, y) for every pair of vectors.
private struct GaussianKernelMatrix {
    private let count: Int
    private var values: [Double]

    /// - Returns: `nil` when all vectors are the same.
    init?(_ vectors: [[Double]]) {
        count = vectors.count
        var distances: [Double] = []
        distances.reserveCapacity(count * count)
        for x in vectors {
            for y in vectors { distances.append(euclideanNorm(zip(x, y).map { $0 - $1 })) }
        }
        guard let positive = SortedSample(distances.filter { $0 > 0 }),
            let sigma = positive.median
        else { return nil }
        values = distances.map { distance in
            let ratio = distance / sigma
            return exp(-ratio * ratio / 2)
        }
    }

    func discrepancy(of a: ArraySlice<Int>, and b: ArraySlice<Int>) -> Double {
        mean(a, a) + mean(b, b) - 2 * mean(a, b)
    }

    private func mean(_ rows: ArraySlice<Int>, _ columns: ArraySlice<Int>) -> Double {
        var sum = 0.0
        for row in rows { for column in columns { sum += values[row * count + column] } }
        return sum / (Double(rows.count) * Double(columns.count))
    }
}
