/// Whether rows surely meet a schema, told from their bytes without making values of them.
///
/// It says yes only where `SchemaCheck` finds nothing wrong. Where it says no, that one is asked, and
/// says what is wrong, if anything: what this does not know costs time, never a verdict.
struct QuickCheck: Sendable {
    /// Zero bytes that stand behind a row: numbers are read in words.
    static let marginByteCount = 16

    private let rules: [QuickRule]
    private let names: [[UInt8]]
    private let allowsOthers: Bool
    private let wantedCount: Int
    /// Names outside ASCII may be equal to others without having their bytes.
    private let hasPlainNames: Bool
    /// Of CSV: for each field its rule, or −1 where any value goes; `nil` for JSON Lines.
    private let fields: [Int]?
    /// Of the columns of JSON, in which row each was seen last.
    private var seen: [UInt32]
    private var row: UInt32 = 0

    /// - Parameter header: of a CSV file, which was checked; `nil` for JSON Lines.
    init(_ schema: DatasetSchema, header: [String]?) {
        rules = schema.columns.map(QuickRule.init)
        names = schema.columns.map { Array($0.name.utf8) }
        allowsOthers = schema.allowsOthers
        hasPlainNames = names.allSatisfy { $0.allSatisfy { $0 < 0x80 } }
        wantedCount = schema.columns.count { !$0.isNullable }
        seen = Array(repeating: 0, count: rules.count)
        fields = header.map { header in
            let places = Dictionary(
                schema.columns.enumerated().map { ($1.name, $0) },
                uniquingKeysWith: { first, _ in first })
            return header.map { places[$0] ?? -1 }
        }
    }

    /// - Parameter row: with `marginByteCount` zero bytes behind it.
    mutating func surelyTakes(_ row: ByteSpan) -> Bool {
        guard let start = row.baseAddress else { return false }
        if let fields { return takes(fields, start, start + row.count) }
        return hasPlainNames && takesMembers(start, start + row.count)
    }

    // MARK: CSV

    private func takes(
        _ fields: [Int], _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
        var at = start
        for (index, rule) in fields.enumerated() {
            if index > 0 {
                guard at < end, at.pointee == comma else { return false }
                at += 1
            }
            let isQuoted = at < end && at.pointee == quote
            if isQuoted { at += 1 }
            let (first, stop) = (at, isQuoted ? quote : comma)
            while at < end && at.pointee != stop { at += 1 }
            if rule >= 0, !rules[rule].takes(field: ByteSpan(start: first, count: at - first)) {
                return false
            }
            if isQuoted {
                // A quote inside is written twice: then this is not the end.
                guard at < end else { return false }
                at += 1
            }
        }
        return at == end
    }

    // MARK: JSON Lines

    private mutating func takesMembers(
        _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        row &+= 1
        var (at, expected, found) = (start, 0, 0)
        skipSpace(&at)
        guard at.pointee == UInt8(ascii: "{") else { return false }
        at += 1
        while true {
            skipSpace(&at)
            guard let name = string(&at, end) else { return false }
            skipSpace(&at)
            guard at.pointee == UInt8(ascii: ":") else { return false }
            at += 1
            skipSpace(&at)
            if let place = place(of: name, from: expected) {
                // Of a name that stands twice the last value counts.
                guard seen[place] != row, takesValue(&at, end, rules[place]) else { return false }
                seen[place] = row
                expected = place + 1
                found += rules[place].isNullable ? 0 : 1
            } else {
                guard allowsOthers, takesValue(&at, end, nil) else { return false }
            }
            skipSpace(&at)
            if at.pointee == UInt8(ascii: "}") { break }
            guard at.pointee == UInt8(ascii: ",") else { return false }
            at += 1
        }
        at += 1
        skipSpace(&at)
        return at == end && found == wantedCount
    }

    @inline(__always) private func skipSpace(_ at: inout UnsafePointer<UInt8>) {
        while at.pointee == 0x20 || at.pointee == 0x09 { at += 1 }
    }

    /// Names usually come in one order: the search begins where the next is expected.
    private func place(of name: ByteSpan, from expected: Int) -> Int? {
        for step in names.indices {
            let place = (expected + step) % names.count
            if names[place].withUnsafeBufferPointer({ $0.equals(name) }) { return place }
        }
        return nil
    }

    /// What stands between two quotes, with nothing escaped and all of it ASCII.
    private func string(
        _ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> ByteSpan? {
        guard at.pointee == UInt8(ascii: "\"") else { return nil }
        at += 1
        let first = at
        while at < end {
            let byte = at.pointee
            if byte == UInt8(ascii: "\"") {
                defer { at += 1 }
                return ByteSpan(start: first, count: at - first)
            }
            if byte == UInt8(ascii: "\\") || byte < 0x20 || byte >= 0x80 { return nil }
            at += 1
        }
        return nil
    }

    /// - Parameter rule: `nil` where any value goes.
    private func takesValue(
        _ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ rule: QuickRule?
    ) -> Bool {
        switch at.pointee {
        case UInt8(ascii: "\""):
            guard let text = string(&at, end) else { return false }
            return rule?.takes(string: text) ?? true
        case UInt8(ascii: "["):
            let first = at
            while at < end && at.pointee != UInt8(ascii: "]") { at += 1 }
            guard at < end else { return false }
            at += 1
            let list = ByteSpan(start: first, count: at - first)
            return rule?.takes(list: list) ?? QuickRule.isList(list)
        case UInt8(ascii: "t"): return takesWord(&at, "true") && rule?.takesFlags ?? true
        case UInt8(ascii: "f"): return takesWord(&at, "false") && rule?.takesFlags ?? true
        case UInt8(ascii: "n"): return takesWord(&at, "null") && rule?.isNullable ?? true
        default:
            let (number, length, form) = DecimalNumber.parse(at)
            guard length > 0, form.isEmpty, number.isFinite else { return false }
            defer { at += length }
            return rule?.takes(number, written: ByteSpan(start: at, count: length)) ?? true
        }
    }

    private func takesWord(_ at: inout UnsafePointer<UInt8>, _ word: StaticString) -> Bool {
        // The margin ends what is shorter.
        for index in 0..<word.utf8CodeUnitCount where at[index] != word.utf8Start[index] {
            return false
        }
        at += word.utf8CodeUnitCount
        return true
    }
}
