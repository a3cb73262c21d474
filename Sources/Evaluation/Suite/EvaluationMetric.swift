/// A number that an evaluation gives, by the name that suites and records use.
public enum EvaluationMetric: String, Sendable, CaseIterable {
    case accuracy
    case balancedAccuracy = "balanced_accuracy"
    case precision, recall, f1
    case precisionMicro = "precision_micro"
    case recallMicro = "recall_micro"
    case f1Micro = "f1_micro"
    case precisionMacro = "precision_macro"
    case recallMacro = "recall_macro"
    case f1Macro = "f1_macro"
    case precisionWeighted = "precision_weighted"
    case recallWeighted = "recall_weighted"
    case f1Weighted = "f1_weighted"
    case logLoss = "log_loss"
    case mse, rmse, mae
    case crossEntropy = "cross_entropy"
    case perplexity
    case bitsPerToken = "bits_per_token"
    case bitsPerByte = "bits_per_byte"
    case tokenAccuracy = "token_accuracy"
    case exactMatch = "exact_match"

    public var name: String { rawValue }

    /// Whether a larger value is the better one.
    public var isHigherBetter: Bool {
        switch self {
        case .accuracy, .balancedAccuracy, .precision, .recall, .f1, .precisionMicro, .recallMicro,
            .f1Micro, .precisionMacro, .recallMacro, .f1Macro, .precisionWeighted, .recallWeighted,
            .f1Weighted, .tokenAccuracy, .exactMatch:
            true
        case .logLoss, .mse, .rmse, .mae, .crossEntropy, .perplexity, .bitsPerToken, .bitsPerByte:
            false
        }
    }

    /// The metrics of a task, in the order in which they are shown.
    public static func all(of task: EvaluationTask) -> [EvaluationMetric] {
        switch task {
        case .binary: [.accuracy, .balancedAccuracy, .precision, .recall, .f1, .logLoss]
        case .multiclass:
            [
                .accuracy, .balancedAccuracy, .precisionMicro, .recallMicro, .f1Micro,
                .precisionMacro, .recallMacro, .f1Macro, .precisionWeighted, .recallWeighted,
                .f1Weighted, .logLoss,
            ]
        case .regression: [.mse, .rmse, .mae]
        case .languageModel:
            [
                .crossEntropy, .perplexity, .bitsPerToken, .bitsPerByte, .tokenAccuracy,
                .exactMatch,
            ]
        case .multilabel, .multipleChoice, .textGeneration, .ranking, .code, .serving: []
        }
    }

    /// The per-example values whose mean this metric is, where it is one: what paired tests use.
    public var column: ExampleColumn? {
        switch self {
        case .accuracy, .exactMatch: .correct
        case .logLoss: .logLoss
        case .mse: .squaredError
        case .mae: .absoluteError
        case .crossEntropy: .negativeLogLikelihood
        case .balancedAccuracy, .precision, .recall, .f1, .precisionMicro, .recallMicro, .f1Micro,
            .precisionMacro, .recallMacro, .f1Macro, .precisionWeighted, .recallWeighted,
            .f1Weighted, .rmse, .perplexity, .bitsPerToken, .bitsPerByte, .tokenAccuracy:
            nil
        }
    }
}

extension EvaluationMetric: CustomStringConvertible {
    public var description: String { rawValue }
}
