/// The rows of a data set, or of a piece of it, as columns.
struct DatasetSink<Truth: TruthRows>: RowSink, Sendable {
    private let columns: DatasetColumns
    private let roles: [[DatasetRole]]
    private(set) var count = 0
    private(set) var ids = TextColumn()
    private(set) var weights: [Double] = []
    private(set) var slices: [NamedPlaces]
    private(set) var truth: Truth

    private var (id, weight) = (false, Double?.none)
    private var sliceSeen: [Bool]

    init(_ task: EvaluationTask, _ columns: DatasetColumns, _ roles: DatasetRoles) {
        (self.columns, self.roles) = (columns, roles.roles)
        slices = columns.slices.map { _ in NamedPlaces() }
        sliceSeen = columns.slices.map { _ in false }
        truth = Truth(task)
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        let last = roles[field].count - 1
        for place in 0..<last {
            // The same value once more, from its beginning.
            var again = cursor
            try take(roles[field][place], &again)
        }
        try take(roles[field][last], &cursor)
    }

    private mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        switch role {
        case .id:
            if cursor.takeAbsent() { return }
            let text = try cursor.label()
            guard text.isUTF8 else { throw cursor.failure("a text that is not UTF-8") }
            ids.append(text)
            id = true
        case .weight:
            if cursor.takeAbsent() { return }
            let value = try cursor.number()
            guard value >= 0, value.isFinite else {
                throw cursor.failure("a weight of \(value); weights are numbers from 0 on")
            }
            weight = value
        case .slice(let slice): try take(slice: slice, &cursor)
        case .label, .references, .choices: try truth.take(role, &cursor)
        }
    }

    private mutating func take<Cursor: RowCursor>(slice: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        let name = try cursor.label()
        guard name.isUTF8 else { throw cursor.failure("a text that is not UTF-8") }
        guard slices[slice].append(name, countMax: SliceColumn.valueCountMax) else {
            throw cursor.failure(SliceColumn.tooMany(columns.slices[slice]))
        }
        sliceSeen[slice] = true
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        // Before this row, either all had one or none.
        if count > 0, id != (ids.count - (id ? 1 : 0) == count) {
            throw cursor.rowFailure(
                id ? "an id, but the rows before have none" : "no id, but the rows before have one")
        }
        if let name = columns.weight {
            guard let weight else {
                throw cursor.rowFailure("no value for \(InputError.excerpt(name)), the weight")
            }
            weights.append(weight)
        }
        try truth.endRow(cursor, label: columns.label)
        for slice in slices.indices where !sliceSeen[slice] {
            // Where there is no value, the group is that of the empty name.
            guard
                slices[slice].append(
                    ByteSpan(start: nil, count: 0), countMax: SliceColumn.valueCountMax)
            else {
                throw cursor.rowFailure(SliceColumn.tooMany(columns.slices[slice]))
            }
        }
        count += 1
        dropRow()
    }

    /// Takes a block of arrays as a whole, into an empty sink.
    /// - Returns: `false` where rows must be read one by one; this is then given up.
    mutating func take(_ block: ArrayBlock) -> Bool {
        count = block.rows.count
        var missing = slices.indices.filter { _ in true }
        for column in block.columns {
            for role in roles[column.place] {
                guard take(role, column) else { return false }
                if case .slice(let slice) = role { missing.removeAll { $0 == slice } }
            }
        }
        // What a row may lack is looked at row by row.
        return missing.isEmpty && (columns.weight == nil || weights.count == count)
            && truth.isComplete(count)
    }

    private mutating func take(_ role: DatasetRole, _ column: LoadedColumn) -> Bool {
        switch role {
        case .id:
            guard let names = column.names(count) else { return false }
            ids = names
        case .weight:
            guard let numbers = column.finiteNumbers(count), numbers.allSatisfy({ $0 >= 0 }) else {
                return false
            }
            weights = numbers
        case .slice(let slice):
            return slices[slice].append(column, count: count, countMax: SliceColumn.valueCountMax) {
                $0.isUTF8
            }
        case .label, .references, .choices:
            return truth.take(column, count: count, role)
        }
        return true
    }

    /// The first bad row is the last one that is read, so there is nothing to undo but its marks.
    mutating func dropRow() {
        (id, weight) = (false, nil)
        for slice in sliceSeen.indices { sliceSeen[slice] = false }
    }

    /// Adds the rows that follow.
    mutating func append(_ others: Self) throws(InputError) {
        guard count == 0 || others.count == 0 || (ids.count == 0) == (others.ids.count == 0) else {
            throw InputError("some rows have an id and some have none")
        }
        ids.append(others.ids)
        weights += others.weights
        for slice in slices.indices {
            guard
                slices[slice].append(others.slices[slice], countMax: SliceColumn.valueCountMax)
            else { throw InputError(SliceColumn.tooMany(columns.slices[slice])) }
        }
        try truth.append(others.truth)
        count += others.count
    }
}

extension SliceColumn {
    static func tooMany(_ name: String) -> String {
        "the column \(InputError.excerpt(name)) has more than \(valueCountMax) values; a slice is a "
            + "group of examples"
    }
}
