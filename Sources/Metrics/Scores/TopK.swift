import Statistics

/// How often the truth is among the k classes with the largest scores; among equal ones the higher
/// class comes first.
///
/// Source of conventions: scikit-learn 1.9, `top_k_accuracy_score`.
public struct TopK: Accumulator, Equatable {
    public let k: Int
    private var mean = MeanOfExamples()

    public init(_ k: Int) {
        precondition(k >= 1, "top \(k)")
        self.k = k
    }

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: scores, examples × classes, row by row.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.check(weights, count: truth.count)
        var hits = [Double](repeating: 0, count: truth.count)
        try hits.withUnsafeMutableBufferPointer { (out) throws(MetricError) in
            try Self.each(k, truth: truth, rows: rows, width: width, into: out)
        }
        for (index, hit) in hits.enumerated() { mean.add(hit, weight: weights?[index] ?? 1) }
    }

    public mutating func merge(_ other: TopK) {
        precondition(k == other.k, "top \(k) and top \(other.k)")
        mean.merge(other.mean)
    }

    public var value: Double { get throws(MetricError) { try mean.value } }

    /// 1 for each example whose truth is among the first k, else 0: what paired tests compare.
    public static func each(
        _ k: Int, truth: LabelView, rows: ScoreView, width: Int,
        into hits: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, hits.count])
        try Inputs.checkRows(rows, width: width, count: truth.count)
        try Inputs.checkLabels(truth, below: width, "the truth")
        try Inputs.checkNumbers(rows, "the scores")
        for index in 0..<truth.count {
            let row = rows.rows(index..<index + 1, width: width)
            let own = truth[index]
            var ahead = 0
            for label in 0..<width
            where row[label] > row[own] || (row[label] == row[own] && label > own) {
                ahead += 1
            }
            hits[index] = ahead < k ? 1 : 0
        }
    }

    /// The class with the largest score of each row, the first of equals.
    public static func largest(
        rows: ScoreView, width: Int, into classes: UnsafeMutableBufferPointer<Int32>
    ) throws(MetricError) {
        try Inputs.checkRows(rows, width: width, count: classes.count)
        try Inputs.checkNumbers(rows, "the scores")
        for index in classes.indices {
            classes[index] = Int32(largest(of: rows.rows(index..<index + 1, width: width)))
        }
    }

    static func largest(of row: ScoreView) -> Int {
        var best = 0
        for label in 1..<max(1, row.count) where row[label] > row[best] { best = label }
        return best
    }
}
