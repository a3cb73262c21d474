/// Where blocks of predictions come from: a file's reader.
public protocol BlockSource {
    /// The next blocks in the file's order, some at a time; `nil` at its end.
    mutating func next() throws(InputError) -> [PredictionBlock]?

    /// As in `BlockContext`; both hold all that the blocks so far need.
    var names: [String] { get }
    var classesOfScores: [Int32] { get }
    var skippedRows: SkippedRows { get }
    /// Bytes read of the file.
    var bytesRead: Int { get }
}
