extension JSONRows {
    mutating func takeAbsent() -> Bool { take(word: "null") }

    mutating func takeNull() -> Bool { take(word: "null") }

    mutating func number() throws(InputError) -> Double {
        valueStart = at
        return try element()
    }

    /// A number inside of a value.
    @inline(__always)
    private mutating func element() throws(InputError) -> Double {
        let (value, length, form) = DecimalNumber.parse(bytes + at)
        guard length > 0, form.isEmpty else { return try word() }
        at += length
        return value
    }

    /// What Python's `json` writes for numbers that JSON lacks.
    private mutating func word() throws(InputError) -> Double {
        if take(word: "Infinity") { return .infinity }
        if take(word: "-Infinity") { return -.infinity }
        if take(word: "NaN") { return .nan }
        throw expected("a number")
    }

    mutating func count() throws(InputError) -> Int {
        let start = at
        let value = try number()
        guard let count = Int(exactly: value), (0...Int(Int32.max)).contains(count) else {
            at = start
            throw expected("a whole number from 0 to \(Int32.max)")
        }
        return count
    }

    mutating func flag() throws(InputError) -> Bool {
        valueStart = at
        if take(word: "true") { return true }
        if take(word: "false") { return false }
        let (value, length, form) = DecimalNumber.parse(bytes + at)
        guard length > 0, form.isEmpty, value == 0 || value == 1 else {
            throw expected("true or false")
        }
        at += length
        return value == 1
    }

    /// `3.0` is `3`: both are the same number.
    mutating func label() throws(InputError) -> ByteSpan {
        valueStart = at
        return try labelElement()
    }

    private mutating func labelElement() throws(InputError) -> ByteSpan {
        if bytes[at] == UInt8(ascii: "\"") { return try string() }
        let start = at
        if take(word: "true") || take(word: "false") { return span(from: start) }
        let (value, length, form) = DecimalNumber.parse(bytes + at)
        guard length > 0, form.isEmpty else { throw expected("a label, as a text or a number") }
        at += length
        let isPlain = (start..<at).allSatisfy { (48...57).contains(bytes[$0]) }
        if isPlain, length <= 15 { return span(from: start) }
        guard let whole = Int64(exactly: value), whole.magnitude < 1 << 53 else {
            return span(from: start)
        }
        scratch.removeAll()
        for byte in String(whole).utf8 { scratch.append(byte) }
        return scratch.span
    }

    private func span(from start: Int) -> ByteSpan {
        ByteSpan(start: bytes + start, count: at - start)
    }

    mutating func numbers(_ body: (Double) throws(InputError) -> Void) throws(InputError) {
        valueStart = at
        guard take("[") else { throw expected("a list of numbers") }
        skipSpace()
        if take("]") { return }
        repeat {
            skipSpace()
            try body(try element())
            skipSpace()
        } while take(",")
        guard take("]") else { throw expected("',' or ']'") }
    }

    mutating func texts(
        areLabels: Bool, _ body: (ByteSpan) throws(InputError) -> Void
    ) throws(InputError) {
        valueStart = at
        guard take("[") else { throw expected(areLabels ? "a list of labels" : "a list of texts") }
        skipSpace()
        if take("]") { return }
        repeat {
            skipSpace()
            try body(areLabels ? try labelElement() : try checkedString())
            skipSpace()
        } while take(",")
        guard take("]") else { throw expected("',' or ']'") }
    }

    var isNamed: Bool { bytes[at] == UInt8(ascii: "{") }

    mutating func namedNumbers(
        _ names: inout NameTable, isOpen: Bool, _ body: (Int, Double) throws(InputError) -> Void
    ) throws(InputError) {
        valueStart = at
        guard take("{") else { throw expected("an object of numbers") }
        skipSpace()
        if take("}") { return }
        var likely = 0
        repeat {
            skipSpace()
            let name = try string()
            let place: Int
            if likely < names.count, names.column.equals(likely, name) {
                place = likely
            } else if let known = names.place(of: name) {
                place = Int(known)
            } else if isOpen {
                place = Int(names.append(name))
            } else {
                throw failure(
                    "a score for \(InputError.excerpt(name.string)), which the first line lacked")
            }
            likely = place + 1
            skipSpace()
            guard take(":") else { throw expected("':'") }
            skipSpace()
            try body(place, try element())
            skipSpace()
        } while take(",")
        guard take("}") else { throw expected("',' or '}'") }
    }

    /// Reads over any value.
    mutating func skip(depth: Int = 0) throws(InputError) {
        guard depth < Self.depthMax else { throw expected("at most \(Self.depthMax) levels") }
        switch bytes[at] {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"): try skipItems(until: "}", depth: depth, named: true)
        case UInt8(ascii: "["): try skipItems(until: "]", depth: depth, named: false)
        default:
            if take(word: "null") || take(word: "true") || take(word: "false") { return }
            _ = try element()
        }
    }

    private mutating func skipItems(until end: Unicode.Scalar, depth: Int, named: Bool)
        throws(InputError)
    {
        at += 1
        skipSpace()
        if take(end) { return }
        repeat {
            skipSpace()
            if named {
                _ = try string()
                skipSpace()
                guard take(":") else { throw expected("':'") }
                skipSpace()
            }
            try skip(depth: depth + 1)
            skipSpace()
        } while take(",")
        guard take(end) else { throw expected("',' or '\(end)'") }
    }
}
