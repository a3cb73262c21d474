/// The answers of a multiple choice: how likely each choice is.
struct ChoiceRows: AnswerRows {
    static let fields = [
        RowField("log_likelihoods", .numbers), RowField("lengths", .numbers),
    ]
    static let numbersField: String? = nil

    private(set) var form: FieldForm?
    private var logLikelihoods = ListColumn<Double>()
    private var lengths = ListColumn<Int32>()

    private var (ownLikelihoods, ownLengths) = ([Double]?.none, [Int32]?.none)

    init(_ context: AnswerContext, form: FieldForm?) { self.form = form }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        "log_likelihoods"
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        var values: [Double] = []
        try cursor.numbers { value in values.append(value) }
        if field == 0 {
            for value in values where value.isNaN || value == .infinity {
                throw cursor.failure(
                    "a log-likelihood of \(value); expected a number, or -Infinity")
            }
            guard !values.isEmpty else {
                throw cursor.failure("no log-likelihood; expected one for each choice")
            }
            ownLikelihoods = values
        } else {
            var lengths: [Int32] = []
            for value in values {
                guard let length = Int32(exactly: value), length >= 1 else {
                    throw cursor.failure("a length of \(value); expected whole numbers from 1 on")
                }
                lengths.append(length)
            }
            ownLengths = lengths
        }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard let ownLikelihoods else {
            throw cursor.lacks("log_likelihoods", "'log_likelihoods', one for each choice")
        }
        if let ownLengths, ownLengths.count != ownLikelihoods.count {
            throw cursor.rowFailure(
                "\(ownLengths.count) lengths for \(ownLikelihoods.count) choices")
        }
        try cursor.check([("lengths", ownLengths != nil)], &form)
        logLikelihoods.append(ownLikelihoods)
        if let ownLengths { lengths.append(ownLengths) }
        dropRow()
    }

    mutating func dropRow() { (ownLikelihoods, ownLengths) = (nil, nil) }

    func finish() -> RowBlock {
        RowBlock(
            answers: .choices(
                ChoiceAnswers(
                    logLikelihoods: logLikelihoods,
                    lengths: form?.isThere[0] == true ? lengths : nil)))
    }
}
