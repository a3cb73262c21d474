import CairnCore
import Dispatch
import Statistics

/// The sketches of a table's columns, in the order in which their names came.
public struct TableColumns: Equatable, Sendable {
    /// Columns beyond are not kept.
    public static let columnCountMax = 1000

    /// Of the table; the sketches may have taken a part of them.
    public internal(set) var rowCount = 0
    /// Rows that were given to the sketches.
    public private(set) var takenCount = 0
    /// Rows that could not be read.
    public private(set) var skippedCount = 0
    /// The first of them: where it is, and what is wrong.
    public private(set) var firstSkipped: InputError?
    public private(set) var names: [String] = []
    /// What does not meet the schema, where one was to be held against the rows without refusing any.
    var tally = SchemaTally()
    /// Columns of the schema that the table has not.
    public internal(set) var absentColumns: [String] = []
    private var places: [String: Int] = [:]
    private var columns: [ColumnSketch] = []
    /// How many rows each column has a value or a missing one of.
    private var filled: [Int] = []

    init() {}

    mutating func add(_ values: [(name: String, value: InputValue)], stream: UInt64) {
        for (index, (name, value)) in values.enumerated() {
            // Rows usually have their names in one order.
            let isUsual = index < names.count && names[index] == name
            guard let place = isUsual ? index : place(of: name, stream),
                filled[place] == takenCount
            else { continue }
            columns[place].add(value)
            filled[place] += 1
        }
        takenCount += 1
        fillUp()
    }

    /// Rows that left a name out count as missing.
    private mutating func fillUp() {
        for place in filled.indices where filled[place] < takenCount {
            columns[place].addMissing(takenCount - filled[place])
            filled[place] = takenCount
        }
    }

    /// A name that comes late was missing in every row before.
    /// - Returns: `nil` for columns that are not kept.
    private mutating func place(of name: String, _ stream: UInt64) -> Int? {
        if let place = places[name] { return place }
        guard names.count < Self.columnCountMax,
            name.utf8.count <= SketchBundle.nameByteCountMax - 32
        else { return nil }
        places[name] = names.count
        names.append(name)
        columns.append(ColumnSketch(stream: stream))
        columns[columns.count - 1].addMissing(takenCount)
        filled.append(takenCount)
        return names.count - 1
    }

    /// A row that could not be read.
    mutating func skip(_ error: InputError) {
        skippedCount += 1
        firstSkipped = firstSkipped ?? error
    }

    mutating func merge(_ other: TableColumns) {
        for (index, name) in other.names.enumerated() {
            // What is merged into has coins of its own.
            guard let place = place(of: name, .max) else { continue }
            do {
                try columns[place].merge(other.columns[index])
            } catch {
                preconditionFailure("sketches of one size, of fewer than 2⁵³ values: \(error)")
            }
            filled[place] += other.takenCount
        }
        tally.merge(other.tally)
        takenCount += other.takenCount
        skippedCount += other.skippedCount
        firstSkipped = firstSkipped ?? other.firstSkipped
        fillUp()
    }

    /// By column, in the order in which they came; a column that is not there at all is in
    /// `absentColumns` alone.
    public var violations: [SchemaViolation] {
        tally.violations.filter { !absentColumns.contains($0.column) }
    }

    subscript(name: String) -> ColumnSketch? { places[name].map { columns[$0] } }
}

/// The results of `body` for each block, in order, worked on by so many threads.
func mapBlocks<Block: Sendable, Part: Sendable>(
    _ blocks: [Block], workerCount: Int, _ body: @Sendable (Block) -> Part
) -> [Part] {
    let workerCount = max(1, min(workerCount, blocks.count))
    return [Part](unsafeUninitializedCapacity: blocks.count) { buffer, initialized in
        // Each place is written by one thread, and read after all have ended.
        nonisolated(unsafe) let results = buffer.baseAddress
        DispatchQueue.concurrentPerform(iterations: workerCount) { worker in
            for index in stride(from: worker, to: blocks.count, by: workerCount) {
                (results! + index).initialize(to: body(blocks[index]))
            }
        }
        initialized = blocks.count
    }
}
