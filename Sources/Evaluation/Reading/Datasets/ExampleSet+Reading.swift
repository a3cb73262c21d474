extension ExampleSet {
    /// The results of each example are kept; so many still fit into one record of the store.
    public static let countMax = 50_000_000

    /// Reads a data set: docs/reference/predictions.md says what its columns mean.
    ///
    /// - Parameters:
    ///   - workerCount: threads; 1 or more. The set does not depend on it.
    ///   - pieceByteCount: the file is cut about so; for tests.
    public init(
        reading source: any ByteSource, format: DatasetFormat, task: EvaluationTask,
        columns: DatasetColumns = DatasetColumns(), workerCount: Int,
        pieceByteCount: Int = 2 << 20
    ) throws(InputError) {
        func read<Truth: TruthRows>(_ truth: Truth.Type) throws(InputError) -> ExampleSet {
            var reader = try DatasetReader<Truth>(
                source, format, task, columns, workerCount: max(1, workerCount),
                pieceByteCount: max(1, pieceByteCount))
            return try reader.read()
        }
        switch task {
        case .binary, .multiclass: self = try read(ClassTruth.self)
        case .regression: self = try read(NumberTruth.self)
        case .languageModel: self = try read(TextTruth.self)
        case .code, .serving: self = try read(NoTruth.self)
        case .multilabel, .multipleChoice, .textGeneration, .ranking:
            throw InputError("data sets of \(task) tasks are not read")
        }
    }
}

/// Reads the pieces of a data set side by side and puts them together in their order.
private struct DatasetReader<Truth: TruthRows> {
    private let format: DatasetFormat
    private let task: EvaluationTask
    private let columns: DatasetColumns
    private let roles: DatasetRoles
    private let workerCount: Int
    private let pieces: TextPieceQueue
    private var header: CSVHeader?
    private var line = 0
    private var whole: DatasetSink<Truth>

    init(
        _ source: any ByteSource, _ format: DatasetFormat, _ task: EvaluationTask,
        _ columns: DatasetColumns, workerCount: Int, pieceByteCount: Int
    ) throws(InputError) {
        (self.format, self.task, self.columns) = (format, task, columns)
        self.workerCount = workerCount
        roles = DatasetRoles(columns, task)
        whole = DatasetSink(task, columns, roles)
        pieces = try TextPieceQueue(
            source, format: format, workerCount: workerCount, pieceByteCount: pieceByteCount)
        if format == .csv {
            let (header, lineCount) = try pieces.header(wanted: roles.names, numbers: nil)
            try roles.check(header, columns, task)
            (self.header, line) = (header, lineCount)
        }
    }

    mutating func read() throws(InputError) -> ExampleSet {
        while case let batch = try pieces.next(), !batch.isEmpty {
            nonisolated(unsafe) let spans = batch
            let piece = PieceOfDataset<Truth>(
                task: task, columns: columns, roles: roles, header: header)
            let parts = mapInParallel(batch.count, workerCount: workerCount) { index in
                piece.read(spans[index])
            }
            for (sink, tally) in parts {
                if let error = tally.failures.first.first?.error { throw error.moved(by: line) }
                line += tally.lineCount
                try whole.append(sink)
                guard whole.count <= ExampleSet.countMax else {
                    throw InputError("the data set has more than \(ExampleSet.countMax) rows")
                }
            }
        }
        return try examples()
    }

    private func examples() throws(InputError) -> ExampleSet {
        guard whole.count > 0 else { throw InputError("the data set has no rows") }
        try checkIDs()
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
    private func checkIDs() throws(InputError) {
        let ids = whole.ids
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
    let header: CSVHeader?

    func read(_ piece: ByteSpan) -> (DatasetSink<Truth>, RowTally) {
        var sink = DatasetSink<Truth>(task, columns, roles)
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
