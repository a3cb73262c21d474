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

    public var isClassification: Bool {
        switch self {
        case .binary, .multiclass: true
        case .regression, .languageModel: false
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
        }
    }
}
