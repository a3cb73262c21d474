/// The answers of a predictions file as columns, each value at the place of its example.
protocol AnswerColumns {
    /// - Parameter scores: what the line's `scores` held, as the line has no room for it.
    mutating func take(_ read: PredictionLine, scores: [Double], at place: Int) throws(InputError)

    /// The whole, when every example has its answer.
    func predictions() throws(InputError) -> Predictions
}

/// The answers of a regression.
struct NumberColumns: AnswerColumns {
    private let truth: [Double]
    private var predicted: [Double]

    init(truth: [Double]) {
        self.truth = truth
        predicted = Array(repeating: .nan, count: truth.count)
    }

    mutating func take(_ read: PredictionLine, scores: [Double], at place: Int)
        throws(InputError)
    {
        guard let number = read.predictedNumber else {
            throw read.lacks("prediction", "'prediction', a number")
        }
        if let label = read.label, Double(label) != truth[place] {
            throw InputError(
                line: read.line,
                "the label \(InputError.excerpt(label)), but the data set says \(truth[place]) for "
                    + "this example; were the predictions made on other rows?")
        }
        predicted[place] = number
    }

    func predictions() -> Predictions { .numbers(predicted) }
}

/// The answers of a language model.
struct TextColumns: AnswerColumns {
    private var logProbabilities: [Double]
    private var tokenCounts: [Int]
    private var correctTokenCounts: [Int]
    private var texts: [String]
    /// What the first line gave; every line gives the same.
    private var optionals: (correct: Bool, text: Bool)?

    init(count: Int) {
        logProbabilities = Array(repeating: .nan, count: count)
        tokenCounts = Array(repeating: 0, count: count)
        correctTokenCounts = tokenCounts
        texts = Array(repeating: "", count: count)
    }

    mutating func take(_ read: PredictionLine, scores: [Double], at place: Int)
        throws(InputError)
    {
        guard let logProbability = read.logProbability else {
            throw read.lacks("log_prob", "'log_prob' (with 'token_count') and no 'log_probs'")
        }
        guard let tokenCount = read.tokenCount else {
            throw read.lacks("token_count", "'token_count' beside 'log_prob'")
        }
        try checkOptionals(read)
        if let correct = read.correctTokenCount, correct > tokenCount {
            throw InputError(
                line: read.line, "'correct_token_count' \(correct) is over the \(tokenCount) tokens"
            )
        }
        logProbabilities[place] = logProbability
        tokenCounts[place] = tokenCount
        correctTokenCounts[place] = read.correctTokenCount ?? 0
        texts[place] = read.predictedLabel ?? ""
    }

    private mutating func checkOptionals(_ read: PredictionLine) throws(InputError) {
        let present = (correct: read.correctTokenCount != nil, text: read.predictedLabel != nil)
        guard let first = optionals else {
            optionals = present
            return
        }
        let names = [
            ("correct_token_count", first.correct, present.correct),
            ("prediction", first.text, present.text),
        ]
        for (name, before, here) in names where before != here {
            throw InputError(
                line: read.line,
                here
                    ? "'\(name)', which the lines before lack"
                    : "no '\(name)', which the lines before have")
        }
    }

    func predictions() -> Predictions {
        .likelihoods(
            TextPredictions(
                logProbabilities: logProbabilities, tokenCounts: tokenCounts,
                correctTokenCounts: optionals?.correct == true ? correctTokenCounts : nil,
                texts: optionals?.text == true ? texts : nil))
    }
}
