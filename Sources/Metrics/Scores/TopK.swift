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
        let facts = try RowFacts(
            truth: truth, rows: rows, width: width, wanted: .ahead, areProbabilities: false)
        try add(facts, weights: weights)
    }

    /// - Parameter facts: with how many classes come before the truth.
    public mutating func add(
        _ facts: RowFacts, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        if weights != nil { return try mean.add(Self.each(k, facts), weights) }
        facts.require(.ahead)
        let bound = Int32(clamping: k)
        let hits = facts.ahead.reduce(0) { $0 + ($1 < bound ? 1 : 0) }
        mean.add(sum: Double(hits), weight: Double(facts.count), count: facts.count)
    }

    public mutating func merge(_ other: TopK) {
        precondition(k == other.k, "top \(k) and top \(other.k)")
        mean.merge(other.mean)
    }

    public var value: Double { get throws(MetricError) { try mean.value } }

    /// 1 for each example whose truth is among the first k, else 0: what paired tests compare.
    ///
    /// - Parameter facts: with how many classes come before the truth.
    public static func each(_ k: Int, _ facts: RowFacts) -> [Double] {
        facts.require(.ahead)
        return facts.ahead.map { $0 < k ? 1 : 0 }
    }

    /// The same of rows that nothing else is asked of.
    public static func each(
        _ k: Int, truth: LabelView, rows: ScoreView, width: Int,
        into hits: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, hits.count])
        let facts = try RowFacts(
            truth: truth, rows: rows, width: width, wanted: .ahead, areProbabilities: false)
        _ = hits.update(fromContentsOf: each(k, facts))
    }
}
