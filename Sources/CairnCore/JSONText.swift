/// A JSON value that keeps the order of its members, and writes itself.
///
/// What every `--json` prints. NaN and the infinities, which JSON cannot write, become the strings
/// "NaN", "Infinity" and "-Infinity", as in protobuf's JSON mapping.
/// Source: RFC 8259.
public indirect enum JSONText: Equatable, Sendable {
    case null
    case bool(Bool)
    /// Written with all its digits: 64-bit numbers of either sign fit.
    case integer(Int128)
    case number(Double)
    case string(String)
    case array([JSONText])
    case object([Member])

    public struct Member: Equatable, Sendable {
        public var name: String
        public var value: JSONText

        public init(_ name: String, _ value: JSONText) { (self.name, self.value) = (name, value) }
    }

    public init(_ value: some BinaryInteger) { self = .integer(Int128(value)) }

    /// The value on one line.
    public var compact: String { var text = ""; write(to: &text, indent: nil); return text }

    /// Two spaces for each level, one member a line, for files and people.
    public var pretty: String { var text = ""; write(to: &text, indent: 0); return text }

    private func write(to text: inout String, indent: Int?) {
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += Self.numeral(value)
        case .string(let value): Self.quote(value, into: &text)
        case .array(let items):
            Self.list("[", items, "]", into: &text, indent: indent) { item, text, indent in
                item.write(to: &text, indent: indent)
            }
        case .object(let members):
            Self.list("{", members, "}", into: &text, indent: indent) { member, text, indent in
                Self.quote(member.name, into: &text)
                text += indent == nil ? ":" : ": "
                member.value.write(to: &text, indent: indent)
            }
        }
    }

    private static func list<Item>(
        _ open: String, _ items: [Item], _ close: String, into text: inout String, indent: Int?,
        _ write: (Item, inout String, Int?) -> Void
    ) {
        text += open
        let inner = indent.map { $0 + 2 }
        for (index, item) in items.enumerated() {
            if index > 0 { text += "," }
            if let inner { text += "\n" + String(repeating: " ", count: inner) }
            write(item, &text, inner)
        }
        if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
        text += close
    }

    /// The shortest text that reads back as the same number.
    private static func numeral(_ value: Double) -> String {
        if value.isNaN { return "\"NaN\"" }
        if value.isInfinite { return value < 0 ? "\"-Infinity\"" : "\"Infinity\"" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func quote(_ value: String, into text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension JSONText: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .integer(Int128(value)) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(arrayLiteral items: JSONText...) { self = .array(items) }
    public init(dictionaryLiteral members: (String, JSONText)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }
    public init(nilLiteral: ()) { self = .null }
}

extension JSONText {
    public subscript(name: String) -> JSONText? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    public var string: String? { if case .string(let text) = self { text } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    public var array: [JSONText]? { if case .array(let items) = self { items } else { nil } }

    /// The whole number, where it is one that `Int` holds.
    public var int: Int? { if case .integer(let value) = self { Int(exactly: value) } else { nil } }
}
