/// What a version answered for each example, in the data set's order.
public enum Predictions: Sendable, Equatable {
    case classes(ClassPredictions)
    case numbers([Double])
    case likelihoods(TextPredictions)
}

public struct ClassPredictions: Sendable, Equatable {
    /// Every class of truth, predictions and scores, in the order of `ClassNames`.
    public let names: [String]
    /// Places in `names`.
    public let truth: [Int32]
    public let predicted: [Int32]
    /// Probabilities, where the predictions give them: for a binary task one for each example, that
    /// of the positive class; else `scoredClasses.count` for each, row by row.
    public let scores: [Double]?
    /// For each column of `scores` its place in `names`; one column for a binary task.
    public let scoredClasses: [Int32]
}

public struct TextPredictions: Sendable, Equatable {
    /// Log-probability of the whole expected text, in nats; −∞ is allowed.
    public let logProbabilities: [Double]
    /// In the model's own tokens.
    public let tokenCounts: [Int]
    /// Tokens that would have been the model's first choice, where given.
    public let correctTokenCounts: [Int]?
    /// What the model wrote, where given.
    public let texts: [String]?
}
