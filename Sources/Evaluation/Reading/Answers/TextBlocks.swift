/// Where blocks of rows come from: a text file or a file of columns.
protocol RowBlockSource {
    /// The next blocks, in the order of the file; `nil` at its end.
    /// - Parameter context: knows all class names so far; those of the file's form are added.
    mutating func next(_ context: inout AnswerContext) throws(InputError) -> [RowBlock]?
    /// For each column of scores the place of its class; empty until there are some.
    func scoredClasses(in names: NameTable) -> [Int32]
    /// How much of the file was read, in bytes.
    var position: Int { get }
}

/// The answers in a text file, read piece by piece, several at once.
struct TextBlocks<Rows: AnswerRows>: RowBlockSource {
    private let pieces: TextPieceQueue
    private let format: DatasetFormat
    private let stopsAtError: Bool
    private let workerCount: Int
    private let wanted = NameTable(["id"] + Rows.fields)
    private var header: CSVHeader?
    private var form: RowForm<Rows.Form>?
    private var line = 0

    init(
        _ source: any ByteSource, format: DatasetFormat, stopsAtError: Bool, workerCount: Int,
        pieceByteCount: Int
    ) throws(InputError) {
        (self.format, self.stopsAtError) = (format, stopsAtError)
        self.workerCount = workerCount
        pieces = try TextPieceQueue(
            source, format: format, workerCount: workerCount, pieceByteCount: pieceByteCount)
        if format == .csv {
            (header, line) = try pieces.header(
                wanted: wanted.names, numbers: Rows.numbersField)
        }
    }

    var position: Int { pieces.position }

    func scoredClasses(in names: NameTable) -> [Int32] {
        form.map { Rows.scoredClasses(of: $0.answers, in: names) } ?? []
    }

    mutating func next(_ context: inout AnswerContext) throws(InputError) -> [RowBlock]? {
        let batch = try pieces.next()
        guard !batch.isEmpty else { return nil }
        if form == nil { form = firstForm(in: batch, &context) }
        nonisolated(unsafe) let spans = batch
        let (reader, context) = (self.reader, context)
        var blocks = mapInParallel(batch.count, workerCount: workerCount) { index in
            reader.read(spans[index], context).block
        }
        for index in blocks.indices {
            blocks[index].rows = blocks[index].rows.moved(by: line)
            blocks[index].failures = blocks[index].failures.moved(by: line)
            line += blocks[index].lineCount
        }
        return blocks
    }

    private var reader: PieceReader<Rows> {
        PieceReader(
            format: format, wanted: wanted, header: header, form: form, stopsAtError: stopsAtError)
    }

    /// What the first good row says of all; `nil` where there is none.
    private func firstForm(in batch: [ByteSpan], _ context: inout AnswerContext)
        -> RowForm<Rows.Form>?
    {
        for piece in batch {
            let (block, form) = reader.read(piece, context, keptMax: 1)
            if block.keptCount > 0, let form {
                for name in Rows.names(of: form.answers) {
                    _ = context.names.place(inserting: name)
                }
                return form
            }
            if stopsAtError, !block.failures.isEmpty { return nil }
        }
        return nil
    }
}

/// What the rows of a file have in common.
struct RowForm<Answers: Sendable>: Sendable {
    let hasIDs: Bool
    let answers: Answers
}

/// Reads one piece of a text file.
private struct PieceReader<Rows: AnswerRows>: Sendable {
    let format: DatasetFormat
    let wanted: NameTable
    let header: CSVHeader?
    let form: RowForm<Rows.Form>?
    let stopsAtError: Bool

    func read(_ piece: ByteSpan, _ context: AnswerContext, keptMax: Int = .max)
        -> (block: RowBlock, form: RowForm<Rows.Form>?)
    {
        var sink = IdentifiedRows(Rows(context, form: form?.answers), hasIDs: form?.hasIDs)
        var tally = RowTally()
        if let header {
            var cursor = CSVRows(piece, header: header)
            tally.read(&cursor, into: &sink, stopsAtError: stopsAtError, keptMax: keptMax)
        } else {
            var cursor = JSONRows(piece, wanted: wanted)
            tally.read(&cursor, into: &sink, stopsAtError: stopsAtError, keptMax: keptMax)
        }
        return (sink.block(tally), sink.form)
    }
}

/// Answers with the ids of their examples.
private struct IdentifiedRows<Rows: AnswerRows>: RowSink {
    private var answers: Rows
    private var hasIDs: Bool?
    private var ids = TextColumn()
    private var keptCount = 0

    init(_ answers: Rows, hasIDs: Bool?) { (self.answers, self.hasIDs) = (answers, hasIDs) }

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

    func block(_ tally: RowTally) -> RowBlock {
        var block = answers.finish()
        block.rowCount = tally.rowCount
        block.lineCount = tally.lineCount
        block.kept = tally.kept
        block.rows = .lines(from: 0, listed: tally.lines)
        block.failures = tally.failures
        if hasIDs == true { block.ids = ids }
        return block
    }
}
