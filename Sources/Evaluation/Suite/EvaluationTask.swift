/// What a model is asked to do on each example of a data set.
public enum EvaluationTask: Hashable, Sendable {
    /// One of two classes; `positive` is the one that precision and recall speak of.
    case binary(positive: String)
    /// One of several classes.
    case multiclass
    /// A number.
    case regression
    /// The likelihood of a text, and perhaps a text.
    case languageModel
    /// Any number of classes for each example.
    case multilabel
    /// One of several choices, by their likelihoods.
    case multipleChoice
    /// A text, held against references.
    case textGeneration
    /// An order of documents for each query.
    case ranking
    /// Programs that pass tests, of several drawn for each problem.
    case code
    /// How requests were answered: latencies, tokens, errors.
    case serving

    /// One of each kind, in the order in which the documents have them.
    public static let kinds: [EvaluationTask] = [
        .binary(positive: "1"), .multiclass, .multilabel, .regression, .languageModel,
        .multipleChoice, .textGeneration, .ranking, .code, .serving,
    ]

    public var isClassification: Bool {
        switch self {
        case .binary, .multiclass: true
        case .regression, .languageModel, .multilabel, .multipleChoice, .textGeneration, .ranking,
            .code, .serving:
            false
        }
    }
}

extension EvaluationTask: CustomStringConvertible {
    public var description: String {
        switch self {
        case .binary: "binary"
        case .multiclass: "multiclass"
        case .regression: "regression"
        case .languageModel: "language_model"
        case .multilabel: "multilabel"
        case .multipleChoice: "multiple_choice"
        case .textGeneration: "text_generation"
        case .ranking: "ranking"
        case .code: "code"
        case .serving: "serving"
        }
    }
}
