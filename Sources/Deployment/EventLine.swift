/// The text of an event is not one that was ever written; nothing of it was taken.
public struct EventTextError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// Writes `word key=value key="text"`, the fields in the order of the calls.
struct EventLineWriter {
    private(set) var text: String

    init(_ word: String) { text = word }

    mutating func add(_ key: String, _ value: some CustomStringConvertible) {
        text += " \(key)=\(value)"
    }

    mutating func add(_ key: String, quoted value: String) { text += " \(key)=\(quote(value))" }

    mutating func add(_ key: String, ifThere value: (some CustomStringConvertible)?) {
        if let value { add(key, value) }
    }

    mutating func add(_ key: String, ifTrue value: Bool) { if value { add(key, value) } }

    mutating func add(_ key: String, ifNotEmpty value: String) {
        if !value.isEmpty { add(key, quoted: value) }
    }

    /// In quotes; quotes, backslashes and control characters as `\u{…}` in hexadecimal, so that an
    /// event stays one line.
    private func quote(_ value: String) -> String {
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                quoted += "\\u{" + String(scalar.value, radix: 16) + "}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// Reads what `EventLineWriter` wrote, field by field in the same order.
struct EventLineReader {
    private struct Field {
        let key: String
        let value: String
        let isQuoted: Bool
    }

    let word: String
    private var fields: ArraySlice<Field> = []

    init(_ text: String) throws(EventTextError) {
        var rest = Substring(text).unicodeScalars[...]
        word = Self.take(&rest) { $0 != " " }
        var all: [Field] = []
        while rest.first == " " {
            rest.removeFirst()
            let key = Self.take(&rest) { $0 != "=" && $0 != " " && $0 != "\"" }
            guard !key.isEmpty, rest.popFirst() == "=" else {
                throw EventTextError("expected key=value after '\(word)', got '\(key.prefix(40))'")
            }
            let isQuoted = rest.first == "\""
            let value =
                isQuoted ? try Self.quoted(&rest, key) : Self.take(&rest) { $0 != " " }
            all.append(Field(key: key, value: value, isQuoted: isQuoted))
        }
        guard rest.isEmpty else {
            throw EventTextError("expected a blank before '\(String(rest.prefix(20)))'")
        }
        fields = all[...]
    }

    private static func take(
        _ rest: inout Substring.UnicodeScalarView, while isPart: (Unicode.Scalar) -> Bool
    ) -> String {
        let part = rest.prefix(while: isPart)
        rest = rest[part.endIndex...]
        return String(part)
    }

    private static func quoted(_ rest: inout Substring.UnicodeScalarView, _ key: String)
        throws(EventTextError) -> String
    {
        rest.removeFirst()
        var value = ""
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return value
            case "\\": value.unicodeScalars.append(try escaped(&rest, key))
            default: value.unicodeScalars.append(scalar)
            }
        }
        throw EventTextError("the text of \(key) does not end")
    }

    private static func escaped(_ rest: inout Substring.UnicodeScalarView, _ key: String)
        throws(EventTextError) -> Unicode.Scalar
    {
        switch rest.popFirst() {
        case "\"": return "\""
        case "\\": return "\\"
        case "u":
            let digits = take(&rest) { $0 != "}" }
            guard rest.popFirst() == "}", digits.first == "{",
                let code = UInt32(digits.dropFirst(), radix: 16), let scalar = Unicode.Scalar(code)
            else { break }
            return scalar
        default: break
        }
        throw EventTextError("the text of \(key) has an escape that was never written")
    }

    // MARK: Fields

    private mutating func next(_ key: String, quoted: Bool) -> String? {
        guard let field = fields.first, field.key == key, field.isQuoted == quoted else {
            return nil
        }
        fields.removeFirst()
        return field.value
    }

    private func missing(_ key: String, _ what: String) -> EventTextError {
        let got = fields.first.map { "\($0.key)=\($0.value.prefix(40))" } ?? "the end"
        return EventTextError("'\(word)': expected \(key), \(what), got \(got)")
    }

    mutating func text(_ key: String) throws(EventTextError) -> String {
        guard let value = next(key, quoted: true) else { throw missing(key, "a text in quotes") }
        return value
    }

    mutating func textIfThere(_ key: String) -> String { next(key, quoted: true) ?? "" }

    mutating func value<Value>(_ key: String, _ what: String, _ read: (String) -> Value?)
        throws(EventTextError) -> Value
    {
        let before = fields
        guard let text = next(key, quoted: false), let value = read(text) else {
            fields = before
            throw missing(key, what)
        }
        return value
    }

    mutating func valueIfThere<Value>(_ key: String, _ what: String, _ read: (String) -> Value?)
        throws(EventTextError) -> Value?
    {
        guard fields.first?.key == key else { return nil }
        return try value(key, what, read)
    }

    mutating func number<Number: LosslessStringConvertible>(_ key: String)
        throws(EventTextError) -> Number
    { try value(key, "a number") { Number($0) } }

    mutating func numberIfThere<Number: LosslessStringConvertible>(_ key: String)
        throws(EventTextError) -> Number?
    { try valueIfThere(key, "a number") { Number($0) } }

    func end() throws(EventTextError) {
        if !fields.isEmpty { throw missing("the end", "nothing more") }
    }
}
