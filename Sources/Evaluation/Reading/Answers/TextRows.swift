/// The texts that a model wrote.
struct TextRows: AnswerRows {
    typealias Form = Void

    static let fields = [RowField("prediction", .text)]
    static let numbersField: String? = nil

    private var texts = TextColumn()
    private var count = 0

    init(_ context: AnswerContext, form: Void?) {}

    var form: Void? { () }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        "prediction"
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if !cursor.takeNull() { texts.append(try cursor.text()) }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard texts.count > count else {
            throw cursor.lacks("prediction", "'prediction', the text that the model wrote")
        }
        count += 1
    }

    mutating func dropRow() { texts.removeLast(texts.count - count) }

    func finish() -> RowBlock { RowBlock(answers: .texts(texts)) }
}
