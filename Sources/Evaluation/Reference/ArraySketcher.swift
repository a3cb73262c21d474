import CairnCore

/// Sketches every array of a data set's `.npy` or `.npz` file as a column, and holds their rows against a schema.
///
/// Where a row has one element of an array it is a number, a text or a truth value; where it has
/// several it is a vector, or a list of texts. NaN is a missing value, and truth values are the texts
/// `true` and `false`, as in JSON. Rows are sampled and blocks of them merged as `TableSketcher` does.
public struct ArraySketcher: Sendable {
    /// What an array without a name holds in a data set.
    public static let plainName = "label"

    private let columns: [ArrayColumn]
    private let names: [String]
    private let rowCount: Int
    private let check: SchemaCheck?
    /// Of each column the rule that the schema has for it.
    private let rules: [QuickRule?]
    private let sample: RowSample

    /// - Parameters:
    ///   - isSketched: `false` where rows are only held against the schema.
    ///   - progress: is told before each part is read; what it throws ends the reading.
    /// - Throws: where a row does not meet the schema, or the file is none that NumPy writes.
    public static func columns(
        of source: any ByteSource, isArchive: Bool, schema: DatasetSchema? = nil,
        isSketched: Bool = true, workerCount: Int,
        progress: () throws(InputError) -> Void = {}
    ) throws(InputError) -> TableColumns {
        let file = try ArrayFile(source, isArchive: isArchive)
        let found = try DatasetArrays(file)
        let sketcher = try ArraySketcher(found, schema, isSketched: isSketched)
        return try sketcher.read(workerCount, progress)
    }

    private init(
        _ arrays: DatasetArrays, _ schema: DatasetSchema?, isSketched: Bool
    ) throws(InputError) {
        (columns, names, rowCount) = (arrays.columns, arrays.names, arrays.rowCount)
        sample = RowSample(of: isSketched ? arrays.rowCount : .max)
        check = schema.map(SchemaCheck.init)
        if let check { try check.columns(arrays.names) }
        rules = arrays.names.map { name in
            schema?.columns.first { $0.name == name }.map(QuickRule.init)
        }
    }

    private func read(
        _ workerCount: Int, _ progress: () throws(InputError) -> Void
    ) throws(InputError) -> TableColumns {
        var table = TableColumns()
        let reading = ArrayReading(columns)
        while let plans = try reading.next(workerCount) {
            try progress()
            let parts = mapBlocks(plans, workerCount: workerCount) { plan in
                Result { () throws(InputError) -> (BlockReceipt, TableColumns) in
                    let block = try ArrayReading.load(plan, columns).get()
                    return (block.receipt, try sketches(of: block))
                }
            }
            for part in parts {
                let (receipt, own) = try part.get()
                reading.note(receipt)
                table.merge(own)
            }
        }
        table.rowCount = rowCount
        return table
    }

    private func sketches(of block: ArrayBlock) throws(InputError) -> TableColumns {
        var table = TableColumns()
        let fields = block.columns.map(ArrayCells.init)
        for row in 0..<block.rows.count {
            let index = block.rows.lowerBound + row
            let isTaken = sample.takes(index)
            guard isTaken || check != nil else { continue }
            if !isTaken, isSurelyRight(fields, row) { continue }
            var values: [(name: String, value: InputValue)] = []
            for (name, field) in zip(names, fields) {
                do throws(InputError) { values.append((name, try field.value(row))) } catch {
                    throw InputError(.row(index + 1, part: field.part), error.text)
                }
            }
            do throws(InputError) { try check?.row(values) } catch {
                throw InputError(.row(index + 1), error.text)
            }
            if isTaken { table.add(values, stream: UInt64(block.rows.lowerBound)) }
        }
        return table
    }

    /// Whether all elements of a row surely meet the schema; where that is not sure, values say it.
    private func isSurelyRight(_ fields: [ArrayCells], _ row: Int) -> Bool {
        for (field, rule) in zip(fields, rules) {
            if let rule, !field.surelyMeets(rule, row) { return false }
        }
        return true
    }
}

/// The arrays of a data set's file that hold rows.
private struct DatasetArrays {
    let names: [String]
    let columns: [ArrayColumn]
    let rowCount: Int

    init(_ file: ArrayFile) throws(InputError) {
        var (names, columns) = ([String](), [ArrayColumn]())
        if file.isArchive {
            let all = Set(file.names)
            let common = try file.array(ArrayTable.offsets)
            for name in file.names where !Self.isBesides(name, all) {
                guard let array = try file.array(name) else { continue }
                let own = try file.array(name + "_" + ArrayTable.offsets)
                let offsets = own ?? Self.common(common, of: array)
                columns.append(try Self.column(array, columns.count, offsets))
                names.append(name)
            }
        } else {
            columns = [try Self.column(try file.only(), 0, nil)]
            names = [ArraySketcher.plainName]
        }
        (self.names, self.columns) = (names, columns)
        rowCount = try ArrayTable.rowCount(columns)
    }

    /// Names of classes, and where lists begin.
    private static func isBesides(_ name: String, _ all: Set<String>) -> Bool {
        let ending = "_" + ArrayTable.offsets
        return name == ArrayTable.classes || name == ArrayTable.offsets
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
        let (element, width) = (array.header.element, array.header.width)
        let isList = offsets != nil || width != 1
        let field: ArrayField =
            switch (element.isText, element.kind == .bool) {
            case (true, _): isList ? .texts : .text
            case (false, true): isList ? .labels : .flag
            case (false, false): isList ? .numbers : .number
            }
        return try ArrayColumn(array, place, field, offsets: offsets)
    }
}

/// The rows of one array of a block.
private struct ArrayCells {
    private let column: LoadedColumn
    private let reader: ElementReader
    private let scratch = Scratch()

    init(_ column: LoadedColumn) {
        (self.column, reader) = (column, ElementReader(column))
    }

    var part: String? { column.part }

    func value(_ row: Int) throws(InputError) -> InputValue {
        let elements = column.elements(row)
        switch column.field {
        case .flag: return .text(Array((flag(elements.lowerBound) ? "true" : "false").utf8))
        case .text: return .text(Array(try text(elements.lowerBound)))
        case .texts:
            var names: [[UInt8]] = []
            for index in elements { names.append(Array(try text(index))) }
            return names.isEmpty ? .other : .names(names)
        case .numbers, .labels:
            let numbers = elements.map(reader.number)
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

    private func flag(_ index: Int) -> Bool { reader.whole(index) == 1 }

    private func text(_ index: Int) throws(InputError) -> ByteSpan {
        guard let text = reader.text(index, scratch), text.isUTF8 else {
            throw InputError("a text that is not Unicode")
        }
        return text
    }
}
