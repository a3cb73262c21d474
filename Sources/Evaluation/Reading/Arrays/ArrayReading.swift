import Compression

/// Reads arrays side by side, some rows of all at a time.
///
/// Blocks are planned one after the other: offsets and packed bytes are read then. What is stored as it
/// is, is read when a block is loaded, which several threads may do at once.
final class ArrayReading {
    /// Of a block, about: with less than so many rows where they are long.
    static let blockByteCount = 16 << 20

    private let columns: [ArrayColumn]
    private let feeds: [ColumnFeed]
    private let rowCount: Int
    private let blockRowCount: Int
    private var row = 0
    /// What of the file was read, about.
    private(set) var position = 0

    /// - Parameter columns: of one row count.
    init(_ columns: [ArrayColumn], blockRowCount: Int = PredictionBlock.usualRowCount) {
        self.columns = columns
        rowCount = columns.first?.rowCount ?? 0
        feeds = columns.map { ColumnFeed($0) }
        let rowByteCount = max(1, columns.reduce(0) { $0 + $1.rowByteCount })
        self.blockRowCount = max(1, min(blockRowCount, Self.blockByteCount / rowByteCount))
    }

    /// A block before its bytes are read.
    struct Plan: Sendable {
        let rows: Range<Int>
        let parts: [ColumnFeed.Part]
    }

    /// The next `count` blocks; `nil` at the end.
    /// - Throws: at the end also where a checksum is wrong.
    func next(_ count: Int) throws(InputError) -> [Plan]? {
        guard row < rowCount else {
            for feed in feeds { try feed.finish() }
            return nil
        }
        var ranges: [Range<Int>] = []
        while row < rowCount, ranges.count < count {
            var fitting = min(blockRowCount, rowCount - row)
            for feed in feeds { fitting = try feed.fittingRowCount(fitting) }
            for feed in feeds { try feed.cut(fitting) }
            ranges.append(row..<row + fitting)
            row += fitting
        }
        // Packed arrays are unpacked side by side, each from its beginning to its end.
        let (feeds, blocks) = (feeds, ranges)
        let found = mapInParallel(feeds.count, workerCount: feeds.count) { place in
            Result { () throws(InputError) in try feeds[place].parts(of: blocks) }
        }
        var parts: [[ColumnFeed.Part]] = []
        for found in found { parts.append(try found.get()) }
        return ranges.enumerated().map { index, rows in
            Plan(rows: rows, parts: parts.map { $0[index] })
        }
    }

    /// Reads what a block lacks. Several threads may do that at once.
    static func load(_ plan: Plan, _ columns: [ArrayColumn]) -> Result<ArrayBlock, InputError> {
        Result { () throws(InputError) in
            var loaded: [LoadedColumn] = []
            for (column, part) in zip(columns, plan.parts) {
                loaded.append(try LoadedColumn(column, part, plan.rows))
            }
            return ArrayBlock(rows: plan.rows, columns: loaded)
        }
    }

    func load(_ plan: Plan) -> Result<ArrayBlock, InputError> { Self.load(plan, columns) }

    /// Told all blocks in order: their checksums make those of the arrays.
    func note(_ block: ArrayBlock) {
        for (feed, column) in zip(feeds, block.columns) {
            if let checksum = column.checksum { feed.add(checksum) }
            position += column.bytes.buffer.count
        }
    }
}

/// Some rows of all arrays, in memory.
struct ArrayBlock: Sendable {
    let rows: Range<Int>
    let columns: [LoadedColumn]
}
