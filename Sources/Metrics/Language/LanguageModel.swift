import CMetrics
import Statistics

/// How well a language model foresaw text, from the log-probabilities that it gave it, in nats.
///
/// Every token weighs the same, not every document; −∞ makes the loss infinite.
public struct LanguageModel: Accumulator, Equatable {
    private var loss = CompensatedSum()
    private var tokens = CompensatedSum()
    private var correctTokens: CompensatedSum? = CompensatedSum()
    private var bytes: CompensatedSum? = CompensatedSum()
    private var words: CompensatedSum? = CompensatedSum()
    private var documents = MeanOfExamples()
    public private(set) var tokenCount = 0

    public init() {}

    /// Tokens without more: nothing is said of documents, bytes and words.
    ///
    /// - Parameter logProbabilities: of each token, at most 0.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(tokens logProbabilities: ScoreView) throws(MetricError) {
        var bad: Int32 = 0
        let sum =
            switch logProbabilities {
            case .float32(let column):
                cairn_log_probabilities_f32(column.start, column.count, &bad)
            case .float64(let column):
                cairn_log_probabilities_f64(column.start, column.count, &bad)
            }
        if bad != 0 { try Self.check(logProbabilities) }
        loss.add(-sum)
        tokenCount += logProbabilities.count
        tokens.add(Double(logProbabilities.count))
        if logProbabilities.count > 0 { (correctTokens, bytes, words) = (nil, nil, nil) }
    }

    /// Counts that documents may come with; every block has them, or the metrics that need them say
    /// so.
    public struct Counts: Sendable {
        /// Tokens that were the model's first choice.
        public var correctTokens: ColumnView<Int32>?
        /// Of the expected texts, in UTF-8.
        public var bytes: ColumnView<Int32>?
        public var words: ColumnView<Int32>?

        public init(
            correctTokens: ColumnView<Int32>? = nil, bytes: ColumnView<Int32>? = nil,
            words: ColumnView<Int32>? = nil
        ) {
            (self.correctTokens, self.bytes, self.words) = (correctTokens, bytes, words)
        }
    }

    /// - Parameters:
    ///   - logProbabilities: of each document as a whole, at most 0.
    ///   - tokenCounts: of each document, 0 or more.
    ///   - weights: 0 or more, as if a document were there so many times; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        documents logProbabilities: ColumnView<Double>, tokenCounts: ColumnView<Int32>,
        counts: Counts = Counts(), weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        let count = logProbabilities.count
        try Self.check(.float64(logProbabilities))
        try Inputs.check(weights, count: count)
        for column in [tokenCounts, counts.correctTokens, counts.bytes, counts.words] {
            guard let column else { continue }
            try Inputs.checkSame([column.count, count])
            for value in column.pointer where value < 0 {
                throw .invalidInput("a count is \(value); expected 0 or more")
            }
        }
        guard count > 0 else { return }
        for index in 0..<count {
            let weight = weights?[index] ?? 1
            documents.add(-logProbabilities[index], weight: weight)
            if weight > 0 { loss.add(-logProbabilities[index] * weight) }
            tokens.add(weight * Double(tokenCounts[index]))
            tokenCount += Int(tokenCounts[index])
        }
        Self.add(counts.correctTokens, weights, &correctTokens)
        Self.add(counts.bytes, weights, &bytes)
        Self.add(counts.words, weights, &words)
    }

    private static func check(_ logProbabilities: ScoreView) throws(MetricError) {
        for index in 0..<logProbabilities.count where !(logProbabilities[index] <= 0) {
            throw .invalidInput(
                "a log-probability is \(logProbabilities[index]); expected one up to 0")
        }
    }

    private static func add(
        _ counts: ColumnView<Int32>?, _ weights: ColumnView<Double>?, _ sum: inout CompensatedSum?
    ) {
        guard let counts else { return sum = nil }
        for index in 0..<counts.count { sum?.add((weights?[index] ?? 1) * Double(counts[index])) }
    }

    public mutating func merge(_ other: LanguageModel) {
        loss.merge(other.loss)
        tokens.merge(other.tokens)
        documents.merge(other.documents)
        tokenCount += other.tokenCount
        Self.merge(&correctTokens, other.correctTokens)
        Self.merge(&bytes, other.bytes)
        Self.merge(&words, other.words)
    }

    private static func merge(_ sum: inout CompensatedSum?, _ other: CompensatedSum?) {
        guard let other else { return sum = nil }
        sum?.merge(other)
    }

    // MARK: Values; all throw `.insufficientData` without what they divide by

    private func per(_ count: CompensatedSum?, _ what: String) throws(MetricError) -> Double {
        guard let count else {
            throw .insufficientData("the predictions do not give the number of \(what)s")
        }
        guard count.value > 0 else { throw .insufficientData("there is no \(what)") }
        return loss.value / count.value
    }

    /// In nats.
    public var lossPerToken: Double { get throws(MetricError) { try per(tokens, "token") } }
    /// Weighs tokens, not documents.
    public var perplexity: Double { get throws(MetricError) { cairn_exp(try lossPerToken) } }
    public var bitsPerToken: Double { get throws(MetricError) { try lossPerToken / cairn_log(2) } }
    public var bitsPerByte: Double {
        get throws(MetricError) { try per(bytes, "byte") / cairn_log(2) }
    }
    public var bytePerplexity: Double {
        get throws(MetricError) { cairn_exp(try per(bytes, "byte")) }
    }
    public var wordPerplexity: Double {
        get throws(MetricError) { cairn_exp(try per(words, "word")) }
    }

    /// The share of tokens that were the model's first choice.
    public var tokenAccuracy: Double {
        get throws(MetricError) {
            guard let correctTokens else {
                throw .insufficientData("the predictions do not give the number of correct tokens")
            }
            guard tokens.value > 0 else { throw .insufficientData("there is no token") }
            return correctTokens.value / tokens.value
        }
    }

    /// cairn_exp(−mean of document sums): what lm-eval calls `perplexity`.
    public var perplexityOfDocumentMean: Double {
        get throws(MetricError) {
            guard tokens.value > 0 else { throw .insufficientData("there is no token") }
            return cairn_exp(try documents.value)
        }
    }
}
