/// JSON Lines: one object a line. Makes no tree; what nobody asked for is read over.
///
/// Python's bare `NaN` and `Infinity` are read as numbers, so that errors can say more than "not JSON".
/// Source: RFC 8259.
struct JSONRows: RowCursor {
    static let depthMax = 32

    let bytes: UnsafePointer<UInt8>
    /// Where the piece ends: behind a line feed.
    let end: Int
    var at: Int
    /// Where the value began that was read last.
    var valueStart: Int
    private var lineStart: Int
    private(set) var line = 0
    private(set) var rowLine = 0
    private var isOpen = false
    /// The names of the wanted fields.
    private let wanted: NameTable
    /// The place after that of the last wanted field: fields mostly come in one order.
    private var likely = 0
    /// Which wanted fields this row had, a bit for each.
    private var seen: UInt64 = 0
    let scratch = Scratch()

    /// - Parameter wanted: at most 64.
    init(_ piece: ByteSpan, wanted: NameTable) {
        precondition(wanted.count <= UInt64.bitWidth, "\(wanted.count) wanted fields")
        bytes = piece.baseAddress!
        end = piece.count
        (at, valueStart, lineStart) = (0, 0, 0)
        self.wanted = wanted
    }

    mutating func nextRow() throws(InputError) -> Bool {
        while at < end {
            lineStart = at
            skipSpace()
            guard bytes[at] == 0x0A else {
                (isOpen, seen, rowLine) = (false, 0, line)
                valueStart = at
                return true
            }
            at += 1
            line += 1
        }
        return false
    }

    mutating func nextField() throws(InputError) -> Int? {
        while let name = try nextName() {
            valueStart = at
            guard let place = place(of: name) else {
                try skip()
                continue
            }
            guard seen & 1 << UInt64(place) == 0 else {
                throw failure("\(InputError.excerpt(wanted[place])) stands twice in the line")
            }
            seen |= 1 << UInt64(place)
            return place
        }
        return nil
    }

    private mutating func place(of name: ByteSpan) -> Int? {
        if likely < wanted.count, wanted.column.equals(likely, name) {
            likely += 1
            return likely - 1
        }
        guard let place = wanted.place(of: name) else { return nil }
        likely = Int(place) + 1
        return Int(place)
    }

    private mutating func nextName() throws(InputError) -> ByteSpan? {
        skipSpace()
        if !isOpen {
            guard take("{") else { throw expected("an object, {…}") }
            isOpen = true
            skipSpace()
            if take("}") { return try endRow() }
        } else if take("}") {
            return try endRow()
        } else {
            guard take(",") else { throw expected("',' or '}'") }
            skipSpace()
        }
        let name = try string()
        skipSpace()
        guard take(":") else { throw expected("':'") }
        skipSpace()
        return name
    }

    private mutating func endRow() throws(InputError) -> ByteSpan? {
        skipSpace()
        guard take("\n") else { throw expected("the end of the line") }
        line += 1
        likely = 0
        return nil
    }

    mutating func skipRow() {
        at = lineStart
        while bytes[at] != 0x0A { at += 1 }
        at += 1
        line = rowLine + 1
        likely = 0
    }

    func failure(_ text: String) -> InputError { failure(text, at: valueStart) }

    func rowFailure(_ text: String) -> InputError { InputError(line: rowLine + 1, text) }

    func failure(_ text: String, at place: Int) -> InputError {
        InputError(.line(rowLine + 1, column: place - lineStart + 1), text)
    }

    var strangeNames: [String] {
        var row = self
        (row.at, row.isOpen) = (lineStart, false)
        var names: [String] = []
        // Whoever asks has read the row to its end without an error.
        while let name = try? row.nextName() {
            if wanted.place(of: name) == nil { names.append(name.string) }
            guard (try? row.skip()) != nil else { break }
        }
        return names
    }

    func expected(_ what: String) -> InputError {
        var stop = at
        while stop < at + 24, bytes[stop] != 0x0A, bytes[stop] != 0x0D { stop += 1 }
        let found = ByteSpan(start: bytes + at, count: stop - at).string
        return failure(
            "expected \(what)"
                + (found.isEmpty ? ", found the end" : ", found \(InputError.excerpt(found))"),
            at: at)
    }

    @inline(__always)
    mutating func skipSpace() {
        while bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0D { at += 1 }
    }

    @inline(__always)
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard bytes[at] == UInt8(truncatingIfNeeded: character.value) else { return false }
        at += 1
        return true
    }

    /// Takes `word` where it stands here. A word has no line feed, so it ends before the piece does.
    mutating func take(word: StaticString) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount
        where bytes[at + offset] != word.utf8Start[offset] {
            return false
        }
        at += word.utf8CodeUnitCount
        return true
    }
}
