/// How a data set or a predictions file is written; a file's name says it by its ending.
public enum RowFormat: Sendable, Equatable {
    /// Rows of text.
    case text(TextFormat)
    /// NumPy's arrays: one alone, or several in a zip.
    case arrays(isArchive: Bool)

    public static let jsonLines = RowFormat.text(.jsonLines)
    public static let csv = RowFormat.text(.csv)
    public static let npy = RowFormat.arrays(isArchive: false)
    public static let npz = RowFormat.arrays(isArchive: true)

    private static let known: [(ending: String, format: RowFormat)] = [
        ("jsonl", .jsonLines), ("ndjson", .jsonLines), ("csv", .csv), ("npy", .npy), ("npz", .npz),
    ]

    /// What names end in, without a dot.
    public static let endings = known.map(\.ending)

    /// For errors: ".jsonl, .csv or .npy".
    public static let endingsText =
        endings.dropLast().map { "." + $0 }.joined(separator: ", ") + " or ." + endings.last!

    /// - Parameter ending: without a dot, in lower case.
    public init?(ending: String) {
        guard let known = Self.known.first(where: { $0.ending == ending }) else { return nil }
        self = known.format
    }

    /// - Returns: `nil` unless the name ends in a dot and one of `endings`.
    public init?(fileName: String) {
        guard let dot = fileName.lastIndex(of: ".") else { return nil }
        self.init(ending: fileName[fileName.index(after: dot)...].lowercased())
    }
}

/// How the bytes of a text file are cut into rows.
public enum TextFormat: Sendable, CaseIterable {
    /// One JSON object a line.
    case jsonLines
    /// A header, then one row a line: RFC 4180.
    case csv
}
