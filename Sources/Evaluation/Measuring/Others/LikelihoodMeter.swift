import Metrics
import Statistics
import func Glibc.log

/// Language models.
struct LikelihoodMeter: TaskMeter {
    private var model = Guarded(LanguageModel())
    /// There while every block had texts and the data set has labels.
    private var matches: MeanOfExamples? = MeanOfExamples()
    private var tokenCount = 0
    /// Of the expected texts.
    private var byteCount = 0

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {}

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .likelihoods(let answers) = input.block.answers,
            case .texts(let expected) = input.truth
        else { input.wrongAnswers() }
        let sizes = expected.map { Sizes($0, input.block.examples, input.count) }
        tokenCount += answers.tokenCounts.reduce(0) { $0 + Int($1) }
        byteCount += sizes?.bytes.reduce(0) { $0 + Int($1) } ?? 0
        model.add { (model) throws(MetricError) in
            try Self.add(answers, bytes: sizes?.bytes, words: sizes?.words, to: &model)
        }
        if let own = answers.texts, let expected {
            // By bytes: two spellings of the same character are two answers.
            let hits = (0..<input.count).map { row in
                own[row].elementsEqual(expected[input.block.examples.place(row)])
            }
            for hit in hits { matches?.add(hit ? 1 : 0) }
            columns.set(.correct) { .bits(ExampleBits(hits)) }
        } else {
            matches = nil
        }
        Self.describe(answers, sizes, &columns)
    }

    static func add(
        _ answers: LikelihoodAnswers, bytes: [Int32]?, words: [Int32]?,
        to model: inout LanguageModel
    ) throws(MetricError) {
        try answers.logProbabilities.withView { (documents) throws(MetricError) in
            try answers.tokenCounts.withView { (tokens) throws(MetricError) in
                try withView(answers.correctTokenCounts) { (correct) throws(MetricError) in
                    try withView(bytes) { (bytes) throws(MetricError) in
                        try withView(words) { (words) throws(MetricError) in
                            try model.add(
                                documents: documents, tokenCounts: tokens,
                                counts: LanguageModel.Counts(
                                    correctTokens: correct, bytes: bytes, words: words))
                        }
                    }
                }
            }
        }
    }

    private static func withView(
        _ column: [Int32]?, _ body: (ColumnView<Int32>?) throws(MetricError) -> Void
    ) throws(MetricError) {
        guard let column else { return try body(nil) }
        try column.withView { (view) throws(MetricError) in try body(view) }
    }

    private static func describe(
        _ answers: LikelihoodAnswers, _ sizes: Sizes?, _ columns: inout BlockColumns
    ) {
        columns.set(.textLoss) { .float64(answers.logProbabilities.map { -$0 }) }
        columns.set(.tokens) { .int32(answers.tokenCounts) }
        columns.set(.correctTokens) { answers.correctTokenCounts.map { .int32($0) } }
        columns.set(.bytes) { sizes.map { .int32($0.bytes) } }
        columns.set(.words) { sizes.map { .int32($0.words) } }
    }

    mutating func merge(_ other: LikelihoodMeter) {
        model.merge(other.model)
        tokenCount += other.tokenCount
        byteCount += other.byteCount
        if let new = other.matches { matches?.merge(new) } else { matches = nil }
    }

    var examplesTokenCount: Int? { tokenCount }

    func scales(rowCount: Int) -> [ExampleColumn: ExampleValues] {
        let (rows, bit) = (Double(rowCount), log(2.0))
        var scales: [ExampleColumn: ExampleValues] = [:]
        if tokenCount > 0 {
            let perToken = rows / Double(tokenCount)
            scales[.negativeLogLikelihood] = .scaled(.textLoss, by: perToken)
            scales[ExampleColumn("bits_per_token")] = .scaled(.textLoss, by: perToken / bit)
        }
        if byteCount > 0 {
            scales[ExampleColumn("bits_per_byte")] = .scaled(
                .textLoss, by: rows / Double(byteCount) / bit)
        }
        return scales
    }

    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        metrics.map { metric in
            guard case .likelihoods(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of a language model")
            }
            return MetricValue(metric, result(quantity, finish))
        }
    }

    private func result(_ quantity: LikelihoodQuantity, _ finish: MeterFinish)
        -> MetricValue.Result
    {
        if case .exactMatch = quantity {
            return .of("") { () throws(MetricError) in
                guard let matches else {
                    throw .insufficientData("it needs 'prediction' and a label column")
                }
                return try matches.value
            }
        }
        if quantity.needsLabels, case .texts(nil) = finish.context.examples.truth {
            return .insufficientData("the data set has no label column")
        }
        return model.value(orUndefined: "it is no number") { (model) throws(MetricError) in
            try quantity.value(of: model)
        }
    }
}

extension LikelihoodQuantity {
    fileprivate var needsLabels: Bool {
        switch self {
        case .bitsPerByte, .bytePerplexity, .wordPerplexity: true
        case .crossEntropy, .perplexity, .bitsPerToken, .documentPerplexity, .tokenAccuracy,
            .exactMatch:
            false
        }
    }

    func value(of model: LanguageModel) throws(MetricError) -> Double? {
        switch self {
        case .crossEntropy: try model.lossPerToken
        case .perplexity: try model.perplexity
        case .bitsPerToken: try model.bitsPerToken
        case .bitsPerByte: try model.bitsPerByte
        case .bytePerplexity: try model.bytePerplexity
        case .wordPerplexity: try model.wordPerplexity
        case .documentPerplexity: try model.perplexityOfDocumentMean
        case .tokenAccuracy: try model.tokenAccuracy
        case .exactMatch: nil
        }
    }
}
