import Statistics

/// Ranked answers to queries, with graded relevance: means over queries. See `RankedQuery`.
public struct RankedQueries: Accumulator, Equatable {
    /// Means at one cut-off.
    private struct Cut: Sendable, Equatable {
        var precision = MeanOfExamples()
        var recall = MeanOfExamples()
        var hit = MeanOfExamples()
        var nDCG = MeanOfExamples()
    }

    public let cutoffs: [Int]
    private var cuts: [Cut]
    private var averagePrecision = MeanOfExamples()
    private var reciprocal = MeanOfExamples()
    private var wholeNDCG = MeanOfExamples()
    private var tieAveraged = MeanOfExamples()

    /// - Parameter cutoffs: the k of P@k and the like, each 1 or more.
    public init(cutoffs: [Int] = []) {
        precondition(cutoffs.allSatisfy { $0 >= 1 }, "cut-offs \(cutoffs)")
        self.cutoffs = cutoffs
        cuts = Array(repeating: Cut(), count: cutoffs.count)
    }

    public mutating func add(_ query: RankedQuery, weight: Double = 1) {
        for (place, k) in cutoffs.enumerated() {
            cuts[place].precision.add(query.precision(at: k), weight: weight)
            cuts[place].recall.add(query.recall(at: k), weight: weight)
            cuts[place].hit.add(query.hit(at: k), weight: weight)
            cuts[place].nDCG.add(query.nDCG(at: k), weight: weight)
        }
        averagePrecision.add(query.averagePrecision, weight: weight)
        reciprocal.add(query.reciprocalRank, weight: weight)
        wholeNDCG.add(query.nDCG(), weight: weight)
        tieAveraged.add(query.tieAveragedNDCG, weight: weight)
    }

    /// - Parameters:
    ///   - relevance: of each query's documents; 0 is none.
    ///   - scores: what ranks them.
    ///   - weights: of the queries, 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        relevance: ListView<Double>, scores: ListView<Double>, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([relevance.count, scores.count])
        try Inputs.check(weights, count: relevance.count)
        var queries: [RankedQuery] = []
        for row in 0..<relevance.count {
            queries.append(try RankedQuery(relevance: relevance[row], score: scores[row]))
        }
        for (row, query) in queries.enumerated() { add(query, weight: weights?[row] ?? 1) }
    }

    public mutating func merge(_ other: RankedQueries) {
        precondition(cutoffs == other.cutoffs, "cut-offs \(cutoffs) and \(other.cutoffs)")
        for place in cuts.indices {
            cuts[place].precision.merge(other.cuts[place].precision)
            cuts[place].recall.merge(other.cuts[place].recall)
            cuts[place].hit.merge(other.cuts[place].hit)
            cuts[place].nDCG.merge(other.cuts[place].nDCG)
        }
        averagePrecision.merge(other.averagePrecision)
        reciprocal.merge(other.reciprocal)
        wholeNDCG.merge(other.wholeNDCG)
        tieAveraged.merge(other.tieAveraged)
    }

    private func cut(_ k: Int) -> Cut {
        guard let place = cutoffs.firstIndex(of: k) else {
            preconditionFailure("\(k) is none of the cut-offs \(cutoffs)")
        }
        return cuts[place]
    }

    /// - Parameter k: one of the cut-offs, as below.
    public func precision(at k: Int) throws(MetricError) -> Double { try cut(k).precision.value }
    public func recall(at k: Int) throws(MetricError) -> Double { try cut(k).recall.value }
    public func hit(at k: Int) throws(MetricError) -> Double { try cut(k).hit.value }
    public func nDCG(at k: Int) throws(MetricError) -> Double { try cut(k).nDCG.value }

    public var nDCG: Double { get throws(MetricError) { try wholeNDCG.value } }
    public var tieAveragedNDCG: Double { get throws(MetricError) { try tieAveraged.value } }
    public var meanAveragePrecision: Double {
        get throws(MetricError) { try averagePrecision.value }
    }
    public var reciprocalRank: Double { get throws(MetricError) { try reciprocal.value } }
}
