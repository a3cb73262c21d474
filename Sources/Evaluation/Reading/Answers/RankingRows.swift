/// The scores by which the documents of each query are ranked.
struct RankingRows: AnswerRows {
    typealias Form = Void

    static let fields = [RowField("scores", .numbers)]
    static let numbersField: String? = nil

    private var scores = ListColumn<Double>()
    private var own: [Double]?

    init(_ context: AnswerContext, form: Void?) {}

    var form: Void? { () }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String { "scores" }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        // In CSV, nothing between two commas is a query without documents.
        if cursor.takeNull() { return }
        var values: [Double] = []
        try cursor.numbers { value in values.append(value) }
        if values.contains(where: \.isNaN) {
            throw cursor.failure("a score of nan, by which nothing can be ranked")
        }
        own = values
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard let own else {
            throw cursor.lacks("scores", "'scores', one for each document of the query")
        }
        scores.append(own)
        dropRow()
    }

    mutating func dropRow() { own = nil }

    func finish() -> RowBlock { RowBlock(answers: .rankings(scores)) }
}
