import func Glibc.exp
import func Glibc.log

/// A language model, measured.
struct MeasuredTexts {
    let examples: ExampleResults
    /// Of all texts, in nats.
    private let negativeLogLikelihood: Double
    private let tokenCount: Int
    private let correctTokenCount: Int?
    /// Of the expected texts, in UTF-8.
    private let byteCount: Int?
    private let exactMatch: Double?

    init(_ texts: TextPredictions, truth: [String]?, _ blocks: ExampleBlocks) {
        let losses = blocks.values { -texts.logProbabilities[$0] }
        let tokenCount = texts.tokenCounts.reduce(0, +)
        negativeLogLikelihood = blocks.sum(losses)
        self.tokenCount = tokenCount
        correctTokenCount = texts.correctTokenCounts?.reduce(0, +)
        byteCount = truth?.reduce(0) { $0 + $1.utf8.count }
        var columns: [ExampleColumn: [Double]] = [:]
        if tokenCount > 0 {
            let scale = Double(blocks.count) / Double(tokenCount)
            columns[.negativeLogLikelihood] = blocks.values { losses[$0] * scale }
        }
        if let answers = texts.texts, let truth {
            // By bytes: two spellings of the same character are two answers.
            let matches = blocks.values { answers[$0].utf8.elementsEqual(truth[$0].utf8) ? 1 : 0 }
            columns[.correct] = matches
            exactMatch = blocks.mean(matches)
        } else {
            exactMatch = nil
        }
        examples = ExampleResults(count: blocks.count, columns: columns, tokenCount: tokenCount)
    }

    subscript(metric: EvaluationMetric) -> MetricValue.Result {
        switch metric {
        case .crossEntropy: perToken { $0 }
        case .perplexity: perToken { exp($0) }
        case .bitsPerToken: perToken { $0 / log(2) }
        case .bitsPerByte: bitsPerByte
        case .tokenAccuracy: tokenAccuracy
        case .exactMatch:
            exactMatch.map { .value($0) }
                ?? .problem("insufficient data: it needs 'prediction' and a label column")
        case .accuracy, .balancedAccuracy, .precision, .recall, .f1, .precisionMicro, .recallMicro,
            .f1Micro, .precisionMacro, .recallMacro, .f1Macro, .precisionWeighted, .recallWeighted,
            .f1Weighted, .logLoss, .mse, .rmse, .mae:
            .notOf("a language model")
        }
    }

    private static let noTokens = MetricValue.Result.problem("insufficient data: no tokens")

    private func perToken(_ form: (Double) -> Double) -> MetricValue.Result {
        tokenCount == 0 ? Self.noTokens : .value(form(negativeLogLikelihood / Double(tokenCount)))
    }

    private var bitsPerByte: MetricValue.Result {
        guard let byteCount else {
            return .problem("insufficient data: the data set has no label column")
        }
        guard byteCount > 0 else { return .problem("insufficient data: the texts are empty") }
        return .value(negativeLogLikelihood / log(2) / Double(byteCount))
    }

    private var tokenAccuracy: MetricValue.Result {
        guard let correctTokenCount else {
            return .problem("insufficient data: the predictions give no 'correct_token_count'")
        }
        return tokenCount == 0
            ? Self.noTokens : .value(Double(correctTokenCount) / Double(tokenCount))
    }
}
