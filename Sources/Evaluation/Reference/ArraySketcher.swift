import CairnCore

/// Sketches every column of a `.npy`, `.npz` or `.cpred` file, and holds its rows against a schema.
///
/// Where a row has one element of a column it is a number, a text or a truth value; where it has
/// several it is a vector, or a list of texts. NaN is a missing value, and truth values are the texts
/// `true` and `false`, as in JSON. Rows are sampled and blocks of them merged as `TableSketcher` does.
public struct ArraySketcher: Sendable {
    /// What an array without a name holds in a data set.
    public static let plainName = "label"

    private let names: [String]
    private let rowCount: Int
    private let use: TableSketcher.Use
    /// What the columns of a matrix of scores are, where the file says it.
    private let classes: [String]?
    private let check: SchemaCheck?
    /// Of each column the rule that the schema has for it.
    private let rules: [QuickRule?]
    private let sample: RowSample

    /// - Parameters:
    ///   - isSketched: `false` where rows are only held against the schema.
    ///   - progress: is told before each part is read; what it throws ends the reading.
    /// - Throws: where the file is torn or none that its format's writers write; of a data set also
    ///   where a row does not meet the schema.
    public static func columns(
        of source: any ByteSource, format: ColumnFormat, schema: DatasetSchema? = nil,
        use: TableSketcher.Use = .dataset, isSketched: Bool = true, workerCount: Int,
        progress: () throws(InputError) -> Void = {}
    ) throws(InputError) -> TableColumns {
        let found = try EveryColumn(source, format, readsClasses: use.answers != nil) { header in
            use.answers?.plainName(of: header) ?? plainName
        }
        let sketcher = try ArraySketcher(found, schema, use, isSketched: isSketched)
        return try sketcher.read(found.file, workerCount, progress)
    }

    private init(
        _ found: EveryColumn, _ schema: DatasetSchema?, _ use: TableSketcher.Use, isSketched: Bool
    ) throws(InputError) {
        (names, rowCount, classes, self.use) = (found.names, found.rowCount, found.classes, use)
        sample = RowSample(of: isSketched ? found.rowCount : .max)
        check = schema.map(SchemaCheck.init)
        if case .dataset = use { try check?.columns(found.names) }
        rules = found.names.map { name in
            schema?.columns.first { $0.name == name }.map(QuickRule.init)
        }
    }

    private func read(
        _ file: any ColumnFile, _ workerCount: Int, _ progress: () throws(InputError) -> Void
    ) throws(InputError) -> TableColumns {
        var (table, file) = (TableColumns(), file)
        while let plans = try file.next(workerCount) {
            try progress()
            let parts = mapBlocks(plans, workerCount: workerCount) { plan in
                plan.load().flatMap { block in
                    Result { () throws(InputError) in (block.receipt, try sketches(of: block)) }
                }
            }
            for part in parts {
                let (receipt, own) = try part.get()
                file.note(receipt)
                table.merge(own)
            }
        }
        if case .live = use { table.absentColumns = check?.absent(from: names) ?? [] }
        table.rowCount = rowCount
        return table
    }

    private func sketches(of block: ArrayBlock) throws(InputError) -> TableColumns {
        var table = TableColumns()
        let sets = block.columns.indices.filter {
            use.answers != nil && LiveAnswers.isSet(names[$0], block.columns[$0])
        }
        let fields = block.columns.enumerated().map { place, column in
            // Columns of 0 and 1 without names can still be counted.
            let labels = classes ?? (0..<column.width).map { "\($0)" }
            return ArrayCells(column, labels: sets.contains(place) ? labels : nil)
        }
        let nameless = classes == nil ? Set(sets.map { names[$0] }) : []
        for row in 0..<block.rows.count {
            let index = block.rows.lowerBound + row
            let isTaken = sample.takes(index)
            guard isTaken || check != nil else { continue }
            if !isTaken, isSurelyRight(fields, row) { continue }
            do throws(InputError) {
                let values = try values(of: row, index, fields)
                try hold(values, index, &table)
                guard isTaken else { continue }
                let derived = use.answers?.derived(fromColumns: values, classes) ?? []
                table.add(
                    values.filter { !nameless.contains($0.name) } + derived,
                    stream: UInt64(block.rows.lowerBound))
            } catch {
                guard case .live = use else { throw error }
                table.skip(error)
            }
        }
        return table
    }

    private typealias Values = [(name: String, value: InputValue)]

    private func values(
        of row: Int, _ index: Int, _ fields: [ArrayCells]
    ) throws(InputError) -> Values {
        var values: Values = []
        for (name, field) in zip(names, fields) {
            do throws(InputError) { values.append((name, try field.value(row))) } catch {
                throw InputError(.row(index + 1, part: field.part), error.text)
            }
        }
        return values
    }

    private func hold(
        _ values: Values, _ index: Int, _ table: inout TableColumns
    ) throws(InputError) {
        guard let check else { return }
        switch use {
        case .dataset:
            do throws(InputError) { try check.row(values) } catch {
                throw InputError(.row(index + 1), error.text)
            }
        case .live:
            for problem in check.problems(in: values) {
                table.tally.add(problem.column, problem.text, .row(index + 1))
            }
        }
    }

    /// Whether all elements of a row surely meet the schema; where that is not sure, values say it.
    private func isSurelyRight(_ fields: [ArrayCells], _ row: Int) -> Bool {
        if case .live = use, check?.schema.allowsOthers == false { return false }
        for (field, rule) in zip(fields, rules) {
            if let rule, !field.surelyMeets(rule, row) { return false }
        }
        return true
    }
}
