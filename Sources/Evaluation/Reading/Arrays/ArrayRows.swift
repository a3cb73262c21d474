/// The rows of arrays as if they stood in a text file, so that one code checks both.
struct ArrayRows: RowCursor {
    private let block: ArrayBlock
    private let readers: [ElementReader]
    /// What the columns of matrices are, where the file says it.
    private let classes: NameTable?
    /// What the columns of matrices of 0 and 1 are.
    private let flagNames: NameTable
    let strangeNames: [String]
    private var row = -1
    /// The column that comes next; the one before is read.
    private var column = 0
    private var scratch = Scratch()

    /// - Parameters:
    ///   - classes: names of a matrix' columns; `nil`: a row is a plain list.
    ///   - flagNames: of the columns of a matrix of 0 and 1, where `classes` does not say it.
    init(
        _ block: ArrayBlock, classes: NameTable?, flagNames: NameTable = NameTable(),
        strangeNames: [String] = []
    ) {
        (self.block, self.classes, self.strangeNames) = (block, classes, strangeNames)
        self.flagNames = classes ?? flagNames
        readers = block.columns.map { ElementReader($0) }
    }

    var rowLine: Int { row }
    var line: Int { row + 1 }

    mutating func nextRow() -> Bool {
        row += 1
        column = 0
        return row < block.rows.count
    }

    mutating func nextField() throws(InputError) -> Int? {
        guard column < block.columns.count else { return nil }
        column += 1
        return present.place
    }

    mutating func skipRow() {}

    private var present: LoadedColumn { block.columns[column - 1] }
    private var reader: ElementReader { readers[column - 1] }
    private var element: ArrayElement { present.element }

    mutating func takeAbsent() -> Bool { false }
    mutating func takeNull() -> Bool { false }

    mutating func number() throws(InputError) -> Double { reader.number(try single()) }

    mutating func count() throws(InputError) -> Int {
        let index = try single()
        guard let count = reader.whole(index), (0...Int(Int32.max)).contains(count) else {
            throw failure(
                "expected a whole number from 0 to \(Int32.max), found \(reader.number(index))")
        }
        return count
    }

    mutating func flag() throws(InputError) -> Bool {
        let index = try single()
        switch reader.whole(index) {
        case 0: return false
        case 1: return true
        default: throw failure("expected true or false, found \(reader.number(index))")
        }
    }

    mutating func label() throws(InputError) -> ByteSpan { try label(at: try single()) }

    mutating func text() throws(InputError) -> ByteSpan { try text(at: try single()) }

    mutating func numbers(_ body: (Double) throws(InputError) -> Void) throws(InputError) {
        for index in present.elements(row) { try body(reader.number(index)) }
    }

    mutating func texts(
        areLabels: Bool, _ body: (ByteSpan) throws(InputError) -> Void
    ) throws(InputError) {
        let isMatrix = present.starts == nil
        if areLabels, isMatrix, !element.isText { return try flags(body) }
        for index in present.elements(row) {
            try body(areLabels ? try label(at: index) : try text(at: index))
        }
    }

    /// The classes whose columns hold a 1.
    private mutating func flags(_ body: (ByteSpan) throws(InputError) -> Void) throws(InputError) {
        guard flagNames.count == present.elements(row).count else {
            throw failure(
                "\(present.elements(row).count) columns of 0 and 1 for \(flagNames.count) "
                    + "labels; name them with an array '\(ArrayTable.classes)'")
        }
        for (place, index) in present.elements(row).enumerated() {
            switch reader.whole(index) {
            case 0: continue
            case 1:
                scratch.removeAll()
                for byte in flagNames.column[place] { scratch.append(byte) }
                try body(scratch.span)
            default:
                throw failure("expected 0 or 1, found \(reader.number(index))")
            }
        }
    }

    var isNamed: Bool { classes != nil && present.field == .numbers }

    mutating func namedNumbers(
        _ names: inout NameTable, isOpen: Bool, _ body: (Int, Double) throws(InputError) -> Void
    ) throws(InputError) {
        let elements = present.elements(row)
        guard let classes, classes.count == elements.count else {
            throw failure(
                "\(elements.count) scores for the \(classes?.count ?? 0) names in "
                    + "'\(ArrayTable.classes)'")
        }
        if isOpen, names.count == 0 { names = classes }
        for (place, index) in elements.enumerated() { try body(place, reader.number(index)) }
    }

    func failure(_ text: String) -> InputError {
        let part = column > 0 ? present.part : nil
        return InputError(.row(block.rows.lowerBound + row + 1, part: part), text)
    }

    func rowFailure(_ text: String) -> InputError {
        InputError(.row(block.rows.lowerBound + row + 1), text)
    }

    private func single() throws(InputError) -> Int {
        let elements = present.elements(row)
        guard elements.count == 1 else {
            throw failure("\(elements.count) values; expected one")
        }
        return elements.lowerBound
    }

    private mutating func text(at index: Int) throws(InputError) -> ByteSpan {
        guard element.isText else {
            throw failure("expected a text, found a value of '\(element.name)'")
        }
        guard let text = reader.text(index, scratch), text.isUTF8 else {
            throw failure("a text that is not Unicode")
        }
        return text
    }

    /// As in JSON: whole numbers without a fraction, `true` and `false`.
    private mutating func label(at index: Int) throws(InputError) -> ByteSpan {
        if element.isText { return try text(at: index) }
        scratch.removeAll()
        if element.kind == .bool {
            scratch.append(reader.whole(index) == 1 ? "true" : "false")
        } else if let whole = reader.whole(index),
            element.kind != .float || whole.magnitude < 1 << 53
        {
            scratch.append(whole)
        } else if element.kind == .float {
            let value = reader.number(index)
            guard value.isFinite else { throw failure("expected a label, found \(value)") }
            scratch.append("\(value)")
        } else {
            throw failure("a label of 2⁶³ or more")
        }
        return scratch.span
    }
}

extension Scratch {
    fileprivate func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    fileprivate func append(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var (rest, divisor) = (number.magnitude, UInt(1))
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
    }
}
