/// The arrays of a file by the fields that they hold.
struct ArrayTable: Sendable {
    let columns: [ArrayColumn]
    let rowCount: Int
    /// The array `classes`: what the columns of a matrix of scores or of 0 and 1 are.
    let classes: [String]?
    /// Names of arrays that nobody wanted, for hints.
    let strangeNames: [String]

    /// Of an array without a name.
    private var plain: String?

    static let classes = "classes"
    static let offsets = "offsets"

    /// - Parameters:
    ///   - wanted: the fields by name.
    ///   - plainName: what an array without a name is.
    init(
        _ file: ArrayFile, wanted: [RowField],
        plainName: (ArrayHeader) throws(InputError) -> String
    ) throws(InputError) {
        var only: [String: StoredArray] = [:]
        if !file.isArchive {
            let array = try file.only()
            only[try plainName(array.header)] = array
        }
        var (columns, taken) = ([ArrayColumn](), Set<String>())
        for (place, wanted) in wanted.enumerated() {
            let (name, field) = (wanted.name, wanted.kind)
            let named = try file.array(name)
            guard let array = only[name] ?? named, name != Self.classes else { continue }
            let ownOffsets = name + "_" + Self.offsets
            var offsets = try file.array(ownOffsets)
            if offsets == nil, array.header.shape.count == 1, Self.isList(field, array) {
                offsets = try file.array(Self.offsets)
            }
            taken.formUnion([name, ownOffsets, Self.offsets])
            columns.append(try ArrayColumn(array, place, field, offsets: offsets))
        }
        (rowCount, self.columns) = (try Self.rowCount(columns), columns)
        classes = try file.array(Self.classes).map { array throws(InputError) in
            try ClassNameArray.names(in: array)
        }
        taken.insert(Self.classes)
        strangeNames = file.names.filter { !taken.contains($0) }
    }

    /// Every array of the file, as what it holds.
    ///
    /// - Parameters:
    ///   - plainName: what an array without a name is.
    ///   - readsClasses: whether an array `classes` says what the columns of a matrix are.
    init(
        everyArrayOf file: ArrayFile, readsClasses: Bool,
        plainName: (ArrayHeader) throws(InputError) -> String
    ) throws(InputError) {
        var columns: [ArrayColumn] = []
        if file.isArchive {
            let all = Set(file.names)
            let common = try file.array(Self.offsets)
            for name in file.names where !Self.isBesides(name, all) {
                guard let array = try file.array(name) else { continue }
                let own = try file.array(name + "_" + Self.offsets)
                columns.append(
                    try Self.column(
                        array, columns.count, own ?? Self.common(common, of: array)))
            }
        } else {
            let array = try file.only()
            columns = [try Self.column(array, 0, nil)]
            plain = try plainName(array.header)
        }
        (rowCount, self.columns) = (try Self.rowCount(columns), columns)
        classes =
            readsClasses
            ? try file.array(Self.classes).map { array throws(InputError) in
                try ClassNameArray.names(in: array)
            } : nil
        strangeNames = []
    }

    /// Of all columns.
    var names: [String] { columns.map { plain ?? $0.array.name } }

    /// Names of classes, and where lists begin.
    private static func isBesides(_ name: String, _ all: Set<String>) -> Bool {
        let ending = "_" + offsets
        return name == classes || name == offsets
            || name.hasSuffix(ending) && all.contains(String(name.dropLast(ending.count)))
    }

    /// The offsets of all lists belong to arrays that have not one element for each row.
    private static func common(_ offsets: StoredArray?, of array: StoredArray) -> StoredArray? {
        guard let offsets, array.header.shape.count == 1,
            array.header.rowCount != offsets.header.rowCount - 1
        else { return nil }
        return offsets
    }

    private static func column(
        _ array: StoredArray, _ place: Int, _ offsets: StoredArray?
    ) throws(InputError) -> ArrayColumn {
        let isList = offsets != nil || array.header.width != 1
        let field = ArrayField(of: array.header.element, isList: isList)
        return try ArrayColumn(array, place, field, offsets: offsets)
    }

    private static func isList(_ field: ArrayField, _ array: StoredArray) -> Bool {
        switch field {
        case .numbers, .labels, .texts: true
        case .label, .number, .count, .flag, .text: false
        }
    }

    /// - Throws: unless all have as many rows.
    static func rowCount(_ columns: [ArrayColumn]) throws(InputError) -> Int {
        guard let first = columns.first else { return 0 }
        for other in columns.dropFirst() where other.rowCount != first.rowCount {
            throw other.array.failure(
                "\(other.rowCount) rows, but \(first.array.part ?? "the file") has "
                    + "\(first.rowCount); all arrays have one row for each example")
        }
        return first.rowCount
    }
}

/// Names of classes, as an array.
enum ClassNameArray {
    static func names(in array: StoredArray) throws(InputError) -> [String] {
        let header = array.header
        guard ArrayField.label.takes(header, isRagged: false), header.element.kind != .float,
            header.rowCount <= ClassNames.countMax
        else {
            throw array.failure(
                "\(header.shapeText) of '\(header.element.name)'; expected the name of each class")
        }
        let reading = ArrayReading([try ArrayColumn(array, 0, .label, offsets: nil)])
        var (names, seen): ([String], Set<String>) = ([], [])
        while let plans = try reading.next(1) {
            for plan in plans {
                let block = try reading.load(plan).get()
                reading.note(block.receipt)
                var cursor = ArrayRows(block, classes: nil)
                while cursor.nextRow(), try cursor.nextField() != nil {
                    let name = try cursor.label()
                    if let problem = name.problemAsName { throw cursor.failure(problem) }
                    guard seen.insert(name.string).inserted else {
                        throw cursor.failure(
                            "the class \(InputError.excerpt(name.string)) a second time")
                    }
                    names.append(name.string)
                }
            }
        }
        return names
    }
}
