/// The text of an event is not one that was ever written; nothing of it was taken.
public struct EventTextError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// Writes `word key=value key="text"`, the fields in the order of the calls.
struct EventLineWriter {
    private(set) var text: String

    init(_ word: String) {
        text = word
        text.reserveCapacity(256)
    }

    mutating func add(_ key: String, _ value: some CustomStringConvertible) {
        begin(key)
        text += value.description
    }

    mutating func add(_ key: String, quoted value: String) {
        begin(key)
        quote(value)
    }

    mutating func add(_ key: String, ifThere value: (some CustomStringConvertible)?) {
        if let value { add(key, value) }
    }

    mutating func add(_ key: String, ifTrue value: Bool) { if value { add(key, value) } }

    mutating func add(_ key: String, ifNotEmpty value: String) {
        if !value.isEmpty { add(key, quoted: value) }
    }

    private mutating func begin(_ key: String) {
        text += " "
        text += key
        text += "="
    }

    /// In quotes; quotes, backslashes and control characters as `\u{…}` in hexadecimal, so that an
    /// event stays one line.
    private mutating func quote(_ value: String) {
        text += "\""
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0x22 && $0 != 0x5C }) {
            text += value
        } else {
            for scalar in value.unicodeScalars { put(scalar) }
        }
        text += "\""
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"", "\\": text += "\\" + String(scalar)
        case _ where scalar.value < 0x20 || scalar.value == 0x7F:
            text += "\\u{" + String(scalar.value, radix: 16) + "}"
        default: text.unicodeScalars.append(scalar)
        }
    }
}
