extension JSONRows {
    mutating func text() throws(InputError) -> ByteSpan {
        valueStart = at
        return try checkedString()
    }

    mutating func checkedString() throws(InputError) -> ByteSpan {
        let start = at
        let text = try string()
        guard text.isUTF8 else { throw failure("a text that is not UTF-8", at: start) }
        return text
    }

    /// A string's bytes without escapes: in place, or in `scratch` where it has any.
    mutating func string() throws(InputError) -> ByteSpan {
        guard take("\"") else { throw expected("a text in quotes") }
        let start = at
        while bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") {
            guard bytes[at] >= 0x20 else { throw unended() }
            at += 1
        }
        if bytes[at] == UInt8(ascii: "\"") {
            at += 1
            return ByteSpan(start: bytes + start, count: at - 1 - start)
        }
        return try escaped(from: start)
    }

    private mutating func escaped(from start: Int) throws(InputError) -> ByteSpan {
        scratch.removeAll()
        scratch.append(ByteSpan(start: bytes + start, count: at - start))
        while true {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                return scratch.span
            case UInt8(ascii: "\\"):
                at += 1
                try escape()
            case 0..<0x20: throw unended()
            default:
                scratch.append(byte)
                at += 1
            }
        }
    }

    private func unended() -> InputError {
        expected(bytes[at] == 0x0A ? "'\"'" : "no control character in a text")
    }

    /// What follows a backslash.
    private mutating func escape() throws(InputError) {
        let letter = bytes[at]
        switch letter {
        case UInt8(ascii: "n"): scratch.append(0x0A)
        case UInt8(ascii: "r"): scratch.append(0x0D)
        case UInt8(ascii: "t"): scratch.append(0x09)
        case UInt8(ascii: "b"): scratch.append(0x08)
        case UInt8(ascii: "f"): scratch.append(0x0C)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
        case UInt8(ascii: "u"):
            at += 1
            for byte in UTF8.encode(try unicodeScalar())! { scratch.append(byte) }
            return
        default: throw expected("an escape")
        }
        at += 1
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
            switch bytes[at] {
            case 48...57: digit = bytes[at] - 48
            case 65...70: digit = bytes[at] - 55
            case 97...102: digit = bytes[at] - 87
            default: throw expected("four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }
}
