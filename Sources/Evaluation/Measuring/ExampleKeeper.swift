import Statistics

/// Collects what is kept of each example, at the places of the data set.
struct ExampleKeeper: Sendable {
    private let count: Int
    private var columns: [ExampleColumn: ExampleValues] = [:]
    /// Columns that a block could not give: nothing of them is kept.
    private var missing: Set<ExampleColumn> = []
    private let wanted: Set<ExampleColumn>
    private var present: ExampleBits
    private var presentCount = 0

    init(_ plan: ExamplePlan, count: Int) {
        (wanted, self.count) = (plan.columns, count)
        present = ExampleBits(repeating: false, count: count)
    }

    /// What blocks say of their rows, and whose rows these are.
    struct Block: Sendable {
        let columns: BlockColumns
        let places: ExamplePlaces
        let rowCount: Int
    }

    /// - Parameter workerCount: threads; no example has its answer in two blocks.
    mutating func take(_ blocks: [Block], workerCount: Int) {
        for column in wanted where !missing.contains(column) {
            let values = blocks.compactMap { $0.columns.values[column] }
            guard values.count == blocks.count, let first = values.first else {
                missing.insert(column)
                columns[column] = nil
                continue
            }
            var all = columns.removeValue(forKey: column) ?? first.emptied(count: count)
            all.write(values, at: blocks.map(\.places), workerCount: workerCount)
            columns[column] = all
        }
        for block in blocks {
            present.insert(block.places, count: block.rowCount)
            presentCount += block.rowCount
        }
    }

    /// - Parameter weights: of all examples of the data set.
    func results<Meter: TaskMeter>(_ meter: Meter, weights: [Double]?) -> ExampleResults {
        let isWhole = presentCount == count
        var columns = columns
        for (column, scale) in meter.scales(rowCount: presentCount) {
            if case .scaled(let base, _) = scale, columns[base] != nil { columns[column] = scale }
        }
        if let weights, !columns.isEmpty {
            let answered = (0..<count).lazy.filter { present[$0] }.map { weights[$0] }
            let total = CompensatedSum(of: answered).value
            if total > 0 {
                let scale = Double(presentCount) / total
                columns[.weight] = .float64(weights.map { $0 * scale })
            }
        }
        return ExampleResults(
            count: count, values: columns, present: isWhole ? nil : present,
            tokenCount: meter.examplesTokenCount)
    }
}
