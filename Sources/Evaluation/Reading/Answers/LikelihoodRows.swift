/// The answers of a language model.
struct LikelihoodRows: AnswerRows {
    static let fields = [
        RowField("log_prob", .number), RowField("token_count", .count),
        RowField("log_probs", .numbers), RowField("correct_token_count", .count),
        RowField("prediction", .text),
    ]
    static let numbersField: String? = nil

    private(set) var form: FieldForm?
    private var logProbabilities: [Double] = []
    private var tokenCounts: [Int32] = []
    private var correctTokenCounts: [Int32] = []
    private var texts = TextColumn()

    private var (logProbability, tokenCount, correctTokenCount) = (
        Double?.none, Int?.none, Int?.none
    )

    init(_ context: AnswerContext, form: FieldForm?) { self.form = form }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        header.element.isText ? "prediction" : header.shape.count == 2 ? "log_probs" : "log_prob"
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if field == 4 {
            if !cursor.takeNull() { texts.append(try cursor.text()) }
            return
        }
        if cursor.takeAbsent() { return }
        switch field {
        case 0: logProbability = try cursor.logProbability(try cursor.number())
        case 1: tokenCount = try cursor.count()
        case 2:
            var (sum, count) = (0.0, 0)
            var largest = -Double.infinity
            try cursor.numbers { value in
                sum += value
                count += 1
                if !(value <= largest) { largest = value }
            }
            _ = try cursor.logProbability(largest)
            (logProbability, tokenCount) = (sum, count)
        default: correctTokenCount = try cursor.count()
        }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard let logProbability else {
            throw cursor.lacks("log_prob", "'log_prob' (with 'token_count') and no 'log_probs'")
        }
        guard let tokenCount else {
            throw cursor.lacks("token_count", "'token_count' beside 'log_prob'")
        }
        if let correctTokenCount, correctTokenCount > tokenCount {
            throw cursor.rowFailure(
                "'correct_token_count' \(correctTokenCount) is over the \(tokenCount) tokens")
        }
        let hasText = texts.count > logProbabilities.count
        try cursor.check(
            [("correct_token_count", correctTokenCount != nil), ("prediction", hasText)], &form)
        logProbabilities.append(logProbability)
        tokenCounts.append(Int32(tokenCount))
        if let correctTokenCount { correctTokenCounts.append(Int32(correctTokenCount)) }
        clear()
    }

    mutating func dropRow() {
        clear()
        let kept = form?.isThere[1] == true ? logProbabilities.count : 0
        texts.removeLast(texts.count - kept)
    }

    private mutating func clear() {
        (logProbability, tokenCount, correctTokenCount) = (nil, nil, nil)
    }

    func finish() -> RowBlock {
        RowBlock(
            answers: .likelihoods(
                LikelihoodAnswers(
                    logProbabilities: logProbabilities, tokenCounts: tokenCounts,
                    correctTokenCounts: form?.isThere[0] == true ? correctTokenCounts : nil,
                    texts: form?.isThere[1] == true ? texts : nil)))
    }
}

extension RowCursor {
    fileprivate func logProbability(_ value: Double) throws(InputError) -> Double {
        guard value <= 0 else {
            throw failure("a log-probability of \(value); they are at most 0")
        }
        return value
    }
}
