import Statistics

/// The same metrics for each value of each slice column, told in the file's order.
///
/// Every value has one meter, which one thread at a time tells; so the numbers do not depend on
/// threads, and no partial results of a thousand values are merged for each block.
struct SliceMeters<Meter: TaskMeter>: Sendable {
    private struct Slice {
        let column: Int
        let value: Int
        var count = 0
        var meter: Meter
    }

    private let columns: [SliceColumn]
    private let metrics: [EvaluationMetric]
    private var slices: [Slice]
    private let workerCount: Int

    init(_ metrics: [EvaluationMetric], _ context: BlockContext, workerCount: Int) {
        (columns, self.metrics) = (context.examples.slices, metrics)
        self.workerCount = workerCount
        slices = columns.enumerated().flatMap { column, slice in
            slice.values.indices.map {
                Slice(column: column, value: $0, meter: Meter(metrics, context))
            }
        }
    }

    mutating func add(_ blocks: [PredictionBlock], _ context: BlockContext) {
        if slices.isEmpty { return }
        let pairs = blocks.flatMap { block in columns.indices.map { (block, columns[$0]) } }
        let rows = Blocks(count: pairs.count, workers: workerCount, size: 1).map { range in
            Self.rowsByValue(pairs[range.lowerBound].0, pairs[range.lowerBound].1)
        }
        let columnCount = columns.count
        slices.withUnsafeMutableBufferPointer { slices in
            // Each slice is told by one thread.
            nonisolated(unsafe) let slices = slices
            Blocks(count: slices.count, workers: workerCount, size: 1).forEach { place, _ in
                for (index, block) in blocks.enumerated() {
                    let slice = slices[place]
                    let own = rows[index * columnCount + slice.column][slice.value]
                    if own.isEmpty { continue }
                    var nothing = BlockColumns(wanted: [])
                    slices[place].count += own.count
                    slices[place].meter.add(MeterInput(block.rows(own), context), &nothing)
                }
            }
        }
    }

    /// For each value of the column the rows of the block that have it.
    private static func rowsByValue(_ block: PredictionBlock, _ column: SliceColumn) -> [[Int32]] {
        var rows = [[Int32]](repeating: [], count: column.values.count)
        for row in 0..<block.count {
            rows[Int(column.places[block.examples.place(row)])].append(Int32(row))
        }
        return rows
    }

    /// Column by column, value by value.
    func measured(_ finish: MeterFinish) -> [MeasuredSlice] {
        slices.map { slice in
            MeasuredSlice(
                column: columns[slice.column].name,
                value: columns[slice.column].values[slice.value],
                exampleCount: slice.count, metrics: slice.meter.values(of: metrics, finish))
        }
    }
}
