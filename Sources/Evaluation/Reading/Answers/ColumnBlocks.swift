/// The answers in a file of columns, read block by block, several at once.
struct ColumnBlocks<Rows: AnswerRows>: RowBlockSource {
    private var file: any ColumnFile
    private let stopsAtError: Bool
    private let workerCount: Int
    private var form: RowForm<Rows.Form>?

    init(_ file: any ColumnFile, stopsAtError: Bool, workerCount: Int) throws(InputError) {
        (self.file, self.stopsAtError, self.workerCount) = (file, stopsAtError, workerCount)
        let fields = IdentifiedRows<Rows>.fields
        let present = Set(file.fieldPlaces.map { fields[$0].name })
        let answers = Rows.fields.map(\.name).filter { $0 != "label" }
        if present.isDisjoint(with: answers) { throw file.lacks(anyOf: answers) }
    }

    var position: Int { file.position }

    func scoredClasses(in names: NameTable) -> [Int32] {
        form.map { Rows.scoredClasses(of: $0.answers, in: names) } ?? []
    }

    mutating func next(_ context: inout AnswerContext) throws(InputError) -> [RowBlock]? {
        guard let plans = try file.next(4 * workerCount) else { return nil }
        let loaded = form == nil ? try findForm(plans, &context) : []
        let (reader, known) = (self.reader, context)
        let parts = mapInParallel(plans.count, workerCount: workerCount) { index in
            let block = index < loaded.count ? .success(loaded[index]) : plans[index].load()
            return block.map { ($0.receipt, reader.read($0, known).block) }
        }
        var blocks: [RowBlock] = []
        for part in parts {
            let (receipt, block) = try part.get()
            file.note(receipt)
            blocks.append(block)
        }
        return blocks
    }

    private var reader: BlockReader<Rows> {
        BlockReader(
            classes: file.classes, strangeNames: file.strangeNames, form: form,
            stopsAtError: stopsAtError)
    }

    /// Looks for what the first good row says of all.
    /// - Returns: the blocks that were loaded for it, the first ones of `plans`.
    private mutating func findForm(_ plans: [PlannedBlock], _ context: inout AnswerContext)
        throws(InputError) -> [ArrayBlock]
    {
        var loaded: [ArrayBlock] = []
        for plan in plans {
            let block = try plan.load().get()
            loaded.append(block)
            let (read, found) = reader.read(block, context, keptMax: 1)
            if read.keptCount > 0, let found {
                for name in Rows.names(of: found.answers) {
                    _ = context.names.place(inserting: name)
                }
                form = found
                break
            }
            if stopsAtError, !read.failures.isEmpty { break }
        }
        return loaded
    }
}

/// Reads one block of columns.
private struct BlockReader<Rows: AnswerRows>: Sendable {
    let classes: NameTable?
    let strangeNames: [String]
    let form: RowForm<Rows.Form>?
    let stopsAtError: Bool

    func read(_ block: ArrayBlock, _ context: AnswerContext, keptMax: Int = .max)
        -> (block: RowBlock, form: RowForm<Rows.Form>?)
    {
        if let form, let whole = whole(block, context, form) { return (whole, form) }
        var sink = IdentifiedRows<Rows>(context, form)
        var tally = RowTally()
        var cursor = ArrayRows(
            block, classes: classes, flagNames: context.truthNames, strangeNames: strangeNames)
        tally.read(&cursor, into: &sink, stopsAtError: stopsAtError, keptMax: keptMax)
        var read = sink.block(tally, .rows(from: block.rows.lowerBound, part: nil))
        let scores = block.columns.filter { $0.field == .number || $0.field == .numbers }
        if !scores.isEmpty, scores.allSatisfy(\.isNarrow) {
            read.answers = read.answers.withNarrowScores
        }
        return (read, sink.form)
    }

    /// The block without a look at single rows; `nil` where they must be looked at.
    private func whole(
        _ block: ArrayBlock, _ context: AnswerContext, _ form: RowForm<Rows.Form>
    ) -> RowBlock? {
        // The fields of the task stand behind the id.
        guard
            var whole = Rows.block(
                block, field: { block.column($0 + 1) }, context, form.answers)
        else { return nil }
        whole.rowCount = block.rows.count
        whole.rows = .rows(from: block.rows.lowerBound, part: nil)
        if let ids = block.column(0) {
            guard let names = ids.names(block.rows.count) else { return nil }
            whole.ids = names
        }
        return whole
    }
}
