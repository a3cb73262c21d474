/// Regression, measured.
struct MeasuredNumbers {
    let examples: ExampleResults
    private let meanSquaredError: Double
    private let meanAbsoluteError: Double

    init(_ predicted: [Double], truth: [Double], _ blocks: ExampleBlocks) {
        let absolute = blocks.values { (predicted[$0] - truth[$0]).magnitude }
        let squared = blocks.values { absolute[$0] * absolute[$0] }
        meanAbsoluteError = blocks.mean(absolute)
        meanSquaredError = blocks.mean(squared)
        examples = ExampleResults(
            count: blocks.count, columns: [.squaredError: squared, .absoluteError: absolute])
    }

    subscript(metric: EvaluationMetric) -> MetricValue.Result {
        switch metric {
        case .mse: .value(meanSquaredError)
        case .rmse: .value(meanSquaredError.squareRoot())
        case .mae: .value(meanAbsoluteError)
        case .accuracy, .balancedAccuracy, .precision, .recall, .f1, .precisionMicro, .recallMicro,
            .f1Micro, .precisionMacro, .recallMacro, .f1Macro, .precisionWeighted, .recallWeighted,
            .f1Weighted, .logLoss, .crossEntropy, .perplexity, .bitsPerToken, .bitsPerByte,
            .tokenAccuracy, .exactMatch:
            .notOf("a regression")
        }
    }
}
