/// How many programs were drawn for each problem, and how many passed its tests.
struct TrialRows: AnswerRows {
    typealias Form = Void

    static let fields = [RowField("drawn", .count), RowField("passed", .count)]
    static let numbersField: String? = nil

    private var (drawn, passed) = ([Int32](), [Int32]())
    private var (ownDrawn, ownPassed) = (Int?.none, Int?.none)

    init(_ context: AnswerContext, form: Void?) {}

    var form: Void? { () }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) throws(InputError)
        -> String
    {
        throw InputError(
            "one array; code needs two, np.savez(path, drawn=…, passed=…): how many programs were "
                + "drawn for each problem, and how many passed")
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        if field == 0 { ownDrawn = try cursor.count() } else { ownPassed = try cursor.count() }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard let ownDrawn else {
            throw cursor.lacks("drawn", "'drawn', how many programs were drawn for the problem")
        }
        guard let ownPassed else {
            throw cursor.lacks("passed", "'passed', how many of the programs passed")
        }
        guard ownDrawn >= 1, ownPassed <= ownDrawn else {
            throw cursor.rowFailure(
                "\(ownPassed) of \(ownDrawn) programs passed; expected at least one program, and no "
                    + "more that passed than were drawn")
        }
        drawn.append(Int32(ownDrawn))
        passed.append(Int32(ownPassed))
        dropRow()
    }

    mutating func dropRow() { (ownDrawn, ownPassed) = (nil, nil) }

    func finish() -> RowBlock { RowBlock(answers: .trials(drawn: drawn, passed: passed)) }
}
