extension JSONLine {
    /// Reads over any value.
    mutating func skip(depth: Int = 0) throws(InputError) {
        guard depth < Self.depthMax else { throw expected("at most \(Self.depthMax) levels") }
        switch next {
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "{"): try skipItems(until: "}", depth: depth, named: true)
        case UInt8(ascii: "["): try skipItems(until: "]", depth: depth, named: false)
        default:
            if take(word: "null") || take(word: "true") || take(word: "false") { return }
            _ = try number()
        }
    }

    private mutating func skipItems(until end: Unicode.Scalar, depth: Int, named: Bool)
        throws(InputError)
    {
        advance(to: position + 1)
        skipSpace()
        if take(end) { return }
        repeat {
            skipSpace()
            if named {
                try skipString()
                skipSpace()
                guard take(":") else { throw expected("':'") }
                skipSpace()
            }
            try skip(depth: depth + 1)
            skipSpace()
        } while take(",")
        guard take(end) else { throw expected("',' or '\(end)'") }
    }

    /// A list of numbers, appended to `numbers`. Answers how many there were.
    mutating func appendNumbers(to numbers: inout [Double]) throws(InputError) -> Int {
        guard take("[") else { throw expected("a list of numbers") }
        let start = numbers.count
        skipSpace()
        if take("]") { return 0 }
        repeat {
            skipSpace()
            numbers.append(try number())
            skipSpace()
        } while take(",")
        guard take("]") else { throw expected("',' or ']'") }
        return numbers.count - start
    }

    /// An object of numbers, each given to `body` with its name.
    mutating func namedNumbers(
        _ body: (String, Double) throws(InputError) -> Void
    ) throws(InputError) {
        guard take("{") else { throw expected("an object of numbers") }
        skipSpace()
        if take("}") { return }
        repeat {
            skipSpace()
            let name = try string()
            skipSpace()
            guard take(":") else { throw expected("':'") }
            skipSpace()
            try body(name, try number())
            skipSpace()
        } while take(",")
        guard take("}") else { throw expected("',' or '}'") }
    }

    /// A label: a string, or a number or truth value by its text, where `3.0` is `3`.
    mutating func label() throws(InputError) -> String {
        if next == UInt8(ascii: "\"") { return try string() }
        if take(word: "true") { return "true" }
        if take(word: "false") { return "false" }
        let start = position
        let value: Double
        do {
            value = try number()
        } catch {
            throw expected("a label, as a text or a number,")
        }
        if value.isFinite, let whole = Int64(exactly: value), whole.magnitude < 1 << 53 {
            return String(whole)
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// A whole number from 0.
    mutating func count() throws(InputError) -> Int {
        let start = position
        let value = try number()
        guard let count = Int(exactly: value), (0...(1 << 53)).contains(count) else {
            advance(to: start)
            throw expected("a whole number from 0")
        }
        return count
    }
}
