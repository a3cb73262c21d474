/// The rule of one column as a test of bytes, which says yes only where a value surely meets it.
///
/// Where it is not sure, `SchemaCheck` makes a value of the bytes and decides.
struct QuickRule: Sendable {
    let isNullable: Bool
    private let kind: DatasetSchema.Kind
    private let bounds: ClosedRange<Double>
    private let isBounded: Bool
    private let dimension: Int?
    /// Sorted by their bytes; empty: any name.
    private let allowed: [[UInt8]]

    init(_ column: DatasetSchema.Column) {
        (kind, isNullable, dimension) = (column.kind, column.isNullable, column.dimension)
        bounds = (column.minimum ?? -.infinity)...(column.maximum ?? .infinity)
        isBounded = column.minimum != nil || column.maximum != nil
        allowed = column.allowed.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    // MARK: Fields of CSV, which are what they look like

    /// - Parameter field: without its quotes; no byte behind it belongs to a number.
    func takes(field: ByteSpan) -> Bool {
        guard let first = field.first else { return isNullable }
        switch kind {
        case .number, .integer:
            // Longer ones are texts.
            guard field.count <= 40, let number = Self.number(field) else { return false }
            return takes(number)
        case .text:
            if !isBounded { return first != UInt8(ascii: "[") && !Self.mayBeWord(field) }
            return Self.isSurelyText(field) && takes(length: field)
        case .category:
            guard Self.isSurelyText(field) || Self.isPlainWhole(field) else { return false }
            return takes(name: field)
        case .boolean:
            return Self.isWord(field, "true") || Self.isWord(field, "false")
                || Self.isWord(field, "0") || Self.isWord(field, "1")
        case .vector: return takes(list: field)
        }
    }

    /// Whether a field is neither a number nor a list.
    private static func isSurelyText(_ field: ByteSpan) -> Bool {
        let first = field[0]
        let isNumeral =
            first &- 48 < 10 || first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
            || first == UInt8(ascii: ".") || first == UInt8(ascii: "[")
        return !isNumeral && !mayBeWord(field)
    }

    /// `nan`, `inf` and `infinity` are numbers.
    private static func mayBeWord(_ field: ByteSpan) -> Bool {
        let first = field[0] | 0x20
        return (first == UInt8(ascii: "n") || first == UInt8(ascii: "i"))
            && (field.count == 3 || field.count == 8)
    }

    /// A whole number as it is written when it is a name.
    private static func isPlainWhole(_ field: ByteSpan) -> Bool {
        field.count <= 15 && field.allSatisfy { $0 &- 48 < 10 }
            && (field[0] != UInt8(ascii: "0") || field.count == 1)
    }

    // MARK: Values of JSON

    /// - Parameter string: between its quotes, with nothing escaped.
    func takes(string: ByteSpan) -> Bool {
        switch kind {
        case .text: !isBounded || takes(length: string)
        case .category: takes(name: string)
        case .boolean: Self.isWord(string, "true") || Self.isWord(string, "false")
        case .number, .integer, .vector: false
        }
    }

    /// - Parameter written: a number of JSON.
    func takes(_ number: Double, written: ByteSpan) -> Bool {
        switch kind {
        case .number, .integer: takes(number)
        case .text: true
        case .category: Self.isPlainWhole(written) && takes(name: written)
        case .boolean: number == 0 || number == 1
        case .vector: false
        }
    }

    var takesFlags: Bool { kind == .boolean }

    // MARK: Elements of arrays

    /// Names that are whole numbers are not looked up.
    func surelyTakes(_ number: Double) -> Bool {
        switch kind {
        case .number, .integer: takes(number)
        case .text: number.isFinite
        case .boolean: number == 0 || number == 1
        case .category, .vector: false
        }
    }

    func takes(vectorOf count: Int, _ number: (Int) -> Double) -> Bool {
        guard kind == .vector, count > 0, count == dimension ?? count else { return false }
        for index in 0..<count {
            let own = number(index)
            guard own.isFinite, bounds.contains(own) else { return false }
        }
        return true
    }

    // MARK: Both

    private func takes(_ number: Double) -> Bool {
        number.isFinite && bounds.contains(number)
            && (kind != .integer || number == number.rounded())
    }

    /// In characters (Unicode scalars).
    private func takes(length text: ByteSpan) -> Bool {
        var count = 0
        for byte in text { count += byte & 0xC0 != 0x80 ? 1 : 0 }
        return bounds.contains(Double(count))
    }

    private func takes(name: ByteSpan) -> Bool {
        if allowed.isEmpty { return true }
        var (low, high) = (0, allowed.count)
        while low < high {
            let middle = (low + high) / 2
            let known = allowed[middle]
            let isBefore = known.withUnsafeBufferPointer { known in
                for index in 0..<min(known.count, name.count) where known[index] != name[index] {
                    return known[index] < name[index]
                }
                return known.count < name.count
            }
            if isBefore { low = middle + 1 } else { high = middle }
        }
        return low < allowed.count && allowed[low].withUnsafeBufferPointer { $0.equals(name) }
    }

    /// Whether a text is a flat list of finite numbers, written as JSON has them.
    static func isList(_ text: ByteSpan) -> Bool { numbers(of: text) { _ in true } != nil }

    func takes(list text: ByteSpan) -> Bool {
        guard kind == .vector, let count = Self.numbers(of: text, { bounds.contains($0) }) else {
            return false
        }
        return count == dimension ?? count
    }

    /// - Returns: how many numbers a list has; `nil` where it is no such list, or `body` says no.
    private static func numbers(of text: ByteSpan, _ body: (Double) -> Bool) -> Int? {
        guard text.count > 2, text[0] == UInt8(ascii: "["), let start = text.baseAddress else {
            return nil
        }
        var (at, count) = (start + 1, 0)
        let end = start + text.count
        while true {
            while at.pointee == 0x20 { at += 1 }
            let (number, length, form) = DecimalNumber.parse(at)
            guard length > 0, form.isEmpty, number.isFinite, body(number) else { return nil }
            at += length
            count += 1
            while at.pointee == 0x20 { at += 1 }
            guard at < end else { return nil }
            if at.pointee == UInt8(ascii: "]") { return at + 1 == end ? count : nil }
            guard at.pointee == UInt8(ascii: ",") else { return nil }
            at += 1
        }
    }

    /// - Returns: `nil` where not all of the field is a number as anybody writes it.
    private static func number(_ field: ByteSpan) -> Double? {
        guard let start = field.baseAddress else { return nil }
        let (number, length, form) = DecimalNumber.parse(start)
        return length == field.count && !form.contains(.bareDot) ? number : nil
    }

    private static func isWord(_ text: ByteSpan, _ word: StaticString) -> Bool {
        text.count == word.utf8CodeUnitCount
            && text.indices.allSatisfy { text[$0] == word.utf8Start[$0] }
    }
}
