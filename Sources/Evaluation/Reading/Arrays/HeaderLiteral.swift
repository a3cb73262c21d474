/// The Python literal in an array's header: a dictionary of `descr`, `fortran_order` and `shape`.
///
/// Reads these three and nothing else of Python; nothing is evaluated.
struct HeaderLiteral {
    struct Fields {
        var descr = ""
        var isColumnMajor = false
        var shape: [Int] = []
    }

    private let bytes: ArraySlice<UInt8>
    private var at: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        at = bytes.startIndex
    }

    mutating func fields() throws(InputError) -> Fields {
        var fields = Fields()
        var seen: Set<String> = []
        try take("{")
        while next != UInt8(ascii: "}") {
            let name = try string()
            guard seen.insert(name).inserted else {
                throw InputError("the header has \(InputError.excerpt(name)) twice")
            }
            try take(":")
            switch name {
            case "descr": fields.descr = try descr()
            case "fortran_order": fields.isColumnMajor = try bool()
            case "shape": fields.shape = try shape()
            default:
                throw InputError("the header has a field \(InputError.excerpt(name))")
            }
            if next == UInt8(ascii: ",") { at += 1 } else { break }
        }
        try take("}")
        guard seen.count == 3 else {
            throw InputError("the header lacks one of 'descr', 'fortran_order', 'shape'")
        }
        skipSpace()
        guard at == bytes.endIndex else { throw expected("the end of the header") }
        return fields
    }

    private mutating func descr() throws(InputError) -> String {
        // What follows then is a list of named fields, or one field with a shape of its own.
        guard next != UInt8(ascii: "["), next != UInt8(ascii: "(") else {
            throw InputError(
                "a structured array; save each of its fields as an array of its own: "
                    + "np.savez(path, **{name: array[name] for name in array.dtype.names})")
        }
        return try string()
    }

    private mutating func bool() throws(InputError) -> Bool {
        for (word, value) in [("True", true), ("False", false)]
        where next == word.utf8.first && bytes[at...].starts(with: word.utf8) {
            at += word.utf8.count
            return value
        }
        throw expected("True or False")
    }

    private mutating func shape() throws(InputError) -> [Int] {
        var shape: [Int] = []
        try take("(")
        while next != UInt8(ascii: ")") {
            guard shape.count < 32 else { throw InputError("more than 32 dimensions") }
            shape.append(try dimension())
            if next == UInt8(ascii: ",") { at += 1 } else { break }
        }
        try take(")")
        return shape
    }

    private mutating func dimension() throws(InputError) -> Int {
        var (value, count) = (0, 0)
        skipSpace()
        while at < bytes.endIndex, (48...57).contains(bytes[at]) {
            let (scaled, overflows) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflowsToo) = scaled.addingReportingOverflow(Int(bytes[at] - 48))
            guard !overflows, !overflowsToo else { throw InputError("a shape beyond all files") }
            (value, at, count) = (sum, at + 1, count + 1)
        }
        guard count > 0 else { throw expected("a whole number from 0 on") }
        // Python 2 wrote its long integers so.
        if at < bytes.endIndex, bytes[at] == UInt8(ascii: "L") { at += 1 }
        return value
    }

    private mutating func string() throws(InputError) -> String {
        let quote = next
        guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            throw expected("a text in quotes")
        }
        let start = at + 1
        guard let end = bytes[start...].firstIndex(of: quote),
            !bytes[start..<end].contains(UInt8(ascii: "\\"))
        else { throw expected("a plain text in quotes") }
        at = end + 1
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// The byte behind white space; 0 at the end.
    private var next: UInt8 {
        mutating get {
            skipSpace()
            return at < bytes.endIndex ? bytes[at] : 0
        }
    }

    private mutating func skipSpace() {
        while at < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) throws(InputError) {
        guard next == UInt8(ascii: character) else { throw expected("'\(character)'") }
        at += 1
    }

    private func expected(_ what: String) -> InputError {
        let found = String(decoding: bytes[at...].prefix(24), as: UTF8.self)
        return InputError(
            "the header of the array is damaged: expected \(what), found "
                + InputError.excerpt(found))
    }
}
