/// Text is not JSON; the text says where and what was expected.
public struct JSONError: Error, Equatable, CustomStringConvertible {
    public let description: String
}

extension JSONText {
    /// Reads one JSON value and nothing behind it. At most 64 levels deep.
    /// Source: RFC 8259.
    public init(parsing text: String) throws(JSONError) {
        var reader = JSONReader(bytes: Array(text.utf8))
        self = try reader.document()
    }
}

/// A recursive reader over the bytes of a document.
private struct JSONReader {
    let bytes: [UInt8]
    var position = 0

    static let depthMax = 64

    mutating func document() throws(JSONError) -> JSONText {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw expected("the end") }
        return value
    }

    private func expected(_ what: String) -> JSONError {
        JSONError(description: "not JSON: expected \(what) at byte \(position)")
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpace() {
        while let byte = next, [0x20, 0x0A, 0x0D, 0x09].contains(byte) { position += 1 }
    }

    private mutating func take(_ character: Character) -> Bool {
        guard next == character.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONText {
        guard depth < Self.depthMax else { throw expected("at most \(Self.depthMax) levels") }
        skipSpace()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ word: String, _ value: JSONText) throws(JSONError) -> JSONText {
        guard bytes[position...].starts(with: word.utf8) else { throw expected("a value") }
        position += word.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONError) -> JSONText {
        position += 1
        var members: [JSONText.Member] = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw expected("a name in quotes") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw expected("':'") }
            members.append(JSONText.Member(name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw expected("',' or '}'") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONError) -> JSONText {
        position += 1
        var items: [JSONText] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            items.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw expected("',' or ']'") }
        return .array(items)
    }

    private mutating func number() throws(JSONError) -> JSONText {
        let start = position
        while let byte = next, (48...57).contains(byte) || "+-.eE".utf8.contains(byte) {
            position += 1
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let digits = text.drop { $0 == "-" }
        let isWritten =
            digits.first?.isNumber == true && digits.last?.isNumber == true
            && !(digits.first == "0" && digits.dropFirst().first?.isNumber == true)
        if isWritten, let value = Int128(text) { return .integer(value) }
        guard isWritten, let value = Double(text) else {
            position = start
            throw expected("a value")
        }
        return .number(value)
    }

    private mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw expected("UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw expected("no control character")
            default: text.append(byte)
            }
        }
        throw expected("'\"'")
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        let letter = next
        position += 1
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter!]
        case UInt8(ascii: "u"): return Array(String(try unicodeScalar()).utf8)
        default: throw expected("an escape")
        }
    }

    /// The four digits behind `\u`, and the second half of a surrogate pair.
    private mutating func unicodeScalar() throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        guard (0xD800..<0xDC00).contains(first) else {
            guard let scalar = Unicode.Scalar(first) else { throw expected("a surrogate pair") }
            return scalar
        }
        guard take("\\"), take("u") else { throw expected("a surrogate pair") }
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second) else { throw expected("a surrogate pair") }
        let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw expected("a surrogate pair") }
        return scalar
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(
                String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw expected("four hexadecimal digits") }
        position += 4
        return value
    }
}
