/// The pieces of a text file, behind its header where it has one.
final class TextPieceQueue {
    private var pieces: TextPieces
    private let workerCount: Int
    private let source: any ByteSource

    /// So large that a thread is busy for milliseconds, and so small that few of them are a lot.
    static let usualPieceByteCount = 2 << 20

    init(
        _ source: any ByteSource, format: TextFormat, workerCount: Int, pieceByteCount: Int
    ) throws(InputError) {
        (self.source, self.workerCount) = (source, max(1, workerCount))
        pieces = try TextPieces(
            source, rows: format == .csv ? .csv : .lines, workerCount: max(1, workerCount),
            pieceByteCount: pieceByteCount)
    }

    var position: Int { min(pieces.offset, source.byteCount) }

    /// Some pieces for each thread; none at the end.
    func next() throws(InputError) -> [ByteSpan] { try pieces.next(about: 4 * workerCount) }

    /// Reads the header of a CSV file.
    /// - Returns: it, and how many lines it takes up with the blank ones before it.
    func header(wanted: [String], numbers: String?) throws(InputError) -> (CSVHeader, Int) {
        var lineCount = 0
        while let row = try pieces.nextRow() {
            var cursor = CSVRows(row, header: CSVHeader.unknown)
            let hasRow = try cursor.nextRow()
            if hasRow {
                let names = try cursor.allFields()
                lineCount += cursor.line
                return (
                    try CSVHeader(names: names, wanted: wanted, numbers: numbers), lineCount
                )
            }
            lineCount += cursor.line
        }
        throw InputError("the file is empty; expected a header")
    }
}
