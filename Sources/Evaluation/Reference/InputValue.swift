import CairnCore

/// One value of a data set's column, or of live traffic, by what it can be compared as.
enum InputValue: Equatable {
    /// `null`, nothing between two commas, NaN.
    case missing
    case number(Double)
    /// In UTF-8. Truth values are the texts `true` and `false`.
    case text([UInt8])
    /// Finite numbers, one or more.
    case vector([Double])
    /// Texts, one or more: the labels of one example.
    case names([[UInt8]])
    /// Objects, and lists of other things.
    case other

    /// A field of CSV: a number where all of it reads as one, else a text.
    init(field: [UInt8]) {
        if field.isEmpty { self = .missing; return }
        if let number = Self.number(field) {
            self = number.isNaN ? .missing : .number(number)
        } else if field.first == UInt8(ascii: "["), let list = Self.list(field) {
            self = .vector(list)
        } else {
            self = .text(field)
        }
    }

    init(_ json: JSONText) {
        switch json {
        case .null: self = .missing
        case .bool(let flag): self = .text(Array((flag ? "true" : "false").utf8))
        case .integer(let value): self = .number(Double(value))
        case .number(let value): self = .number(value)
        case .string(let text): self = .text(Array(text.utf8))
        case .array(let items): self = Self.list(items)
        case .object: self = .other
        }
    }

    private static func list(_ items: [JSONText]) -> InputValue {
        var names: [[UInt8]] = []
        for item in items {
            guard case .string(let text) = item else { return vector(items) }
            names.append(Array(text.utf8))
        }
        return names.isEmpty ? .other : .names(names)
    }

    private static func vector(_ items: [JSONText]) -> InputValue {
        var numbers: [Double] = []
        for item in items {
            switch item {
            case .integer(let value): numbers.append(Double(value))
            case .number(let value): numbers.append(value)
            case .null, .bool, .string, .array, .object: return .other
            }
        }
        return numbers.isEmpty ? .other : .vector(numbers)
    }

    /// Digits, a sign, a point, an exponent; or one of the words for what is no finite number.
    private static func number(_ field: [UInt8]) -> Double? {
        if field.count > 40 { return nil }
        let isNumeral = field.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
        let text = String(decoding: field, as: UTF8.self)
        if isNumeral { return Double(text) }
        switch text.lowercased() {
        case "nan": return .nan
        case "inf", "infinity", "+inf", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: return nil
        }
    }

    private static func list(_ field: [UInt8]) -> [Double]? {
        // Text that is no JSON is a text like any other.
        guard let json = try? JSONText(parsing: String(decoding: field, as: UTF8.self)),
            case .array(let items) = json, case .vector(let numbers) = vector(items)
        else { return nil }
        return numbers
    }
}
