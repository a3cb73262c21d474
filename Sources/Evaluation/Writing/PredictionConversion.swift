/// Writes a predictions file in another format. Both are streamed: the first pass sees what all rows have
/// in common, and those behind it write, some blocks at a time.
///
/// Nothing is held against a data set, and what is not a field of the task is left out.
public struct PredictionConversion: Sendable {
    private let source: any ByteSource
    private let from: RowFormat
    private let to: RowFormat
    private let task: EvaluationTask
    private let workerCount: Int
    private let cutting: RowCutting

    /// - Parameter cutting: for tests.
    public init(
        _ source: any ByteSource, from: RowFormat, to: RowFormat, task: EvaluationTask,
        workerCount: Int, cutting: RowCutting = .usual
    ) {
        (self.source, self.from, self.to, self.task) = (source, from, to, task)
        (self.workerCount, self.cutting) = (max(1, workerCount), cutting)
    }

    /// - Parameter write: is given the file from its beginning to its end.
    /// - Returns: how many rows were written.
    /// - Throws: `InputError` for a bad row, or one that the other format cannot hold; what `write` throws.
    public func run(_ write: ([UInt8]) throws -> Void) throws -> Int {
        var survey = FieldSurvey(PredictionFields(task).fields)
        try forEachBlocks { for block in $0 { survey.add(block) } }
        guard survey.rowCount > 0 else { throw InputError("the file has no rows") }
        switch to {
        case .text(.jsonLines): try run(JSONLinesWriter(survey), write)
        case .text(.csv): try run(CSVWriter(survey), write)
        case .columns: try run(StreamWriter(survey, task), write)
        case .arrays(let isArchive):
            try NumPyWriter(survey, isArchive: isArchive).run(reader, write)
        }
        return survey.rowCount
    }

    private func run(_ writer: some FieldWriter, _ write: ([UInt8]) throws -> Void) throws {
        try write(try writer.head())
        try forEachBlocks { blocks in
            let parts = mapInParallel(blocks.count, workerCount: workerCount) { index in
                Result { () throws(InputError) in try writer.bytes(blocks[index]) }
            }
            for part in parts { try write(try part.get()) }
        }
        try write(try writer.tail())
    }

    private func reader() throws -> FieldReader {
        try FieldReader(source, from, task, workerCount: workerCount, cutting: cutting)
    }

    private func forEachBlocks(_ body: ([FieldBlock]) throws -> Void) throws {
        var reader = try reader()
        while let blocks = try reader.next() { try body(blocks) }
    }
}
