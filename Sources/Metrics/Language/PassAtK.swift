import Statistics

/// Programs that pass their tests, of several drawn for each problem: the mean of
/// 1 − C(n−c, k) / C(n, k).
///
/// Source: Chen et al., "Evaluating Large Language Models Trained on Code", 2021.
public struct PassAtK: Accumulator, Equatable {
    public let k: Int
    private var mean = MeanOfExamples()

    public init(_ k: Int) {
        precondition(k >= 1, "pass@\(k)")
        self.k = k
    }

    /// - Parameters:
    ///   - drawn: of each problem, `k` or more.
    ///   - passed: of those drawn.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        drawn: ColumnView<Int32>, passed: ColumnView<Int32>, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([drawn.count, passed.count])
        try Inputs.check(weights, count: drawn.count)
        var values: [Double] = []
        for problem in 0..<drawn.count {
            values.append(
                try Self.estimate(
                    drawn: Int(drawn[problem]), passed: Int(passed[problem]), k: k))
        }
        for (index, value) in values.enumerated() { mean.add(value, weight: weights?[index] ?? 1) }
    }

    public mutating func merge(_ other: PassAtK) {
        precondition(k == other.k, "pass@\(k) and pass@\(other.k)")
        mean.merge(other.mean)
    }

    /// The mean over problems.
    public var value: Double { get throws(MetricError) { try mean.value } }

    /// Of one problem: what paired tests compare.
    public static func estimate(drawn: Int, passed: Int, k: Int) throws(MetricError) -> Double {
        guard k >= 1, drawn >= k, passed >= 0, passed <= drawn else {
            throw .invalidInput(
                "pass@\(k) of \(passed) passed among \(drawn); expected k and passed up to drawn")
        }
        if drawn - passed < k { return 1 }
        var failed = 1.0
        for index in drawn - passed + 1..<drawn + 1 { failed *= 1 - Double(k) / Double(index) }
        return 1 - failed
    }
}
