/// Reads predictions of any format block by block, as they stand there. A bad row is an error.
struct FieldReader {
    let fields: [RowField]
    private let workerCount: Int
    private var file: File
    private var line = 0
    /// What the first block says of all.
    private var first: (present: [Bool], names: NameTable?)?

    private enum File {
        case text(TextPieceQueue, CSVHeader?)
        case columns(any ColumnFile)
    }

    init(
        _ source: any ByteSource, _ format: RowFormat, _ task: EvaluationTask, workerCount: Int,
        cutting: RowCutting
    ) throws(InputError) {
        let kind = PredictionFields(task)
        (fields, self.workerCount) = (kind.fields, workerCount)
        switch format {
        case .text(let format):
            let pieces = try TextPieceQueue(
                source, format: format, workerCount: workerCount,
                pieceByteCount: cutting.pieceByteCount)
            var header: CSVHeader?
            if format == .csv {
                (header, line) = try pieces.header(
                    wanted: fields.map(\.name), numbers: kind.numbersField)
            }
            file = .text(pieces, header)
        case .arrays(let isArchive):
            file = .columns(
                try NumPyColumns(
                    source, isArchive: isArchive, wanted: fields,
                    blockRowCount: cutting.blockRowCount, plainName: kind.plainName))
        case .columns: file = .columns(try StreamColumns(source, task, wanted: fields))
        }
    }

    /// The next blocks, in the order of the file; `nil` at its end.
    mutating func next() throws(InputError) -> [FieldBlock]? {
        let blocks =
            switch file {
            case .text(let pieces, let header): try text(pieces, header)
            case .columns(var columns):
                try self.columns(&columns)
            }
        for block in blocks ?? [] where block.rowCount > 0 { try check(block) }
        return blocks
    }

    private mutating func text(_ pieces: TextPieceQueue, _ header: CSVHeader?) throws(InputError)
        -> [FieldBlock]?
    {
        let batch = try pieces.next()
        guard !batch.isEmpty else { return nil }
        nonisolated(unsafe) let spans = batch
        let fields = fields
        let names = first?.names ?? Self.names(fields, batch[0], header)
        let parts = mapInParallel(batch.count, workerCount: workerCount) { index in
            var (sink, tally) = (FieldRows(fields, names: names), RowTally())
            if let header {
                var cursor = CSVRows(spans[index], header: header)
                tally.read(&cursor, into: &sink, stopsAtError: true)
            } else {
                var cursor = JSONRows(spans[index], wanted: NameTable(fields.map(\.name)))
                tally.read(&cursor, into: &sink, stopsAtError: true)
            }
            return (sink, tally)
        }
        var blocks: [FieldBlock] = []
        for (sink, tally) in parts {
            if let error = tally.failures.first.first?.error { throw error.moved(by: line) }
            blocks.append(sink.block(.lines(from: line, listed: tally.lines), narrow: []))
            line += tally.lineCount
        }
        return blocks
    }

    /// The names by which numbers come in the first row.
    private static func names(_ fields: [RowField], _ piece: ByteSpan, _ header: CSVHeader?)
        -> NameTable?
    {
        guard header == nil else { return nil }
        var (sink, tally) = (FieldRows(fields), RowTally())
        var cursor = JSONRows(piece, wanted: NameTable(fields.map(\.name)))
        tally.read(&cursor, into: &sink, stopsAtError: true, keptMax: 1)
        return sink.block(.lines(from: 0, listed: nil), narrow: []).numberNames.map {
            NameTable($0)
        }
    }

    private mutating func columns(_ columns: inout any ColumnFile) throws(InputError)
        -> [FieldBlock]?
    {
        let plans = try columns.next(4 * workerCount)
        guard let plans else { return nil }
        let (fields, classes) = (fields, columns.classes)
        let parts = mapInParallel(plans.count, workerCount: workerCount) { index in
            plans[index].load().map { block in
                var (sink, tally) = (FieldRows(fields), RowTally())
                var cursor = ArrayRows(block, classes: classes)
                tally.read(&cursor, into: &sink, stopsAtError: true)
                let narrow = block.columns.filter(\.isNarrow).map(\.place)
                return (
                    block.receipt, tally,
                    sink.block(
                        .rows(from: block.rows.lowerBound, part: nil), narrow: Set(narrow))
                )
            }
        }
        var blocks: [FieldBlock] = []
        for part in parts {
            let (receipt, tally, block) = try part.get()
            columns.note(receipt)
            if let error = tally.failures.first.first?.error { throw error }
            blocks.append(block)
        }
        file = .columns(columns)
        return blocks
    }

    /// All blocks have the same fields, and numbers by the same names.
    private mutating func check(_ block: FieldBlock) throws(InputError) {
        let present = block.columns.map { $0 != nil }
        guard let first else {
            first = (present, block.numberNames.map { NameTable($0) })
            return
        }
        let place = block.rows.place(0, row: 0)
        for (field, isThere) in zip(fields, zip(first.present, present))
        where isThere.0 != isThere.1 {
            throw InputError(
                place,
                isThere.1
                    ? "'\(field.name)', which the rows before lack"
                    : "no '\(field.name)', which the rows before have")
        }
        guard first.names?.names == block.numberNames else {
            throw InputError(
                place,
                first.names == nil || block.numberNames == nil
                    ? Self.mixedNames : "numbers by other names than in the rows before")
        }
    }

    static let mixedNames = "numbers by name in some rows, and as a list in others"
}

/// The fields of a task's predictions.
struct PredictionFields {
    let fields: [RowField]
    let numbersField: String?
    let plainName: (ArrayHeader) throws(InputError) -> String

    init(_ task: EvaluationTask) {
        switch task {
        case .binary, .multiclass: self.init(ClassRows.self, task)
        case .multilabel: self.init(LabelSetRows.self, task)
        case .regression: self.init(NumberRows.self, task)
        case .languageModel: self.init(LikelihoodRows.self, task)
        case .multipleChoice: self.init(ChoiceRows.self, task)
        case .textGeneration: self.init(TextRows.self, task)
        case .ranking: self.init(RankingRows.self, task)
        case .code: self.init(TrialRows.self, task)
        case .serving: self.init(RequestRows.self, task)
        }
    }

    private init<Rows: AnswerRows>(_ rows: Rows.Type, _ task: EvaluationTask) {
        (fields, numbersField) = (IdentifiedRows<Rows>.fields, Rows.numbersField)
        plainName = { header throws(InputError) in try Rows.field(ofPlain: header, task) }
    }
}
