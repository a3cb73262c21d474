/// All columns of a file of arrays or of a stream, each as what it holds.
struct EveryColumn {
    let names: [String]
    let rowCount: Int
    /// What the columns of a matrix of scores are, where the file says it.
    let classes: [String]?
    var file: any ColumnFile

    /// - Parameters:
    ///   - plainName: what an array without a name is.
    ///   - readsClasses: whether it matters what the columns of matrices are.
    init(
        _ source: any ByteSource, _ format: ColumnFormat, readsClasses: Bool,
        plainName: (ArrayHeader) throws(InputError) -> String
    ) throws(InputError) {
        switch format {
        case .arrays(let isArchive):
            let arrays = try ArrayFile(source, isArchive: isArchive)
            let table = try ArrayTable(
                everyArrayOf: arrays, readsClasses: readsClasses, plainName: plainName)
            (names, rowCount, classes) = (table.names, table.rowCount, table.classes)
            file = NumPyColumns(arrays, table)
        case .stream:
            let stream = try StreamColumns(source, nil, wanted: nil)
            (names, rowCount) = (stream.names, try stream.rowCount())
            (classes, file) = (stream.classes?.names, stream)
        }
    }
}

/// A format whose files have columns and no rows of text.
public enum ColumnFormat: Sendable, Equatable {
    /// NumPy's arrays: one alone, or several in a zip.
    case arrays(isArchive: Bool)
    /// Cairn's own stream.
    case stream
}
