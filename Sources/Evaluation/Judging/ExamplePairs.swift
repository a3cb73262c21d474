/// The values of a metric for each of the same examples, of two versions; examples that one of them
/// did not answer are left out.
struct ExamplePairs {
    let a: [Double]
    let b: [Double]
    /// All are 0 or 1, and count alike.
    let isRightOrWrong: Bool

    /// - Parameter places: of the examples that count; `nil`: all.
    /// - Returns: `nil` where the metric is no mean over examples, where a version lacks the values,
    ///   and where two language models cut the texts into different numbers of tokens, so that
    ///   their losses are not for each of the same things.
    init?(
        _ metric: EvaluationMetric, _ a: Measurements, _ b: Measurements, places: [Int32]? = nil
    ) {
        guard let column = metric.column else { return nil }
        self.init(column, a.repeats[0].examples, b.repeats[0].examples, places: places)
    }

    init?(
        _ column: ExampleColumn, _ a: ExampleResults, _ b: ExampleResults, places: [Int32]? = nil
    ) {
        guard a.count == b.count, let x = a.values(of: column), let y = b.values(of: column),
            column.countsTokens ? a.tokenCount == b.tokenCount : true
        else { return nil }
        isRightOrWrong = a.isRightOrWrong(column) && b.isRightOrWrong(column)
        if places == nil, a.present == nil, b.present == nil {
            (self.a, self.b) = (x, y)
            return
        }
        let common = (places ?? (0..<Int32(a.count)).map(\.self)).map { Int($0) }
            .filter { a.isPresent($0) && b.isPresent($0) }
        guard !common.isEmpty else { return nil }
        (self.a, self.b) = (common.map { x[$0] }, common.map { y[$0] })
    }
}

extension ExampleColumn {
    /// Whether the values are for each token.
    fileprivate var countsTokens: Bool {
        self == .negativeLogLikelihood || name == "bits_per_token"
    }
}
