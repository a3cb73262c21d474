/// Keeps every field of rows as it stands there.
struct FieldRows: RowSink {
    private let fields: [RowField]
    private var columns: [FieldColumn]
    private var names: NameTable?
    private var isNamed: Bool?
    private var rowCount = 0
    /// Of each column, before the present row.
    private var counts: [Int]

    /// - Parameter names: by which the numbers of the first row come.
    init(_ fields: [RowField], names: NameTable? = nil) {
        (self.fields, self.names) = (fields, names)
        columns = fields.map { FieldColumn($0.kind) }
        counts = fields.map { _ in 0 }
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        switch columns[field] {
        case .texts(var column):
            let isLabel = fields[field].kind == .label
            if isLabel ? cursor.takeAbsent() : cursor.takeNull() { return }
            columns[field] = .flags([])
            let text = isLabel ? try cursor.label() : try cursor.text()
            guard text.isUTF8 else { throw cursor.failure("a text that is not UTF-8") }
            column.append(text)
            columns[field] = .texts(column)
        case .numbers(var column):
            if cursor.takeAbsent() { return }
            columns[field] = .flags([])
            column.append(try cursor.number())
            columns[field] = .numbers(column)
        case .counts(var column):
            if cursor.takeAbsent() { return }
            columns[field] = .flags([])
            column.append(Int32(try cursor.count()))
            columns[field] = .counts(column)
        case .flags(var column):
            if cursor.takeAbsent() { return }
            columns[field] = .numbers([])
            column.append(try cursor.flag())
            columns[field] = .flags(column)
        case .lists(var column):
            let isNamed = cursor.isNamed
            if isNamed ? cursor.takeAbsent() : cursor.takeNull() { return }
            columns[field] = .flags([])
            column.append(isNamed ? try named(&cursor) : try unnamed(&cursor))
            columns[field] = .lists(column)
        case .textLists(var column):
            if cursor.takeNull() { return }
            columns[field] = .flags([])
            var texts: [[UInt8]] = []
            try cursor.texts(areLabels: fields[field].kind == .labels) { texts.append(Array($0)) }
            column.append(texts)
            columns[field] = .textLists(column)
        }
    }

    private mutating func unnamed<Cursor: RowCursor>(_ cursor: inout Cursor) throws(InputError)
        -> [Double]
    {
        try check(isNamed: false, cursor)
        var values: [Double] = []
        try cursor.numbers { values.append($0) }
        return values
    }

    private mutating func named<Cursor: RowCursor>(_ cursor: inout Cursor) throws(InputError)
        -> [Double]
    {
        try check(isNamed: true, cursor)
        var (table, values) = (names ?? NameTable(), [Double]())
        var count = 0
        try cursor.namedNumbers(&table, isOpen: names == nil) { place, value in
            while values.count <= place { values.append(.nan) }
            values[place] = value
            count += 1
        }
        guard values.count == table.count, count == table.count else {
            throw cursor.rowFailure(
                "numbers for \(count) names; the first row has \(table.count)")
        }
        names = table
        return values
    }

    private mutating func check<Cursor: RowCursor>(isNamed: Bool, _ cursor: borrowing Cursor)
        throws(InputError)
    {
        guard (self.isNamed ?? isNamed) == isNamed else {
            throw cursor.rowFailure(FieldReader.mixedNames)
        }
        self.isNamed = isNamed
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        for (place, column) in columns.enumerated() {
            let (isThere, wasThere) = (column.count > counts[place], counts[place] > 0)
            guard rowCount == 0 || isThere == wasThere else {
                throw cursor.rowFailure(
                    isThere
                        ? "'\(fields[place].name)', which the rows before lack"
                        : "no '\(fields[place].name)', which the rows before have")
            }
        }
        for place in columns.indices { counts[place] = columns[place].count }
        rowCount += 1
    }

    /// The first bad row is the last one that is read.
    mutating func dropRow() {}

    func block(_ rows: RowPlaces, narrow: Set<Int>) -> FieldBlock {
        FieldBlock(
            rowCount: rowCount, columns: columns.map { $0.count == 0 ? nil : $0 },
            numberNames: isNamed == true ? names?.names : nil, narrow: narrow, rows: rows)
    }
}
