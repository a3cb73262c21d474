import CairnCore

/// Reads a table that arrives in pieces, row by row, as soon as each row is whole.
///
/// Three forms, told apart by the first line: JSON Lines (an object or a list of numbers a line), CSV
/// with a header (commas, tabs or semicolons), and the same without one. A cell without a value
/// is an empty text. Source: RFC 4180; jsonlines.org.
public struct TableReader {
    public enum Form: String, Sendable, CaseIterable {
        case csv
        case jsonLines = "jsonl"
        /// Cells without a header.
        case plain
    }

    public struct Row: Sendable, Equatable {
        /// Where it begins, from 1.
        public let line: Int
        /// In the order of `columns`.
        public let cells: [String]
    }

    static let rowByteCountMax = 16 << 20

    private var form: Form?
    private var separator = UInt8(ascii: ",")
    /// Names of the columns, once the first line was read; "1", "2", … where the file has none.
    private var columns: [String]?
    private var carried: [UInt8] = []
    /// Whether what is carried ends inside quotes.
    private var isQuoted = false
    private var line = 1
    private var rowLine = 1

    /// - Parameter form: `nil`: as the first line says.
    public init(form: Form? = nil) { self.form = form }

    /// - Parameter body: gets each row with the names of the columns.
    public mutating func append(
        _ bytes: some Sequence<UInt8>, _ body: (Row, [String]) throws(StatError) -> Void
    ) throws(StatError) {
        for byte in bytes {
            if byte == UInt8(ascii: "\""), form != .jsonLines { isQuoted.toggle() }
            guard byte == 0x0A else {
                carried.append(byte)
                continue
            }
            line += 1
            // A line feed inside quotes belongs to its field. JSON has none there.
            if isQuoted, !startsAsJSON {
                carried.append(byte)
                guard carried.count <= Self.rowByteCountMax else { break }
            } else {
                try endRow(body)
            }
        }
        guard carried.count <= Self.rowByteCountMax else {
            throw StatError(
                "line \(rowLine): longer than \(Self.rowByteCountMax) bytes; is there a '\"' "
                    + "without its end?")
        }
    }

    /// The last row, where the input does not end with a line feed.
    public mutating func finish(_ body: (Row, [String]) throws(StatError) -> Void)
        throws(StatError)
    {
        if isQuoted, !startsAsJSON {
            throw StatError("line \(rowLine): a quoted field has no end; expected '\"'")
        }
        if !carried.isEmpty { try endRow(body) }
    }

    private var startsAsJSON: Bool {
        if let form { return form == .jsonLines }
        let first = carried.first { $0 != 0x20 && $0 != 0x09 }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private mutating func endRow(_ body: (Row, [String]) throws(StatError) -> Void)
        throws(StatError)
    {
        defer { (carried, rowLine, isQuoted) = ([], line, false) }
        while let last = carried.last, [0x0D, 0x20].contains(last) { carried.removeLast() }
        if columns == nil, carried.starts(with: [0xEF, 0xBB, 0xBF]) { carried.removeFirst(3) }
        guard !carried.isEmpty else { return }
        guard let text = String(validating: carried, as: UTF8.self) else {
            throw StatError("line \(rowLine): not UTF-8")
        }
        if columns == nil, try !begin(with: text) { return }
        let cells = form == .jsonLines ? try jsonCells(text) : try fields(of: text)
        try body(Row(line: rowLine, cells: cells), columns ?? [])
    }

    /// Settles form and columns by the first line.
    /// - Returns: whether that line is a row too, and not a header.
    private mutating func begin(with text: String) throws(StatError) -> Bool {
        if startsAsJSON { form = .jsonLines }
        if form == .jsonLines {
            columns = try jsonColumns(text)
            return true
        }
        separator = Self.separator(of: text)
        let first = try fields(of: text)
        let isNumeric = first.allSatisfy { Double($0) != nil }
        form = form ?? (isNumeric ? .plain : .csv)
        if form == .plain {
            columns = first.indices.map { "\($0 + 1)" }
            return true
        }
        if let twice = first.enumerated().first(where: { first[..<$0].contains($1) })?.element {
            throw StatError("line \(rowLine): the column '\(twice)' stands twice in the header")
        }
        columns = first
        return false
    }

    private static func separator(of text: String) -> UInt8 {
        for candidate in [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
        where text.utf8.contains(candidate) { return candidate }
        let words = text.split(separator: " ")
        let isNumbers = words.count > 1 && words.allSatisfy { Double($0) != nil }
        return UInt8(ascii: isNumbers ? " " : ",")
    }

    private func fields(of text: String) throws(StatError) -> [String] {
        let fields = DelimitedLine.fields(of: text, separator: separator)
        if let columns, fields.count != columns.count {
            throw StatError(
                "line \(rowLine): \(fields.count) fields, but the first line has \(columns.count)")
        }
        return fields
    }

    private func jsonColumns(_ text: String) throws(StatError) -> [String] {
        switch try json(text) {
        case .object(let members): return members.map(\.name)
        case .array(let items): return items.indices.map { "\($0 + 1)" }
        default: throw StatError("line \(rowLine): expected an object, as {\"a\": 1, \"b\": 2}")
        }
    }

    private func json(_ text: String) throws(StatError) -> JSONText {
        do { return try JSONText(parsing: text) } catch {
            throw StatError("line \(rowLine): \(error)")
        }
    }

    private func jsonCells(_ text: String) throws(StatError) -> [String] {
        let value = try json(text)
        if case .array(let items) = value, items.count == columns?.count {
            return items.map(Self.cell)
        }
        guard case .object = value else {
            throw StatError("line \(rowLine): not of the form of the first line")
        }
        return (columns ?? []).map { Self.cell(value[$0] ?? .null) }
    }

    private static func cell(_ value: JSONText) -> String {
        switch value {
        case .null: ""
        case .bool(let flag): flag ? "1" : "0"
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .string(let text): text
        case .array, .object: value.compact
        }
    }
}
