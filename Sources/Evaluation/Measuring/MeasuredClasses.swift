import func Glibc.log

/// Classification, measured.
struct MeasuredClasses {
    /// Probabilities are clipped to [ε, 1−ε] with ε = 2⁻⁵², as scikit-learn does for float64.
    static let epsilon = 0x1p-52

    let counts: ClassCounts
    let labels: [String]
    let examples: ExampleResults
    private let logLoss: Double?
    private let positive: Int?

    init(_ classes: ClassPredictions, task: EvaluationTask, _ blocks: ExampleBlocks) {
        labels = classes.names.count <= ClassCounts.matrixSizeMax ? classes.names : []
        if case .binary(let label) = task {
            positive = classes.names.firstIndex(of: label)
        } else {
            positive = nil
        }
        counts = Self.count(classes, blocks)
        var columns: [ExampleColumn: [Double]] = [
            .correct: blocks.values { classes.truth[$0] == classes.predicted[$0] ? 1 : 0 }
        ]
        let losses = Self.losses(classes, positive, blocks)
        columns[.logLoss] = losses
        logLoss = losses.map { blocks.mean($0) }
        examples = ExampleResults(count: blocks.count, columns: columns)
    }

    private static func count(_ classes: ClassPredictions, _ blocks: ExampleBlocks) -> ClassCounts {
        let parts = blocks.map { range in
            var counts = ClassCounts(classCount: classes.names.count)
            for index in range {
                counts.add(
                    truth: Int(classes.truth[index]), predicted: Int(classes.predicted[index]))
            }
            return counts
        }
        return parts.reduce(into: ClassCounts(classCount: classes.names.count)) { $0.merge($1) }
    }

    /// −ln of the probability of the true class; `nil` without scores.
    private static func losses(
        _ classes: ClassPredictions, _ positive: Int?, _ blocks: ExampleBlocks
    ) -> [Double]? {
        guard let scores = classes.scores else { return nil }
        if let positive {
            return blocks.values { index in
                let isPositive = Int(classes.truth[index]) == positive
                return loss(isPositive ? scores[index] : 1 - scores[index])
            }
        }
        let width = classes.scoredClasses.count
        var columns = [Int?](repeating: nil, count: classes.names.count)
        for (column, index) in classes.scoredClasses.enumerated() { columns[Int(index)] = column }
        let places = columns
        return blocks.values { index in
            // Every class of the data set has its column: the reader saw to that.
            loss(places[Int(classes.truth[index])].map { scores[index * width + $0] } ?? 0)
        }
    }

    private static func loss(_ probability: Double) -> Double {
        -log(min(max(probability, epsilon), 1 - epsilon))
    }

    subscript(metric: EvaluationMetric) -> MetricValue.Result {
        switch metric {
        case .accuracy: .value(counts.accuracy)
        case .balancedAccuracy: .value(counts.balancedAccuracy)
        case .precision: ofPositive(\.precision)
        case .recall: ofPositive(\.recall)
        case .f1: ofPositive(\.f1)
        case .precisionMicro: .value(counts.micro.precision)
        case .recallMicro: .value(counts.micro.recall)
        case .f1Micro: .value(counts.micro.f1)
        case .precisionMacro: .value(counts.macro.precision)
        case .recallMacro: .value(counts.macro.recall)
        case .f1Macro: .value(counts.macro.f1)
        case .precisionWeighted: .value(counts.weighted.precision)
        case .recallWeighted: .value(counts.weighted.recall)
        case .f1Weighted: .value(counts.weighted.f1)
        case .logLoss:
            logLoss.map { .value($0) }
                ?? .problem("insufficient data: the predictions give no scores")
        case .mse, .rmse, .mae, .crossEntropy, .perplexity, .bitsPerToken, .bitsPerByte,
            .tokenAccuracy, .exactMatch:
            .notOf("a classification")
        }
    }

    private func ofPositive(_ score: KeyPath<ClassCounts.Scores, Double>) -> MetricValue.Result {
        guard let positive else {
            return .problem("undefined: the positive label occurs nowhere")
        }
        return .value(counts.scores(of: positive)[keyPath: score])
    }
}
