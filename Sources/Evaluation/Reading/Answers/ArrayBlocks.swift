/// The answers in a file of arrays, read block by block, several at once.
struct ArrayBlocks<Rows: AnswerRows>: RowBlockSource {
    private let table: ArrayTable
    private let reading: ArrayReading
    private let stopsAtError: Bool
    private let workerCount: Int
    private let classes: NameTable?
    private var form: RowForm<Rows.Form>?

    /// - Parameter blockRowCount: blocks are not longer; for tests.
    init(
        _ source: any ByteSource, isArchive: Bool, _ task: EvaluationTask, stopsAtError: Bool,
        workerCount: Int, blockRowCount: Int = PredictionBlock.usualRowCount
    ) throws(InputError) {
        (self.stopsAtError, self.workerCount) = (stopsAtError, workerCount)
        let file = try ArrayFile(source, isArchive: isArchive)
        table = try ArrayTable(file, wanted: IdentifiedRows<Rows>.fields) {
            header throws(InputError) in try Rows.field(ofPlain: header, task)
        }
        let answers = Rows.fields.map(\.name).filter { $0 != "label" }
        let names = table.names(of: IdentifiedRows<Rows>.fields)
        if answers.allSatisfy({ !names.contains($0) }) {
            throw file.lacks(anyOf: answers)
        }
        classes = table.classes.map { NameTable($0) }
        reading = ArrayReading(table.columns, blockRowCount: blockRowCount)
    }

    var position: Int { reading.position }

    func scoredClasses(in names: NameTable) -> [Int32] {
        form.map { Rows.scoredClasses(of: $0.answers, in: names) } ?? []
    }

    mutating func next(_ context: inout AnswerContext) throws(InputError) -> [RowBlock]? {
        guard let plans = try reading.next(4 * workerCount) else { return nil }
        let columns = table.columns
        let loaded = mapInParallel(plans.count, workerCount: workerCount) { index in
            ArrayReading.load(plans[index], columns)
        }
        var blocks: [ArrayBlock] = []
        for loaded in loaded {
            let block = try loaded.get()
            reading.note(block)
            blocks.append(block)
        }
        if form == nil { form = firstForm(in: blocks, &context) }
        let (reader, arrays, known) = (self.reader, blocks, context)
        return mapInParallel(blocks.count, workerCount: workerCount) { index in
            reader.read(arrays[index], known).block
        }
    }

    private var reader: BlockReader<Rows> {
        BlockReader(
            classes: classes, strangeNames: table.strangeNames, form: form,
            stopsAtError: stopsAtError)
    }

    /// What the first good row says of all; `nil` where there is none.
    private func firstForm(in blocks: [ArrayBlock], _ context: inout AnswerContext)
        -> RowForm<Rows.Form>?
    {
        for block in blocks {
            let (read, form) = reader.read(block, context, keptMax: 1)
            if read.keptCount > 0, let form {
                for name in Rows.names(of: form.answers) {
                    _ = context.names.place(inserting: name)
                }
                return form
            }
            if stopsAtError, !read.failures.isEmpty { return nil }
        }
        return nil
    }
}

/// Reads one block of arrays.
private struct BlockReader<Rows: AnswerRows>: Sendable {
    let classes: NameTable?
    let strangeNames: [String]
    let form: RowForm<Rows.Form>?
    let stopsAtError: Bool

    func read(_ block: ArrayBlock, _ context: AnswerContext, keptMax: Int = .max)
        -> (block: RowBlock, form: RowForm<Rows.Form>?)
    {
        var sink = IdentifiedRows<Rows>(context, form)
        var tally = RowTally()
        var cursor = ArrayRows(
            block, classes: classes, flagNames: context.truthNames, strangeNames: strangeNames)
        tally.read(&cursor, into: &sink, stopsAtError: stopsAtError, keptMax: keptMax)
        return (sink.block(tally, .rows(from: block.rows.lowerBound, part: nil)), sink.form)
    }
}
