/// The answers of a regression.
struct NumberRows: AnswerRows {
    typealias Form = Void

    static let fields = [
        RowField("label", .label), RowField("prediction", .number),
    ]
    static let numbersField: String? = nil

    private var predicted: [Double] = []
    private var labels: [Double] = []
    private var (prediction, label): (Double?, Double?) = (nil, nil)

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        "prediction"
    }

    init(_ context: AnswerContext, form: Void?) {}

    var form: Void? { () }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        if field == 0 {
            label = try cursor.labelNumber()
        } else {
            prediction = try cursor.finiteNumber("prediction")
        }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard let prediction else { throw cursor.lacks("prediction", "'prediction', a number") }
        if let label {
            // Most files repeat no label, so there is no column until one does.
            while labels.count < predicted.count { labels.append(.nan) }
            labels.append(label)
        } else if !labels.isEmpty {
            labels.append(.nan)
        }
        predicted.append(prediction)
        dropRow()
    }

    mutating func dropRow() { (prediction, label) = (nil, nil) }

    func finish() -> RowBlock {
        var block = RowBlock(answers: .numbers(.float64(predicted)))
        if !labels.isEmpty { block.labels = .numbers(labels) }
        return block
    }
}

extension RowCursor {
    mutating func finiteNumber(_ name: String) throws(InputError) -> Double {
        let value = try number()
        guard value.isFinite else {
            throw failure("'\(name)' is \(value); expected a finite number")
        }
        return value
    }

    /// A label that is a number, perhaps in quotes.
    mutating func labelNumber() throws(InputError) -> Double {
        let text = try label()
        guard let value = Double(text.string), value.isFinite else {
            throw failure(
                "the label \(InputError.excerpt(text.string)) is no number, as a regression needs")
        }
        return value
    }
}
