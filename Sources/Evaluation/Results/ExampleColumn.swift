/// A value that each example has on its own, so that two versions can be compared pair by pair.
///
/// A metric that is a mean over examples and needs no name of its own here has the column of its own
/// name: `ndcg@10`.
public struct ExampleColumn: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }

    public var description: String { name }

    public static func < (a: ExampleColumn, b: ExampleColumn) -> Bool {
        a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
    }
}

extension ExampleColumn {
    /// 1 where the answer was right, else 0.
    public static let correct = ExampleColumn("correct")
    /// −ln of the probability given to the true class, clipped as in the log loss.
    public static let logLoss = ExampleColumn("log_loss")
    public static let brier = ExampleColumn("brier")
    public static let squaredError = ExampleColumn("squared_error")
    public static let absoluteError = ExampleColumn("absolute_error")
    /// −ln of the probability of the whole text, times examples/tokens of the whole data set: the
    /// mean of these is the cross-entropy for each token.
    public static let negativeLogLikelihood = ExampleColumn("negative_log_likelihood")
    public static let latency = ExampleColumn("latency")
    /// 1 where the request was answered with an error, else 0.
    public static let failed = ExampleColumn("failed")

    // Of these the ones above follow, or metrics that are no means over examples.

    /// The probability given to the true class, as it was stored: the log loss follows.
    public static let truthProbability = ExampleColumn("truth_probability")
    /// Of a binary task: the probability of the positive class, with the sign − where the truth is
    /// negative. All that is asked of scores follows.
    public static let signedScore = ExampleColumn("signed_score")
    /// The place of the predicted class among the classes.
    public static let predicted = ExampleColumn("predicted")
    /// The largest probability of the row.
    public static let confidence = ExampleColumn("confidence")
    /// The number predicted: ranks ask for it to the last bit.
    public static let predictedNumber = ExampleColumn("predicted_number")
    /// Prediction less truth.
    public static let error = ExampleColumn("error")
    /// −ln of the probability of the whole text.
    public static let textLoss = ExampleColumn("text_loss")
    public static let tokens = ExampleColumn("tokens")
    public static let correctTokens = ExampleColumn("correct_tokens")
    /// Of the expected text, in UTF-8.
    public static let bytes = ExampleColumn("bytes")
    public static let words = ExampleColumn("words")
    /// n · weight / Σ weights: values times these have the weighted mean as their mean.
    public static let weight = ExampleColumn("weight")
}
