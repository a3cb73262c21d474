/// A value that each example has on its own, so that two versions can be compared pair by pair.
public enum ExampleColumn: UInt8, Sendable, CaseIterable {
    /// 1 where the answer was right, else 0.
    case correct = 1
    /// −ln of the probability given to the true class, clipped as in the log loss.
    case logLoss = 2
    case squaredError = 3
    case absoluteError = 4
    /// −ln of the probability of the whole text, times examples/tokens of the whole data set: the
    /// mean of these is the cross-entropy for each token.
    case negativeLogLikelihood = 5
}

/// What one version did on each example, in the data set's order. Kept with its evaluation.
public struct ExampleResults: Sendable, Equatable {
    public let count: Int
    /// Each with `count` values.
    public let columns: [ExampleColumn: [Double]]
    /// The tokens into which a language model cut the data set; `nil` for other tasks.
    public let tokenCount: Int?

    public init(count: Int, columns: [ExampleColumn: [Double]], tokenCount: Int? = nil) {
        for (column, values) in columns {
            precondition(values.count == count, "\(column): \(values.count) values of \(count)")
        }
        (self.count, self.columns, self.tokenCount) = (count, columns, tokenCount)
    }
}
