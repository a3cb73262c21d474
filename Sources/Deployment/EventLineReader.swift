/// Reads what `EventLineWriter` wrote, field by field in the same order.
///
/// Over the bytes of the line: a log of a hundred thousand records is folded at every start.
struct EventLineReader {
    private struct Field {
        let key: Range<Int>
        let value: Range<Int>
        let isQuoted: Bool
        /// Of a text in quotes, which must be made anew.
        let hasEscapes: Bool
    }

    let word: String
    private let bytes: [UInt8]
    private var fields: [Field] = []
    private var taken = 0

    init(_ text: String) throws(EventTextError) {
        let bytes = Array(text.utf8)
        self.bytes = bytes
        var place = Self.end(of: bytes, from: 0) { $0 != Self.blank }
        word = Self.text(bytes[..<place])
        while place < bytes.count, bytes[place] == Self.blank {
            let start = place + 1
            place = Self.end(of: bytes, from: start) {
                $0 != Self.equals && $0 != Self.blank && $0 != Self.mark
            }
            let key = start..<place
            guard !key.isEmpty, place < bytes.count, bytes[place] == Self.equals else {
                let got = Self.text(bytes[key]).prefix(40)
                throw EventTextError("expected key=value after '\(word)', got '\(got)'")
            }
            place += 1
            if place < bytes.count, bytes[place] == Self.mark {
                fields.append(try Self.quoted(bytes, key, &place))
            } else {
                let start = place
                place = Self.end(of: bytes, from: start) { $0 != Self.blank }
                fields.append(
                    Field(key: key, value: start..<place, isQuoted: false, hasEscapes: false))
            }
        }
        guard place == bytes.count else {
            let got = Self.text(bytes[place...]).prefix(20)
            throw EventTextError("expected a blank before '\(got)'")
        }
    }

    private static let blank = UInt8(ascii: " ")
    private static let equals = UInt8(ascii: "=")
    private static let mark = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    private static func end(
        of bytes: [UInt8], from start: Int, while isPart: (UInt8) -> Bool
    ) -> Int {
        var place = start
        while place < bytes.count, isPart(bytes[place]) { place += 1 }
        return place
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    private static func quoted(_ bytes: [UInt8], _ key: Range<Int>, _ place: inout Int)
        throws(EventTextError) -> Field
    {
        let start = place + 1
        var hasEscapes = false
        place = start
        while place < bytes.count {
            switch bytes[place] {
            case mark:
                place += 1
                return Field(
                    key: key, value: start..<place - 1, isQuoted: true, hasEscapes: hasEscapes)
            case backslash:
                hasEscapes = true
                place += 1
                guard unescaped(bytes, &place) != nil else {
                    throw EventTextError(
                        "the text of \(text(bytes[key])) has an escape that was never written")
                }
            default: place += 1
            }
        }
        throw EventTextError("the text of \(text(bytes[key])) does not end")
    }

    /// What stands behind a backslash; `nil` for what was never written so.
    private static func unescaped(_ bytes: [UInt8], _ place: inout Int) -> Unicode.Scalar? {
        guard place < bytes.count else { return nil }
        let first = bytes[place]
        place += 1
        if first == mark || first == backslash { return Unicode.Scalar(first) }
        guard first == UInt8(ascii: "u"), place < bytes.count, bytes[place] == UInt8(ascii: "{")
        else { return nil }
        let start = place + 1
        place = end(of: bytes, from: start) { $0 != UInt8(ascii: "}") }
        guard place < bytes.count,
            let code = UInt32(text(bytes[start..<place]), radix: 16)
        else { return nil }
        place += 1
        return Unicode.Scalar(code)
    }

    /// Its escapes were checked when the line was cut.
    private func text(of field: Field) -> String {
        guard field.hasEscapes else { return Self.text(bytes[field.value]) }
        var (text, place) = ("", field.value.lowerBound)
        while place < field.value.upperBound {
            let start = place
            place = Self.end(of: bytes, from: start) { $0 != Self.backslash }
            place = min(place, field.value.upperBound)
            text += Self.text(bytes[start..<place])
            guard place < field.value.upperBound else { break }
            place += 1
            if let scalar = Self.unescaped(bytes, &place) { text.unicodeScalars.append(scalar) }
        }
        return text
    }

    // MARK: Fields

    private func isNext(_ key: String) -> Bool {
        taken < fields.count && bytes[fields[taken].key].elementsEqual(key.utf8)
    }

    private func next(_ key: String, quoted: Bool) -> Field? {
        guard isNext(key), fields[taken].isQuoted == quoted else { return nil }
        return fields[taken]
    }

    private func missing(_ key: String, _ what: String) -> EventTextError {
        guard taken < fields.count else {
            return EventTextError("'\(word)': expected \(key), \(what), got the end")
        }
        let field = fields[taken]
        return EventTextError(
            "'\(word)': expected \(key), \(what), got \(Self.text(bytes[field.key]))="
                + "\(Self.text(bytes[field.value]).prefix(40))")
    }

    mutating func text(_ key: String) throws(EventTextError) -> String {
        guard let field = next(key, quoted: true) else { throw missing(key, "a text in quotes") }
        taken += 1
        return text(of: field)
    }

    mutating func textIfThere(_ key: String) -> String {
        guard let field = next(key, quoted: true) else { return "" }
        taken += 1
        return text(of: field)
    }

    mutating func value<Value>(_ key: String, _ what: String, _ read: (String) -> Value?)
        throws(EventTextError) -> Value
    { try value(key, what, bytes: { read(Self.text($0)) }) }

    mutating func value<Value>(
        _ key: String, _ what: String, bytes read: (ArraySlice<UInt8>) -> Value?
    ) throws(EventTextError) -> Value {
        guard let field = next(key, quoted: false), let value = read(bytes[field.value]) else {
            throw missing(key, what)
        }
        taken += 1
        return value
    }

    mutating func valueIfThere<Value>(_ key: String, _ what: String, _ read: (String) -> Value?)
        throws(EventTextError) -> Value?
    {
        guard isNext(key) else { return nil }
        return try value(key, what, read)
    }

    mutating func valueIfThere<Value>(
        _ key: String, _ what: String, bytes read: (ArraySlice<UInt8>) -> Value?
    ) throws(EventTextError) -> Value? {
        guard isNext(key) else { return nil }
        return try value(key, what, bytes: read)
    }

    mutating func number<Number: LosslessStringConvertible>(_ key: String)
        throws(EventTextError) -> Number
    { try value(key, "a number") { Number($0) } }

    mutating func numberIfThere<Number: LosslessStringConvertible>(_ key: String)
        throws(EventTextError) -> Number?
    { try valueIfThere(key, "a number") { Number($0) } }

    func end() throws(EventTextError) {
        if taken < fields.count { throw missing("the end", "nothing more") }
    }
}
