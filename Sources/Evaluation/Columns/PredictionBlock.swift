/// Some rows of a predictions file, one after the other, as columns of one length.
///
/// Where blocks begin depends on the file alone, never on how many threads read it.
public struct PredictionBlock: Sendable, Equatable {
    /// Blocks are about so long; text files are cut by bytes, so theirs differ.
    public static let usualRowCount = 65_536

    public let count: Int
    public let examples: ExamplePlaces
    public let answers: Answers

    public init(count: Int, examples: ExamplePlaces, answers: Answers) {
        (self.count, self.examples, self.answers) = (count, examples, answers)
    }
}

/// Which examples of the data set the rows of a block answer, from 0.
public enum ExamplePlaces: Sendable, Equatable {
    /// As they stand in the data set.
    case consecutive(from: Int)
    case listed([Int32])

    public func place(_ row: Int) -> Int {
        switch self {
        case .consecutive(let first): first + row
        case .listed(let places): Int(places[row])
        }
    }
}

/// What a version answered. The kind follows from the task.
public enum Answers: Sendable, Equatable {
    /// Binary and multiclass.
    case classes(ClassAnswers)
    /// Multilabel.
    case labelSets(LabelSetAnswers)
    /// Regression; finite.
    case numbers(ScoreColumn)
    /// Language model.
    case likelihoods(LikelihoodAnswers)
    /// Multiple choice: the log-likelihood of each choice, in nats.
    case choices(ChoiceAnswers)
    /// Text generation.
    case texts(TextColumn)
    /// Ranking: for each query the score of each of its documents, in the data set's order.
    case rankings(ListColumn<Double>)
    /// Code: programs drawn for a problem, and how many passed its tests.
    case trials(drawn: [Int32], passed: [Int32])
    /// Serving.
    case requests(RequestAnswers)
}

public struct ClassAnswers: Sendable, Equatable {
    /// Places in the reader's `names`.
    public var predicted: ClassColumn
    /// Probabilities, checked to be in 0...1: for a binary task one a row, of the positive class; else
    /// `scoredClasses.count` of the reader a row, row by row.
    public var scores: ScoreColumn?

    public init(predicted: ClassColumn, scores: ScoreColumn?) {
        (self.predicted, self.scores) = (predicted, scores)
    }
}

public struct LabelSetAnswers: Sendable, Equatable {
    /// Places in the reader's `names`, ascending.
    public var predicted: ListColumn<Int32>
    /// Probabilities, one for each label of the data set, row by row.
    public var scores: ScoreColumn?

    public init(predicted: ListColumn<Int32>, scores: ScoreColumn?) {
        (self.predicted, self.scores) = (predicted, scores)
    }
}

public struct LikelihoodAnswers: Sendable, Equatable {
    /// Of the whole expected text, in nats; at most 0, −∞ is allowed.
    public var logProbabilities: [Double]
    /// In the model's own tokens.
    public var tokenCounts: [Int32]
    /// Tokens that were the model's first choice; every row has them or none.
    public var correctTokenCounts: [Int32]?
    /// What the model wrote; every row has it or none.
    public var texts: TextColumn?

    public init(
        logProbabilities: [Double], tokenCounts: [Int32], correctTokenCounts: [Int32]?,
        texts: TextColumn?
    ) {
        (self.logProbabilities, self.tokenCounts) = (logProbabilities, tokenCounts)
        (self.correctTokenCounts, self.texts) = (correctTokenCounts, texts)
    }
}

public struct ChoiceAnswers: Sendable, Equatable {
    public var logLikelihoods: ListColumn<Double>
    /// Of each choice, where the predictions give them: characters, bytes or tokens; 1 or more.
    public var lengths: ListColumn<Int32>?

    public init(logLikelihoods: ListColumn<Double>, lengths: ListColumn<Int32>?) {
        (self.logLikelihoods, self.lengths) = (logLikelihoods, lengths)
    }
}

public struct RequestAnswers: Sendable, Equatable {
    public var latencies: [Double]
    /// Every row has them or none.
    public var tokenCounts: [Int32]?
    public var failed: [Bool]
    /// When the request began, in seconds from any moment; every row has it or none.
    public var starts: [Double]?

    public init(latencies: [Double], tokenCounts: [Int32]?, failed: [Bool], starts: [Double]?) {
        (self.latencies, self.tokenCounts) = (latencies, tokenCounts)
        (self.failed, self.starts) = (failed, starts)
    }
}
