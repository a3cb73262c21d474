/// Reads some columns of a CSV file that arrives in pieces.
///
/// The first row is the header. Commas, quotes doubled inside quotes, line feeds with or without
/// carriage returns, line feeds inside quotes. Spaces around unquoted fields do not count; blank
/// lines are left out.
/// Source: RFC 4180.
struct CSVReader {
    static let rowByteCountMax = 16 << 20

    private enum State { case fieldStart, unquoted, quoted, quoteInQuoted }

    private let wanted: [String]
    /// The header, once it was read.
    private(set) var columns: [String]?
    /// For each column its place in what is handed out; `nil`: skipped.
    private var places: [Int?] = []

    private var state = State.fieldStart
    private var field: [UInt8] = []
    private var row: [String?]
    private var header: [String] = []
    private var fieldCount = 0
    private var rowByteCount = 0
    /// Where the present row began, and where we are, from 1.
    private var rowLine = 1
    private var line = 1

    /// Reads the columns named `wanted`; what the header lacks is handed out as `nil`.
    init(wanted: [String]) {
        self.wanted = wanted
        row = wanted.map { _ in nil }
    }

    /// Gives the wanted fields of each row to `body`, with the line that the row began in.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, _ body: (Int, [String?]) throws(InputError) -> Void
    ) throws(InputError) {
        for byte in bytes { try take(byte, body) }
    }

    /// The last row, where the file does not end with a line feed.
    mutating func finish(
        _ body: (Int, [String?]) throws(InputError) -> Void
    ) throws(InputError) {
        if state == .quoted {
            throw InputError(line: rowLine, "a quoted field has no end; expected '\"'")
        }
        if fieldCount > 0 || !field.isEmpty || state != .fieldStart { try endRow(body) }
        guard columns != nil else { throw InputError("the file is empty; expected a header") }
    }

    private mutating func take(
        _ byte: UInt8, _ body: (Int, [String?]) throws(InputError) -> Void
    ) throws(InputError) {
        rowByteCount += 1
        guard rowByteCount <= Self.rowByteCountMax else {
            throw InputError(
                line: rowLine,
                "a row longer than \(Self.rowByteCountMax) bytes; is there a '\"' without its end?")
        }
        if byte == 0x0A { line += 1 }
        switch (state, byte) {
        case (.quoted, UInt8(ascii: "\"")): state = .quoteInQuoted
        case (.quoted, _): field.append(byte)
        case (.quoteInQuoted, UInt8(ascii: "\"")):
            field.append(byte)
            state = .quoted
        case (_, UInt8(ascii: ",")): try endField()
        case (_, 0x0A): try endRow(body)
        case (.fieldStart, UInt8(ascii: "\"")): state = .quoted
        case (.fieldStart, 0x20), (.fieldStart, 0x09), (.quoteInQuoted, 0x20),
            (.quoteInQuoted, 0x0D):
            break
        case (.quoteInQuoted, _):
            throw InputError(line: line, "expected ',' or the end of the line after a quoted field")
        case (.fieldStart, _), (.unquoted, _):
            state = .unquoted
            field.append(byte)
        }
    }

    private mutating func endField() throws(InputError) {
        if state == .unquoted {
            while let last = field.last, [0x20, 0x09, 0x0D].contains(last) { field.removeLast() }
        }
        if columns == nil {
            header.append(try text())
        } else if fieldCount < places.count, let place = places[fieldCount] {
            row[place] = try text()
        }
        fieldCount += 1
        field.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    private func text() throws(InputError) -> String {
        guard let text = String(validating: field, as: UTF8.self) else {
            throw InputError(line: rowLine, "field \(fieldCount + 1) is not UTF-8")
        }
        return text
    }

    private mutating func endRow(
        _ body: (Int, [String?]) throws(InputError) -> Void
    ) throws(InputError) {
        let isBlank =
            fieldCount == 0 && state != .quoteInQuoted
            && field.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
        try endField()
        if isBlank {
            if columns == nil { header = [] }
        } else if let columns {
            guard fieldCount == columns.count else {
                throw InputError(
                    line: rowLine, "\(fieldCount) fields, but the header has \(columns.count)")
            }
            try body(rowLine, row)
        } else {
            try endHeader()
        }
        (fieldCount, rowByteCount, rowLine) = (0, 0, line)
    }

    private mutating func endHeader() throws(InputError) {
        if header[0].hasPrefix("\u{FEFF}") { header[0].removeFirst() }
        var seen: Set<String> = []
        for name in header where !seen.insert(name).inserted {
            throw InputError(
                line: rowLine, "the column \(InputError.excerpt(name)) stands twice in the header")
        }
        places = header.map { wanted.firstIndex(of: $0) }
        columns = header
    }
}
