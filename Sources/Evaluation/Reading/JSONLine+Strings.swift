extension JSONLine {
    mutating func string() throws(InputError) -> String {
        guard take("\"") else { throw expected("a text in quotes") }
        let start = position
        // Most strings hold no escape: found and decoded in one piece.
        while position < bytes.count, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") {
            guard next >= 0x20 else { throw expected("no control character in a text") }
            advance(to: position + 1)
        }
        if next == UInt8(ascii: "\"") {
            defer { advance(to: position + 1) }
            return try decoded(Array(bytes[start..<position]))
        }
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = next
            advance(to: position + 1)
            switch byte {
            case UInt8(ascii: "\""): return try decoded(text)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw expected("no control character in a text")
            default: text.append(byte)
            }
        }
        throw expected("'\"'")
    }

    mutating func skipString() throws(InputError) {
        guard take("\"") else { throw expected("a text in quotes") }
        while position < bytes.count {
            let byte = next
            advance(to: position + 1)
            if byte == UInt8(ascii: "\"") { return }
            if byte == UInt8(ascii: "\\") { advance(to: min(bytes.count, position + 1)) }
        }
        throw expected("'\"'")
    }

    private func decoded(_ text: [UInt8]) throws(InputError) -> String {
        guard let text = String(validating: text, as: UTF8.self) else {
            throw failure("a text before byte \(position + 1) is not UTF-8")
        }
        return text
    }

    private mutating func escape() throws(InputError) -> [UInt8] {
        let letter = next
        advance(to: min(bytes.count, position + 1))
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
        case UInt8(ascii: "u"): return Array(String(try unicodeScalar()).utf8)
        default: throw expected("an escape")
        }
    }

    /// The four digits behind `\u`, and the second half of a surrogate pair.
    private mutating func unicodeScalar() throws(InputError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u") else { throw expected("a surrogate pair") }
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw expected("a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal() throws(InputError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch next {
            case 48...57: digit = next - 48
            case 65...70: digit = next - 55
            case 97...102: digit = next - 87
            default: throw expected("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            advance(to: position + 1)
        }
        return value
    }
}
