/// How a predictions file is written.
public enum PredictionFormat: Sendable, CaseIterable {
    /// One JSON object a line.
    case jsonLines
    /// A header, then one row a line: RFC 4180.
    case csv

    /// - Returns: `nil` unless the name's ending is one of those that predictions have; no name at all
    ///   is JSON Lines.
    public init?(fileName: String) {
        let name = fileName.lowercased()
        if name.isEmpty || name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") {
            self = .jsonLines
        } else if name.hasSuffix(".csv") {
            self = .csv
        } else {
            return nil
        }
    }
}
