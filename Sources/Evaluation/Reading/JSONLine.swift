/// Walks over the members of one line that holds a JSON object, in place.
///
/// Makes no tree: the reader asks for each member what it expects and skips the rest, which is what
/// makes files of many millions of numbers readable at all. Python's bare `NaN` and `Infinity` are
/// read as numbers, so that the error can say more than "not JSON".
/// Source: RFC 8259.
struct JSONLine {
    let bytes: UnsafeRawBufferPointer
    let line: Int
    private(set) var position = 0
    private var isOpen = false

    static let depthMax = 32

    init(_ bytes: UnsafeRawBufferPointer, line: Int) {
        (self.bytes, self.line) = (bytes, line)
        // A byte-order mark at the start of the file.
        if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    func failure(_ text: String) -> InputError { InputError(line: line, text) }

    func expected(_ what: String) -> InputError {
        let found = String(decoding: bytes.dropFirst(position).prefix(24), as: UTF8.self)
        return failure(
            "expected \(what) at byte \(position + 1)"
                + (found.isEmpty ? ", found the end" : ", found \(InputError.excerpt(found))"))
    }

    /// Whether nothing but white space stands here.
    var isBlank: Bool {
        bytes.dropFirst(position).allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    }

    /// The next member's name, its value yet to be read; `nil` after the last one.
    mutating func nextName() throws(InputError) -> String? {
        skipSpace()
        if !isOpen {
            guard take("{") else { throw expected("an object, {…},") }
            isOpen = true
            skipSpace()
            if take("}") { return try end() }
        } else if take("}") {
            return try end()
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

    private mutating func end() throws(InputError) -> String? {
        skipSpace()
        guard position == bytes.count else { throw expected("the end of the line") }
        return nil
    }

    /// The byte here; 0 at the end.
    var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

    mutating func skipSpace() {
        while [0x20, 0x09, 0x0D].contains(next) { position += 1 }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character), position < bytes.count else { return false }
        position += 1
        return true
    }

    /// Takes `word` where it stands here.
    mutating func take(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
            return false
        }
        position += count
        return true
    }

    mutating func advance(to position: Int) { self.position = position }
}
