/// How a data set's bytes are cut into rows.
public enum DatasetFormat: String, Sendable, CaseIterable {
    /// A header, then one row a line: RFC 4180.
    case csv
    /// One JSON object a line.
    case jsonLines

    /// - Returns: `nil` unless the name ends in `.csv`, `.jsonl` or `.ndjson`.
    public init?(fileName: String) {
        let name = fileName.lowercased()
        if name.hasSuffix(".csv") {
            self = .csv
        } else if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
            self = .jsonLines
        } else {
            return nil
        }
    }
}
