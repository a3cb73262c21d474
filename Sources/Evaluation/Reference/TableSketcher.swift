import CairnCore
import Statistics

/// Sketches every column of a table whose bytes arrive in pieces.
///
/// Of long tables a part of the rows is taken, chosen by their numbers alone: a sample of 100,000 rows
/// places a distribution function to 0.6 % with 99.9 % confidence, and reading every value of every
/// row would take longer than measuring. Blocks of rows are read in parallel and merged in their
/// order, so the bits depend on the bytes alone.
/// Source of the bound: Massart, The Tight Constant in the Dvoretzky–Kiefer–Wolfowitz Inequality, 1990.
public struct TableSketcher {
    /// Of longer tables about so many rows are taken.
    public static let sampleCount = 1 << 17
    private static let blockRowCount = 1024

    /// What a table is read for.
    public enum Use: Sendable {
        /// A data set: the first row that does not meet the schema refuses it.
        case dataset
        /// Live traffic: rows that do not meet the schema are counted, and answers are read as
        /// predictions have them.
        case live(LiveAnswers)

        var answers: LiveAnswers? {
            switch self {
            case .dataset: nil
            case .live(let answers): answers
            }
        }
    }

    private let format: TextFormat
    private let workerCount: Int
    private let sample: RowSample
    private let check: SchemaCheck?
    /// Made with the first rows, when the header is known.
    private var quickCheck: QuickCheck?
    private let use: Use
    private var cutter: RecordCutter
    private var header: [String]?
    private var rowIndex = 0
    private var waiting: [TableBlock.Row] = []
    private var blockIndex: UInt64 = 0
    private var columns = TableColumns()

    /// - Parameters:
    ///   - rowEstimate: about how many rows will come; the line feeds of the bytes are near enough.
    ///     With `.max` rows are only held against the schema.
    ///   - schema: what every row must be, those too that no sketch takes.
    public init(
        format: TextFormat, rowEstimate: Int, schema: DatasetSchema? = nil,
        use: Use = .dataset, workerCount: Int
    ) {
        (self.format, self.use) = (format, use)
        self.workerCount = workerCount
        check = schema.map(SchemaCheck.init)
        cutter = RecordCutter(format: format)
        sample = RowSample(of: rowEstimate)
    }

    /// - Throws: `InputError` where a row does not meet the schema, or the bytes are no table at all.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(InputError) {
        var cutter = RecordCutter(format: format)
        swap(&cutter, &self.cutter)
        try cutter.append(bytes) { record, line throws(InputError) in try take(record, line) }
        swap(&cutter, &self.cutter)
    }

    /// All columns, when the last bytes have come.
    public mutating func finish() throws(InputError) -> TableColumns {
        var cutter = self.cutter
        try cutter.finish { record, line throws(InputError) in try take(record, line) }
        try readWaiting()
        if let check {
            let names = header ?? columns.names
            // Each row had what it must have, and the header of a CSV file too.
            if use.answers == nil, header == nil, rowIndex == 0 { try check.finish(names) }
            columns.absentColumns = check.absent(from: names)
        }
        columns.rowCount = rowIndex
        return columns
    }

    /// Reads a whole file twice: once for how many rows it has.
    ///
    /// - Parameter progress: is told before each part is read; what it throws ends the reading.
    public static func columns(
        of source: some ByteSource, format: TextFormat, schema: DatasetSchema? = nil,
        use: Use = .dataset, workerCount: Int,
        progress: () throws(InputError) -> Void = {}
    ) throws(InputError) -> TableColumns {
        var lineCount = 1
        try forEachPart(of: source) { part throws(InputError) in
            try progress()
            lineCount += part.count { $0 == 0x0A }
        }
        var sketcher = TableSketcher(
            format: format, rowEstimate: lineCount, schema: schema, use: use,
            workerCount: workerCount)
        try forEachPart(of: source) { part throws(InputError) in
            try progress()
            try sketcher.append(part)
        }
        return try sketcher.finish()
    }

    private static let partByteCount = 1 << 20

    private static func forEachPart(
        of source: some ByteSource, _ body: (UnsafeRawBufferPointer) throws(InputError) -> Void
    ) throws(InputError) {
        let part = UnsafeMutableRawBufferPointer.allocate(byteCount: partByteCount, alignment: 16)
        defer { part.deallocate() }
        var offset = 0
        while true {
            let count = try source.read(at: offset, into: part)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: part[..<count]))
            offset += count
        }
    }

    private mutating func take(_ record: ArraySlice<UInt8>, _ line: Int) throws(InputError) {
        if format == .csv, header == nil {
            let names = try InputRow.fields(record).map { String(decoding: $0, as: UTF8.self) }
            if let check, use.answers == nil { try check.header(names) }
            header = names
            return
        }
        let index = rowIndex
        rowIndex += 1
        let isTaken = sample.takes(index)
        guard isTaken || check != nil else { return }
        waiting.append(TableBlock.Row(record, line: line, isTaken: isTaken))
        if waiting.count >= Self.blockRowCount * 2 * workerCount { try readWaiting() }
    }

    private mutating func readWaiting() throws(InputError) {
        let blocks = stride(from: 0, to: waiting.count, by: Self.blockRowCount).map { start in
            TableBlock(
                rows: Array(waiting[start..<min(waiting.count, start + Self.blockRowCount)]),
                header: header, stream: blockIndex + UInt64(start / Self.blockRowCount))
        }
        waiting.removeAll(keepingCapacity: true)
        if quickCheck == nil, use.answers == nil {
            quickCheck = check.map { QuickCheck($0.schema, header: header) }
        }
        blockIndex += UInt64(blocks.count)
        let (check, quickCheck, use) = (check, quickCheck, use)
        for part in mapBlocks(
            blocks, workerCount: workerCount, { $0.read(check, quickCheck, use) })
        {
            try columns.merge(part.get())
        }
    }
}

/// Which rows of a long table are taken.
struct RowSample: Sendable {
    /// A row is taken when its hash is at most this.
    private let threshold: UInt64

    /// - Parameter rowEstimate: about how many rows there are.
    init(of rowEstimate: Int) {
        let share = Double(TableSketcher.sampleCount) / Double(max(1, rowEstimate))
        threshold = share >= 1 ? .max : UInt64(share * 0x1p64)
    }

    func takes(_ row: Int) -> Bool {
        if threshold == .max { return true }
        var random = SeededRandom(seed: UInt64(row))
        return random.next() <= threshold
    }
}

/// Some rows of a table, read together.
struct TableBlock: Sendable {
    struct Row: Sendable {
        /// With the margin of `QuickCheck` behind them.
        private let padded: [UInt8]
        let line: Int
        /// Whether its values go into the sketches, or are only checked.
        let isTaken: Bool

        init(_ record: ArraySlice<UInt8>, line: Int, isTaken: Bool) {
            (self.line, self.isTaken) = (line, isTaken)
            let (count, margin) = (record.count, QuickCheck.marginByteCount)
            padded = Array(unsafeUninitializedCapacity: count + margin) { bytes, initialized in
                _ = bytes.initialize(from: record)
                bytes[count...].initialize(repeating: 0)
                initialized = count + margin
            }
        }

        var bytes: ArraySlice<UInt8> { padded.dropLast(QuickCheck.marginByteCount) }

        /// - Parameter body: is given the bytes with the margin behind them.
        func withBytes<Result>(_ body: (ByteSpan) -> Result) -> Result {
            padded.withUnsafeBufferPointer { padded in
                body(ByteSpan(rebasing: padded.dropLast(QuickCheck.marginByteCount)))
            }
        }
    }

    let rows: [Row]
    /// `nil` for JSON Lines.
    let header: [String]?
    let stream: UInt64

    /// Rows that cannot be read are counted, unless they refuse the table.
    func read(
        _ check: SchemaCheck?, _ quickCheck: QuickCheck?, _ use: TableSketcher.Use
    ) -> Result<TableColumns, InputError> {
        var (columns, quickCheck) = (TableColumns(), quickCheck)
        for row in rows {
            // No value of these is wanted, only whether they may be there.
            if !row.isTaken, row.withBytes({ quickCheck?.surelyTakes($0) }) == true { continue }
            do throws(InputError) {
                let (values, derived) = try values(of: row, use)
                switch use {
                case .dataset: try check?.row(values)
                case .live:
                    for problem in check?.problems(in: values) ?? [] {
                        columns.tally.add(problem.column, problem.text, .line(row.line))
                    }
                }
                if row.isTaken { columns.add(values + derived, stream: stream) }
            } catch {
                let error = InputError(line: row.line, error.text)
                if check != nil, use.answers == nil { return .failure(error) }
                columns.skip(error)
            }
        }
        return .success(columns)
    }

    private typealias Values = [(name: String, value: InputValue)]

    private func values(
        of row: Row, _ use: TableSketcher.Use
    ) throws(InputError) -> (Values, derived: Values) {
        guard let header else {
            let members = try InputRow.members(row.bytes)
            let values = members.map { (name: $0.name, value: InputValue($0.value)) }
            return (values, use.answers?.derived(from: members) ?? [])
        }
        let fields = try InputRow.fields(row.bytes)
        guard fields.count == header.count else {
            throw InputError("\(fields.count) fields where the header has \(header.count)")
        }
        let values = zip(header, fields).map { (name: $0, value: InputValue(field: $1)) }
        return (values, use.answers?.derived(fromFields: values) ?? [])
    }
}
