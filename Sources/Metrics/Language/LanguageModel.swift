import Statistics
import func Glibc.exp
import func Glibc.log

/// How well a language model foresaw text, from the log-probabilities that it gave the tokens.
public struct LanguageModel: Sendable, Equatable {
    public private(set) var tokenCount = 0
    private var loss = CompensatedSum()
    private var byteCount = 0
    private var wordCount = 0
    private var documentLosses: [Double] = []

    public init() {}

    /// One document.
    ///
    /// - Parameters:
    ///   - logProbabilities: natural; −∞ for a token that was held impossible.
    ///   - byteCount: of its text.
    public mutating func add(
        logProbabilities: [Double], byteCount: Int, wordCount: Int
    ) throws(MetricError) {
        try Inputs.checkNumbers(logProbabilities, "the log-probabilities")
        guard logProbabilities.allSatisfy({ $0 <= 0 }), byteCount >= 0, wordCount >= 0 else {
            throw .invalidInput("a log-probability is above 0, or a count below")
        }
        for value in logProbabilities { loss.add(-value) }
        tokenCount += logProbabilities.count
        self.byteCount += byteCount
        self.wordCount += wordCount
        documentLosses.append(-logProbabilities.exactSum)
    }

    private func per(_ count: Int, _ what: String) throws(MetricError) -> Double {
        guard count > 0 else { throw .insufficientData("there is no \(what)") }
        return loss.value / Double(count)
    }

    /// In nats.
    public func lossPerToken() throws(MetricError) -> Double { try per(tokenCount, "token") }
    /// Weighs tokens, not documents.
    public func perplexity() throws(MetricError) -> Double { exp(try lossPerToken()) }
    public func bitsPerToken() throws(MetricError) -> Double {
        try lossPerToken() / log(2)
    }
    public func bitsPerByte() throws(MetricError) -> Double {
        try per(byteCount, "byte") / log(2)
    }
    public func bytePerplexity() throws(MetricError) -> Double {
        exp(try per(byteCount, "byte"))
    }
    public func wordPerplexity() throws(MetricError) -> Double {
        exp(try per(wordCount, "word"))
    }
    /// exp(−mean of document sums): what lm-eval calls `perplexity`.
    public func perplexityOfDocumentMean() throws(MetricError) -> Double {
        guard !documentLosses.isEmpty, tokenCount > 0 else {
            throw .insufficientData("there is no token")
        }
        return exp(documentLosses.exactSum / Double(documentLosses.count))
    }
}

/// Next-token predictions as logits.
public struct TokenLogits: Sendable, Equatable {
    public private(set) var countedCount = 0
    private var loss = CompensatedSum()
    private var hitCount = 0

    /// A target that is not counted.
    public static let ignored = -100

    public init() {}

    public mutating func add(logits: [Double], target: Int) throws(MetricError) {
        if target == Self.ignored { return }
        try Inputs.checkNumbers(logits, "the logits")
        guard logits.indices.contains(target) else {
            throw .invalidInput("target \(target) is none of \(logits.count) tokens")
        }
        let most = logits.max() ?? 0
        let sum = logits.map { exp($0 - most) }.exactSum
        loss.add(most + log(sum) - logits[target])
        if logits.firstIndex(of: most) == target { hitCount += 1 }
        countedCount += 1
    }

    public func crossEntropy() throws(MetricError) -> Double {
        guard countedCount > 0 else { throw .insufficientData("no token is counted") }
        return loss.value / Double(countedCount)
    }

    public func perplexity() throws(MetricError) -> Double { exp(try crossEntropy()) }

    public func accuracy() throws(MetricError) -> Double {
        guard countedCount > 0 else { throw .insufficientData("no token is counted") }
        return Double(hitCount) / Double(countedCount)
    }
}

/// Questions whose choices are told apart by their log-likelihoods.
public struct MultipleChoice: Sendable, Equatable {
    private var (count, hits, normalizedHits) = (0, 0, 0)

    public init() {}

    /// - Parameter lengths: of the choices; in bytes, or in characters as lm-eval has it.
    public mutating func add(
        logLikelihoods: [Double], lengths: [Int], gold: Int
    ) throws(MetricError) {
        try Inputs.checkCounts([logLikelihoods.count, lengths.count])
        try Inputs.checkNumbers(logLikelihoods, "the log-likelihoods")
        guard logLikelihoods.indices.contains(gold), lengths.allSatisfy({ $0 > 0 }) else {
            throw .invalidInput("the right choice is none of them, or one is empty")
        }
        let normalized = zip(logLikelihoods, lengths).map { $0 / Double($1) }
        count += 1
        hits += logLikelihoods.firstIndex(of: logLikelihoods.max() ?? 0) == gold ? 1 : 0
        normalizedHits += normalized.firstIndex(of: normalized.max() ?? 0) == gold ? 1 : 0
    }

    public var accuracy: Double? { count > 0 ? Double(hits) / Double(count) : nil }
    /// Likelihoods divided by lengths.
    public var normalizedAccuracy: Double? {
        count > 0 ? Double(normalizedHits) / Double(count) : nil
    }
}

/// Programs that pass their tests, of several drawn for each problem.
public enum PassAtK {
    /// 1 − C(n−c, k) / C(n, k). Source: Chen et al., "Evaluating Large Language Models Trained on
    /// Code", 2021.
    public static func estimate(drawn: Int, passed: Int, k: Int) throws(MetricError) -> Double {
        guard k >= 1, drawn >= k, passed >= 0, passed <= drawn else {
            throw .invalidInput(
                "pass@\(k) of \(passed) passed among \(drawn); expected k and passed up to drawn")
        }
        if drawn - passed < k { return 1 }
        var failed = 1.0
        for index in drawn - passed + 1...max(drawn, drawn - passed + 1) where index <= drawn {
            failed *= 1 - Double(k) / Double(index)
        }
        return 1 - failed
    }

    /// The mean over problems.
    public static func mean(drawn: [Int], passed: [Int], k: Int) throws(MetricError) -> Double {
        try Inputs.checkCounts([drawn.count, passed.count])
        var values: [Double] = []
        for (n, c) in zip(drawn, passed) { values.append(try estimate(drawn: n, passed: c, k: k)) }
        return values.exactSum / Double(values.count)
    }
}
