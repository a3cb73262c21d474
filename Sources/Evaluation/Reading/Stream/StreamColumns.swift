import Messages

/// Cairn's own stream of columns.
struct StreamColumns: ColumnFile {
    private var stream: StreamSource
    private let layout: StreamLayout
    private var row = 0
    private(set) var position = 0
    private var isAtEnd = false

    let classes: NameTable?
    let strangeNames: [String]

    /// - Parameters:
    ///   - task: of the predictions; `nil` of a data set.
    ///   - wanted: `nil`: every column, as what it holds.
    init(_ source: any ByteSource, _ task: EvaluationTask?, wanted: [RowField]?) throws(InputError)
    {
        stream = StreamSource(source)
        let header = try stream.columns()
        guard header.format == StreamFrame.format else {
            throw InputError(
                "format \(header.format) of streams of columns; \(StreamFrame.format) is read")
        }
        if let task, header.task != TaskKind(task) {
            throw InputError(
                "predictions of a \(header.task.text) task; the suite's is \(task)")
        }
        layout = try StreamLayout(header, wanted: wanted)
        guard header.scoredClassCount <= header.classes.count else {
            throw InputError(
                "scores of \(header.scoredClassCount) classes, but \(header.classes.count) names")
        }
        let scored = header.classes.prefix(Int(header.scoredClassCount))
        classes = scored.isEmpty ? nil : NameTable(scored)
        strangeNames = layout.columns.filter { $0.place == nil }.map(\.name).sorted()
    }

    var names: [String] { layout.columns.map(\.name) }

    /// Goes over all messages to the end, without the bytes behind them.
    func rowCount() throws(InputError) -> Int {
        var walk = self
        while try walk.next(64) != nil {}
        return walk.row
    }

    var fieldPlaces: [Int] { layout.columns.compactMap(\.place) }

    func lacks(anyOf names: [String]) -> InputError {
        InputError(
            "no column \(InputError.list(names)); the file has "
                + InputError.list(names))
    }

    mutating func next(_ count: Int) throws(InputError) -> [PlannedBlock]? {
        var planned: [PlannedBlock] = []
        while !isAtEnd, planned.count < count {
            switch try stream.next(after: row) {
            case .block(let block): planned.append(try plan(block))
            case .end(let end):
                guard end.rowCount == UInt64(row) else {
                    throw stream.damaged("\(row) rows; it ends with a message of \(end.rowCount)")
                }
                guard stream.isAtEnd else { throw stream.damaged("bytes behind its end") }
                isAtEnd = true
            }
        }
        return planned.isEmpty ? nil : planned
    }

    private mutating func plan(_ block: PredictionColumnsBlock) throws(InputError) -> PlannedBlock {
        let count = Int(block.rowCount)
        guard (1...PredictionBlock.usualRowCount).contains(count) else {
            throw stream.damaged(
                "a block of \(count) rows after row \(row); expected 1 to "
                    + "\(PredictionBlock.usualRowCount)")
        }
        guard row + count <= ExampleSet.countMax else {
            throw InputError("more than \(ExampleSet.countMax) rows")
        }
        var byteCount: UInt64 = 0
        for own in block.byteCounts {
            let (sum, overflows) = byteCount.addingReportingOverflow(own)
            byteCount = overflows ? .max : sum
        }
        guard block.byteCounts.count == layout.columns.count,
            byteCount <= UInt64(StreamFrame.blockByteCountMax)
        else {
            throw stream.damaged(
                "the block after row \(row) has \(block.byteCounts.count) columns of "
                    + "\(byteCount) bytes; expected \(layout.columns.count) of at most "
                    + "\(StreamFrame.blockByteCountMax)")
        }
        let rows = row..<row + count
        let place = try stream.skip(Int(byteCount), after: row)
        row += count
        let (source, layout) = (stream.source, layout)
        let loading = StreamBlock(
            rows: rows, place: place, byteCounts: block.byteCounts.map(Int.init),
            checksum: block.checksum)
        return PlannedBlock(rows: rows) {
            Result { () throws(InputError) in try loading.load(source, layout) }
        }
    }

    mutating func note(_ receipt: BlockReceipt) { position = stream.offset }
}

extension TaskKind {
    init(_ task: EvaluationTask) {
        self =
            switch task {
            case .binary: .binary
            case .multiclass: .multiclass
            case .regression: .regression
            case .languageModel: .languageModel
            case .multilabel: .multilabel
            case .multipleChoice: .multipleChoice
            case .textGeneration: .textGeneration
            case .ranking: .ranking
            case .code: .code
            case .serving: .serving
            }
    }

    fileprivate var text: String {
        EvaluationTask.kinds.first { TaskKind($0) == self }.map { "\($0)" } ?? "unknown"
    }
}
