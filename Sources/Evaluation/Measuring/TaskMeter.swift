import Metrics
import Statistics

/// The accumulators that the wanted metrics of one kind of task need, and no others.
protocol TaskMeter: Accumulator {
    /// - Parameter metrics: of `context.task`.
    init(_ metrics: [EvaluationMetric], _ context: BlockContext)

    /// Takes in a block, and leaves in `columns` what it wants to know of each row.
    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns)

    /// In the order of `metrics`; each is a number or says why it is none.
    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue]

    /// Rows of truth, row by row, with their labels; both empty where there is none.
    func confusion(_ finish: MeterFinish) -> (labels: [String], counts: [UInt64])

    /// Columns of examples that are so many times another one, which only the whole tells.
    func scales(rowCount: Int) -> [ExampleColumn: ExampleValues]
    /// Of a language model.
    var examplesTokenCount: Int? { get }
}

extension TaskMeter {
    func confusion(_ finish: MeterFinish) -> (labels: [String], counts: [UInt64]) { ([], []) }
    func scales(rowCount: Int) -> [ExampleColumn: ExampleValues] { [:] }
    var examplesTokenCount: Int? { nil }
}

/// What is known when all blocks were added.
struct MeterFinish: Sendable {
    let context: BlockContext
    let zeroDivision: Outcome.ZeroDivision
    /// Threads; the values are the same for any number.
    let workerCount: Int
}

/// A block with the data set's columns at its rows.
struct MeterInput {
    let block: PredictionBlock
    let context: BlockContext
    /// Of the rows; `nil` is one each.
    let weights: [Double]?

    init(_ block: PredictionBlock, _ context: BlockContext) {
        (self.block, self.context) = (block, context)
        weights = context.examples.weights.map { block.examples.gather($0, block.count) }
    }

    var count: Int { block.count }
    var truth: ExampleSet.Truth { context.examples.truth }

    func gather<Value>(_ all: [Value]) -> [Value] { block.examples.gather(all, count) }

    /// The true classes of the rows.
    func gather(_ classes: ClassColumn) -> ClassColumn {
        switch classes {
        case .uint8(let values): .uint8(gather(values))
        case .int32(let values): .int32(gather(values))
        }
    }

    func gather<Item>(_ lists: ListColumn<Item>) -> ListColumn<Item> {
        var gathered = ListColumn<Item>()
        for row in 0..<count { gathered.append(lists[block.examples.place(row)]) }
        return gathered
    }

    func withWeights<Failure: Error>(
        _ body: (ColumnView<Double>?) throws(Failure) -> Void
    ) throws(Failure) {
        guard let weights else { return try body(nil) }
        try weights.withView { (view) throws(Failure) in try body(view) }
    }

    /// The reader and the meters speak of the same task.
    func wrongAnswers() -> Never {
        preconditionFailure("answers of another task than \(context.task)")
    }
}

extension ExamplePlaces {
    /// The values at these places.
    func gather<Value>(_ all: [Value], _ count: Int) -> [Value] {
        switch self {
        case .consecutive(let first): Array(all[first..<first + count])
        case .listed(let places): places.map { all[Int($0)] }
        }
    }
}

/// The columns of a block that are wanted example by example.
struct BlockColumns: Sendable {
    let wanted: Set<ExampleColumn>
    private(set) var values: [ExampleColumn: ExampleValues] = [:]

    init(wanted: Set<ExampleColumn>) { self.wanted = wanted }

    /// Sets a column if it is wanted.
    mutating func set(_ column: ExampleColumn, _ make: () -> ExampleValues?) {
        if wanted.contains(column) { values[column] = make() }
    }
}
