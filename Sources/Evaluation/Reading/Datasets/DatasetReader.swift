/// Reads the pieces of a data set side by side and puts them together in their order.
struct DatasetReader<Truth: TruthRows> {
    private let columns: DatasetColumns
    private let workerCount: Int
    private let cutting: RowCutting
    private let piece: PieceOfDataset<Truth>

    init(
        task: EvaluationTask, columns: DatasetColumns, workerCount: Int, cutting: RowCutting
    ) {
        (self.columns, self.workerCount, self.cutting) = (columns, workerCount, cutting)
        piece = PieceOfDataset(
            task: task, columns: columns, roles: DatasetRoles(columns, task))
    }

    func read(_ source: any ByteSource, _ format: RowFormat) throws(InputError) -> ExampleSet {
        var whole = piece.sink
        switch format {
        case .text(let format): try readText(source, format, into: &whole)
        case .arrays(let isArchive): try readArrays(source, isArchive, into: &whole)
        }
        return try examples(whole)
    }

    private func readText(
        _ source: any ByteSource, _ format: TextFormat, into whole: inout DatasetSink<Truth>
    ) throws(InputError) {
        let pieces = try TextPieceQueue(
            source, format: format, workerCount: workerCount,
            pieceByteCount: cutting.pieceByteCount)
        var (header, line) = (CSVHeader?.none, 0)
        if format == .csv {
            let (found, lineCount) = try pieces.header(wanted: piece.roles.names, numbers: nil)
            try piece.roles.check(found.names) { found.lacks($0) }
            (header, line) = (found, lineCount)
        }
        while case let batch = try pieces.next(), !batch.isEmpty {
            nonisolated(unsafe) let spans = batch
            let (piece, header) = (piece, header)
            let parts = mapInParallel(batch.count, workerCount: workerCount) { index in
                piece.read(spans[index], header)
            }
            for (sink, tally) in parts {
                if let error = tally.failures.first.first?.error { throw error.moved(by: line) }
                line += tally.lineCount
                try append(sink, to: &whole)
            }
        }
    }

    private func readArrays(
        _ source: any ByteSource, _ isArchive: Bool, into whole: inout DatasetSink<Truth>
    ) throws(InputError) {
        let label = columns.label
        let file = try ArrayFile(source, isArchive: isArchive)
        let table = try ArrayTable(file, wanted: piece.roles.fields) { _ in label }
        try piece.roles.check(table.names(of: piece.roles.fields)) { file.lacks($0) }
        let reading = ArrayReading(table.columns, blockRowCount: cutting.blockRowCount)
        let classes = table.classes.map { NameTable($0) }
        while let plans = try reading.next(4 * workerCount) {
            let (piece, columns) = (piece, table.columns)
            let parts = mapInParallel(plans.count, workerCount: workerCount) { index in
                ArrayReading.load(plans[index], columns).map { block in
                    (block, piece.read(block, classes))
                }
            }
            for part in parts {
                let (block, (sink, tally)) = try part.get()
                reading.note(block)
                if let error = tally.failures.first.first?.error { throw error }
                try append(sink, to: &whole)
            }
        }
    }

    private func append(_ sink: DatasetSink<Truth>, to whole: inout DatasetSink<Truth>)
        throws(InputError)
    {
        try whole.append(sink)
        guard whole.count <= ExampleSet.countMax else {
            throw InputError("the data set has more than \(ExampleSet.countMax) rows")
        }
    }

    private func examples(_ whole: DatasetSink<Truth>) throws(InputError) -> ExampleSet {
        guard whole.count > 0 else { throw InputError("the data set has no rows") }
        try checkIDs(whole.ids)
        if columns.weight != nil, whole.weights.allSatisfy({ $0 == 0 }) {
            throw InputError("every weight is 0; at least one example must count")
        }
        return ExampleSet(
            count: whole.count, truth: try whole.truth.truth(),
            ids: whole.ids.count == 0 ? nil : whole.ids,
            weights: columns.weight == nil ? nil : whole.weights,
            slices: zip(columns.slices, whole.slices).map { name, values in
                let (names, map) = values.sorted
                return SliceColumn(
                    name: name, values: names, places: values.places.map { map[Int($0)] })
            })
    }

    /// Ids that ascend, by length and then by bytes, need no table to be seen to differ.
    private func checkIDs(_ ids: TextColumn) throws(InputError) {
        if ids.isAscending { return }
        var table = ByteTable(capacity: ids.count)
        if let place = table.insertAll(of: ids) {
            throw InputError(
                .row(place + 1),
                "the id \(InputError.excerpt(ids.string(place))) stands a second time")
        }
    }
}

private struct PieceOfDataset<Truth: TruthRows>: Sendable {
    let task: EvaluationTask
    let columns: DatasetColumns
    let roles: DatasetRoles

    var sink: DatasetSink<Truth> { DatasetSink<Truth>(task, columns, roles) }

    func read(_ piece: ByteSpan, _ header: CSVHeader?) -> (DatasetSink<Truth>, RowTally) {
        var sink = sink
        var tally = RowTally()
        if let header {
            var cursor = CSVRows(piece, header: header)
            tally.read(&cursor, into: &sink, stopsAtError: true)
        } else {
            var cursor = JSONRows(piece, wanted: NameTable(roles.names))
            tally.read(&cursor, into: &sink, stopsAtError: true)
        }
        return (sink, tally)
    }
    func read(_ block: ArrayBlock, _ classes: NameTable?) -> (DatasetSink<Truth>, RowTally) {
        var (sink, tally) = (sink, RowTally())
        var cursor = ArrayRows(block, classes: classes, flagNames: flagNames(block))
        tally.read(&cursor, into: &sink, stopsAtError: true)
        return (sink, tally)
    }

    /// Columns of 0 and 1 without names are known by their places, from 0.
    private func flagNames(_ block: ArrayBlock) -> NameTable {
        guard let labels = block.columns.first(where: { $0.field == .labels }),
            labels.starts == nil, !labels.element.isText
        else { return NameTable() }
        return NameTable((0..<labels.width).map { "\($0)" })
    }
}

extension TextColumn {
    /// Whether each text is behind the one before it, by length and then by bytes.
    fileprivate var isAscending: Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var (start, last) = (0, 0..<0)
            for (index, end) in ends.enumerated() {
                let present = start..<end
                if index > 0, !isBefore(bytes, last, present) { return false }
                (start, last) = (end, present)
            }
            return true
        }
    }

    private func isBefore(_ bytes: UnsafeBufferPointer<UInt8>, _ a: Range<Int>, _ b: Range<Int>)
        -> Bool
    {
        if a.count != b.count { return a.count < b.count }
        for offset in 0..<a.count
        where bytes[a.lowerBound + offset] != bytes[b.lowerBound + offset] {
            return bytes[a.lowerBound + offset] < bytes[b.lowerBound + offset]
        }
        return false
    }
}
