extension CSVRows {
    mutating func takeAbsent() -> Bool {
        let start = at
        for offset in 0..<max(1, valueColumn.runLength) {
            if offset > 0 { at += 1 }
            skipSpace()
            let isWhole = offset + 1 >= valueColumn.runLength
            guard isWhole ? isAtFieldEnd : bytes[at] == UInt8(ascii: ",") else {
                at = start
                return false
            }
        }
        return true
    }

    mutating func takeNull() -> Bool { false }

    mutating func number() throws(InputError) -> Double {
        valueStart = at
        skipSpace()
        let (value, length, _) = DecimalNumber.parse(bytes + at)
        let start = at
        at += length
        skipSpace()
        if length > 0, isAtFieldEnd { return value }
        at = start
        return try unusualNumber()
    }

    /// In quotes, a word, or none.
    private mutating func unusualNumber() throws(InputError) -> Double {
        let text = try field()
        guard let value = number(text) else {
            throw failure("expected a number, found \(InputError.excerpt(text.string))")
        }
        return value
    }

    private func number(_ text: ByteSpan) -> Double? {
        if let first = text.first, !(first | 0x20 == 0x69 || first | 0x20 == 0x6E) {
            // Swift reads hexadecimal numbers too; they have an x.
            guard text.allSatisfy({ $0 | 0x20 != 0x78 && $0 | 0x20 != 0x70 }) else { return nil }
        }
        return Double(text.string)
    }

    mutating func count() throws(InputError) -> Int {
        let value = try number()
        guard let count = Int(exactly: value), (0...Int(Int32.max)).contains(count) else {
            throw failure("expected a whole number from 0 to \(Int32.max), found \(value)")
        }
        return count
    }

    mutating func flag() throws(InputError) -> Bool {
        valueStart = at
        let text = try field()
        switch text.string {
        case "1", "true", "True": return true
        case "0", "false", "False": return false
        default:
            throw failure("expected true or false, found \(InputError.excerpt(text.string))")
        }
    }

    mutating func label() throws(InputError) -> ByteSpan {
        valueStart = at
        return try field()
    }

    mutating func text() throws(InputError) -> ByteSpan {
        valueStart = at
        let text = try field()
        guard text.isUTF8 else { throw failure("a text that is not UTF-8") }
        return text
    }

    mutating func numbers(_ body: (Double) throws(InputError) -> Void) throws(InputError) {
        valueStart = at
        for item in ListItems(text: try field()) {
            guard let value = number(item) else {
                throw failure(
                    "expected numbers with '|' between them, found "
                        + InputError.excerpt(item.string))
            }
            try body(value)
        }
    }

    mutating func texts(
        areLabels: Bool, _ body: (ByteSpan) throws(InputError) -> Void
    ) throws(InputError) {
        valueStart = at
        for item in ListItems(text: try field()) {
            guard item.isUTF8 else { throw failure("a text that is not UTF-8") }
            try body(item)
        }
    }

    var isNamed: Bool { valueColumn.runLength > 0 }

    mutating func namedNumbers(
        _ names: inout NameTable, isOpen: Bool, _ body: (Int, Double) throws(InputError) -> Void
    ) throws(InputError) {
        let run = valueColumn
        if isOpen, names.count == 0 { names = NameTable(header.numberNames) }
        for offset in 0..<run.runLength {
            if offset > 0 { try takeComma() }
            try body(run.firstNumber + offset, try number())
        }
    }
}

/// The items of a list in one field, `|` between them; an empty field is an empty list.
private struct ListItems: Sequence, IteratorProtocol {
    private var rest: ByteSpan.SubSequence?

    init(text: ByteSpan) { rest = text.isEmpty ? nil : text[...] }

    mutating func next() -> ByteSpan? {
        guard let text = rest else { return nil }
        let stop = text.firstIndex(of: UInt8(ascii: "|"))
        rest = stop.map { text[($0 + 1)...] }
        return ByteSpan(rebasing: text[..<(stop ?? text.endIndex)])
    }
}
