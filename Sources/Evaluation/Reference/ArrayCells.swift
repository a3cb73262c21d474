/// The rows of one column of a block.
struct ArrayCells {
    private let column: LoadedColumn
    private let reader: ElementReader
    /// What the columns of a matrix of 0 and 1 are, where that is asked.
    private let labels: [[UInt8]]?
    /// Of elements that are places of names.
    private let names: [InputValue]
    private let scratch = Scratch()

    /// - Parameter labels: `nil`: a matrix of 0 and 1 has numbers in its rows.
    init(_ column: LoadedColumn, labels: [String]? = nil) {
        (self.column, reader) = (column, ElementReader(column))
        self.labels = labels.map { $0.map { Array($0.utf8) } }
        names = column.names.map { $0.names.map(InputValue.init(className:)) } ?? []
    }

    var part: String? { column.part }

    func value(_ row: Int) throws(InputError) -> InputValue {
        let elements = column.elements(row)
        switch column.field {
        case .flag: return .text(Array((flag(elements.lowerBound) ? "true" : "false").utf8))
        case .text:
            if !names.isEmpty { return names[reader.placeOfName(elements.lowerBound)] }
            return .text(Array(try text(elements.lowerBound)))
        case .texts:
            var names: [[UInt8]] = []
            for index in elements { names.append(Array(try text(index))) }
            return names.isEmpty ? .other : .names(names)
        case .numbers, .labels:
            let numbers = elements.map(reader.number)
            if let labels, labels.count == numbers.count { return Self.set(labels, numbers) }
            let isVector = !numbers.isEmpty && numbers.allSatisfy(\.isFinite)
            return isVector ? .vector(numbers) : .other
        case .number, .count, .label:
            let number = reader.number(elements.lowerBound)
            return number.isNaN ? .missing : .number(number)
        }
    }

    func surelyMeets(_ rule: QuickRule, _ row: Int) -> Bool {
        let elements = column.elements(row)
        switch column.field {
        case .flag: return rule.takesFlags
        case .text:
            guard let text = reader.text(elements.lowerBound, scratch), text.isUTF8 else {
                return false
            }
            return rule.takes(string: text)
        case .numbers, .labels:
            return rule.takes(vectorOf: elements.count) { reader.number(elements.lowerBound + $0) }
        case .number, .count, .label:
            return rule.surelyTakes(reader.number(elements.lowerBound))
        case .texts: return false
        }
    }

    private static func set(_ labels: [[UInt8]], _ numbers: [Double]) -> InputValue {
        let names = zip(labels, numbers).filter { $1 == 1 }.map(\.0)
        return names.isEmpty ? .other : .names(names)
    }

    private func flag(_ index: Int) -> Bool { reader.whole(index) == 1 }

    private func text(_ index: Int) throws(InputError) -> ByteSpan {
        guard let text = reader.text(index, scratch), text.isUTF8 else {
            throw InputError("a text that is not Unicode")
        }
        return text
    }
}

extension InputValue {
    /// A class is the number that its name is, as in a field of CSV: `3`, but not `007`.
    fileprivate init(className name: String) {
        if let whole = Int64(name), String(whole) == name, whole.magnitude < 1 << 53 {
            self = .number(Double(whole))
        } else {
            self = .text(Array(name.utf8))
        }
    }
}
