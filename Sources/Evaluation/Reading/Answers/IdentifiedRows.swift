/// What the rows of a file have in common.
struct RowForm<Answers: Sendable>: Sendable {
    let hasIDs: Bool
    let answers: Answers
}

/// Answers with the ids of their examples.
struct IdentifiedRows<Rows: AnswerRows>: RowSink {
    private var answers: Rows
    private var hasIDs: Bool?
    private var ids = TextColumn()
    private var keptCount = 0

    /// `id` goes before the fields of the task.
    static var fields: [RowField] { [RowField("id", .label)] + Rows.fields }

    init(_ context: AnswerContext, _ form: RowForm<Rows.Form>?) {
        answers = Rows(context, form: form?.answers)
        hasIDs = form?.hasIDs
    }

    var form: RowForm<Rows.Form>? {
        guard let form = answers.form, let hasIDs else { return nil }
        return RowForm(hasIDs: hasIDs, answers: form)
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        guard field == 0 else { return try answers.take(field - 1, &cursor) }
        if cursor.takeAbsent() { return }
        ids.append(try cursor.label())
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        let hasID = ids.count > keptCount
        if let hasIDs, hasIDs != hasID {
            throw cursor.rowFailure(
                hasIDs
                    ? "no id, but the lines before have one"
                    : "an id, but the lines before have none")
        }
        try answers.endRow(cursor)
        hasIDs = hasID
        keptCount += 1
    }

    mutating func dropRow() {
        answers.dropRow()
        let kept = hasIDs == true ? keptCount : 0
        ids.removeLast(ids.count - kept)
    }

    func block(_ tally: RowTally, _ rows: RowPlaces) -> RowBlock {
        var block = answers.finish()
        block.rowCount = tally.rowCount
        block.lineCount = tally.lineCount
        block.kept = tally.kept
        block.rows = rows
        block.failures = tally.failures
        if hasIDs == true { block.ids = ids }
        return block
    }
}
