/// The rows of a CSV file behind its header.
///
/// Commas, quotes doubled inside quotes, line feeds with or without carriage returns, line feeds inside
/// quotes. Spaces around unquoted fields do not count; blank lines are left out.
/// Source: RFC 4180.
struct CSVRows: RowCursor {
    let bytes: UnsafePointer<UInt8>
    /// Where the piece ends: behind a line feed.
    let end: Int
    var at = 0
    /// Where the value began that was read last.
    var valueStart = 0
    let header: CSVHeader
    /// The column that comes next.
    private var column = 0
    /// That of the present value.
    private(set) var valueColumn = CSVHeader.Column()
    private var rowStart = 0
    private(set) var rowLine = 0
    /// The line where `at` is, and where that begins.
    var line = 0
    var lineStart = 0
    let scratch = Scratch()

    init(_ piece: ByteSpan, header: CSVHeader) {
        bytes = piece.baseAddress!
        end = piece.count
        self.header = header
    }

    mutating func nextRow() throws(InputError) -> Bool {
        while at < end {
            (lineStart, rowStart, rowLine) = (at, at, line)
            skipSpace()
            guard bytes[at] == 0x0A else {
                (at, column) = (lineStart, 0)
                return true
            }
            at += 1
            line += 1
        }
        return false
    }

    mutating func nextField() throws(InputError) -> Int? {
        while column < header.columns.count {
            if column > 0 { try takeComma() }
            let present = header.columns[column]
            valueStart = at
            if let wanted = present.wanted {
                column += max(1, present.runLength)
                valueColumn = present
                return wanted
            }
            _ = try field()
            column += 1
        }
        guard bytes[at] == 0x0A else { throw wrongCount() }
        at += 1
        line += 1
        return nil
    }

    /// Every field of the row, whatever the header says.
    mutating func allFields() throws(InputError) -> [String] {
        var fields: [String] = []
        repeat {
            valueStart = at
            let field = try field()
            guard field.isUTF8 else { throw failure("a text that is not UTF-8") }
            fields.append(field.string)
            at += 1
        } while bytes[at - 1] != 0x0A
        line += 1
        return fields
    }

    mutating func takeComma() throws(InputError) {
        guard bytes[at] == UInt8(ascii: ",") else { throw wrongCount() }
        at += 1
    }

    private func wrongCount() -> InputError {
        var counter = self
        (counter.at, counter.line, counter.lineStart) = (rowStart, rowLine, rowStart)
        let count: Int
        do throws(InputError) {
            count = try counter.allFields().count
        } catch {
            return error
        }
        return rowFailure("\(count) fields, but the header has \(header.columns.count)")
    }

    mutating func skipRow() {
        let next = CSVScan.rowEnd(bytes, from: rowStart, end: end) ?? end
        for place in rowStart..<next where bytes[place] == 0x0A { rowLine += 1 }
        (at, line) = (next, rowLine)
    }

    func failure(_ text: String) -> InputError { failure(text, at: valueStart) }

    func rowFailure(_ text: String) -> InputError { InputError(line: rowLine + 1, text) }

    func failure(_ text: String, at place: Int) -> InputError {
        // A value with line feeds inside began in an earlier line: that of the row is near enough.
        place < lineStart
            ? rowFailure(text) : InputError(.line(line + 1, column: place - lineStart + 1), text)
    }

    var strangeNames: [String] {
        zip(header.names, header.columns).filter { $1.wanted == nil }.map(\.0)
    }

    @inline(__always)
    mutating func skipSpace() {
        while isSpace(bytes[at]) { at += 1 }
    }

    @inline(__always)
    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

    var isAtFieldEnd: Bool { bytes[at] == UInt8(ascii: ",") || bytes[at] == 0x0A }

    /// The next field, its quotes undone: in place, or in `scratch` where some were doubled.
    mutating func field() throws(InputError) -> ByteSpan {
        while bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
        if bytes[at] == UInt8(ascii: "\"") { return try quoted() }
        let start = at
        while !isAtFieldEnd { at += 1 }
        var stop = at
        while stop > start, isSpace(bytes[stop - 1]) { stop -= 1 }
        return ByteSpan(start: bytes + start, count: stop - start)
    }

    private mutating func quoted() throws(InputError) -> ByteSpan {
        let (open, start) = (at, at + 1)
        guard let closed = CSVScan.quotedEnd(bytes, from: start, end: end) else {
            throw failure("a quoted field has no end; expected '\"'", at: open)
        }
        var isDoubled = false
        for place in start..<(closed - 1) {
            if bytes[place] == UInt8(ascii: "\"") { isDoubled = true }
            if bytes[place] == 0x0A { (line, lineStart) = (line + 1, place + 1) }
        }
        at = closed
        skipSpace()
        guard isAtFieldEnd else {
            throw failure("expected ',' or the end of the line after a quoted field", at: at)
        }
        let text = ByteSpan(start: bytes + start, count: closed - 1 - start)
        return isDoubled ? undoubled(text) : text
    }

    private func undoubled(_ text: ByteSpan) -> ByteSpan {
        scratch.removeAll()
        var wasQuote = false
        for byte in text {
            let isQuote = byte == UInt8(ascii: "\"")
            wasQuote = isQuote && !wasQuote
            if !wasQuote { scratch.append(byte) }
        }
        return scratch.span
    }
}
