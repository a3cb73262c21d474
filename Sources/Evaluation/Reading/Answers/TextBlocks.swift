/// The answers in a text file, read piece by piece, several at once.
struct TextBlocks<Rows: AnswerRows>: RowBlockSource {
    private let pieces: TextPieceQueue
    private let format: TextFormat
    private let stopsAtError: Bool
    private let workerCount: Int
    private let wanted = NameTable(IdentifiedRows<Rows>.fields.map(\.name))
    private var header: CSVHeader?
    private var form: RowForm<Rows.Form>?
    private var line = 0

    init(
        _ source: any ByteSource, format: TextFormat, stopsAtError: Bool, workerCount: Int,
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

/// Reads one piece of a text file.
private struct PieceReader<Rows: AnswerRows>: Sendable {
    let format: TextFormat
    let wanted: NameTable
    let header: CSVHeader?
    let form: RowForm<Rows.Form>?
    let stopsAtError: Bool

    func read(_ piece: ByteSpan, _ context: AnswerContext, keptMax: Int = .max)
        -> (block: RowBlock, form: RowForm<Rows.Form>?)
    {
        var sink = IdentifiedRows<Rows>(context, form)
        var tally = RowTally()
        if let header {
            var cursor = CSVRows(piece, header: header)
            tally.read(&cursor, into: &sink, stopsAtError: stopsAtError, keptMax: keptMax)
        } else {
            var cursor = JSONRows(piece, wanted: wanted)
            tally.read(&cursor, into: &sink, stopsAtError: stopsAtError, keptMax: keptMax)
        }
        return (sink.block(tally, .lines(from: 0, listed: tally.lines)), sink.form)
    }
}
