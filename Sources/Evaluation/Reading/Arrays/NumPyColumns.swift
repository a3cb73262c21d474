/// The arrays of a file as columns.
struct NumPyColumns: ColumnFile {
    private let file: ArrayFile
    private let table: ArrayTable
    private let reading: ArrayReading

    let classes: NameTable?

    /// - Parameter plainName: what an array without a name is.
    init(
        _ source: any ByteSource, isArchive: Bool, wanted: [RowField], blockRowCount: Int,
        plainName: (ArrayHeader) throws(InputError) -> String
    ) throws(InputError) {
        file = try ArrayFile(source, isArchive: isArchive)
        table = try ArrayTable(file, wanted: wanted, plainName: plainName)
        classes = table.classes.map { NameTable($0) }
        reading = ArrayReading(table.columns, blockRowCount: blockRowCount)
    }

    /// Every array, as what it holds.
    init(_ file: ArrayFile, _ table: ArrayTable) {
        (self.file, self.table) = (file, table)
        classes = table.classes.map { NameTable($0) }
        reading = ArrayReading(table.columns)
    }

    var fieldPlaces: [Int] { table.columns.map(\.place) }
    var strangeNames: [String] { table.strangeNames }
    var position: Int { reading.position }

    func lacks(anyOf names: [String]) -> InputError { file.lacks(anyOf: names) }

    func next(_ count: Int) throws(InputError) -> [PlannedBlock]? {
        let columns = table.columns
        return try reading.next(count)?.map { plan in
            PlannedBlock(rows: plan.rows) { ArrayReading.load(plan, columns) }
        }
    }

    func note(_ receipt: BlockReceipt) { reading.note(receipt) }
}
