import Metrics
import Statistics

/// One pass over a predictions file: metrics, slices, results of examples, and whatever collectors
/// gather beside them.
///
/// Only the blocks of one step are in memory. They are worked on in parallel, and what comes of them
/// is put together in their order: the numbers are the same bits for any number of threads.
public struct MeasuringPass: Sendable {
    private let metrics: [EvaluationMetric]
    private let plan: ExamplePlan
    private let context: BlockContext
    private let zeroDivision: Outcome.ZeroDivision
    private let workerCount: Int

    /// - Parameters:
    ///   - gated: the metrics that gates hold against other versions.
    ///   - examples: the data set, read for `task`, with the suite's weights and slices.
    ///   - workerCount: threads; 1 or more.
    public init(
        _ metrics: [EvaluationMetric], gated: [EvaluationMetric] = [], task: EvaluationTask,
        examples: ExampleSet, zeroDivision: SuiteOptions.ZeroDivision = .zero, workerCount: Int
    ) {
        self.metrics = metrics
        plan = ExamplePlan(metrics, gated: gated, task: task)
        context = BlockContext(task: task, examples: examples)
        self.zeroDivision = zeroDivision.outcome
        self.workerCount = max(1, workerCount)
    }

    /// - Parameters:
    ///   - collectors: are told all blocks, in order.
    ///   - progress: is told after each step how many bytes were read so far.
    /// - Throws: what the source throws; a metric that cannot be measured says so in its result.
    public func run(
        _ source: inout some BlockSource, collectors: inout [any BlockCollector],
        progress: (Int) throws(InputError) -> Void = { _ in }
    ) throws(InputError) -> Measurement {
        switch context.task {
        case .binary, .multiclass:
            try run(ClassMeter.self, &source, &collectors, progress)
        case .multilabel: try run(LabelSetMeter.self, &source, &collectors, progress)
        case .regression: try run(NumberMeter.self, &source, &collectors, progress)
        case .languageModel: try run(LikelihoodMeter.self, &source, &collectors, progress)
        case .multipleChoice: try run(ChoiceMeter.self, &source, &collectors, progress)
        case .textGeneration: try run(TextMeter.self, &source, &collectors, progress)
        case .ranking: try run(RankingMeter.self, &source, &collectors, progress)
        case .code: try run(TrialMeter.self, &source, &collectors, progress)
        case .serving: try run(RequestMeter.self, &source, &collectors, progress)
        }
    }

    /// The same without collectors.
    public func run(_ source: inout some BlockSource) throws(InputError) -> Measurement {
        var none: [any BlockCollector] = []
        return try run(&source, collectors: &none)
    }

    private func run<Meter: TaskMeter>(
        _ kind: Meter.Type, _ source: inout some BlockSource,
        _ collectors: inout [any BlockCollector], _ progress: (Int) throws(InputError) -> Void
    ) throws(InputError) -> Measurement {
        let empty = Meter(metrics, context)
        var (whole, keeper) = (empty, ExampleKeeper(plan, count: context.examples.count))
        var slices = SliceMeters<Meter>(metrics, context, workerCount: workerCount)
        while let blocks = try source.next() {
            let context = BlockContext(
                context, names: source.names, scoredClasses: source.classesOfScores)
            let parts = parts(of: blocks, empty, context, collectors)
            for part in parts {
                whole.merge(part.meter)
                for (place, collected) in part.collected.enumerated() {
                    collectors[place].takeAny(collected)
                }
            }
            keeper.take(
                zip(blocks, parts).map { block, part in
                    ExampleKeeper.Block(
                        columns: part.columns, places: block.examples, rowCount: block.count)
                }, workerCount: workerCount)
            slices.add(blocks, context)
            try progress(source.bytesRead)
        }
        let finish = MeterFinish(
            context: BlockContext(
                context, names: source.names, scoredClasses: source.classesOfScores),
            zeroDivision: zeroDivision, workerCount: workerCount)
        let confusion = whole.confusion(finish)
        return Measurement(
            metrics: whole.values(of: metrics, finish), labels: confusion.labels,
            confusion: confusion.counts,
            examples: keeper.results(whole, weights: context.examples.weights),
            slices: slices.measured(finish), skipped: source.skippedRows)
    }

    /// What one block says.
    private struct Part<Meter: TaskMeter>: Sendable {
        let meter: Meter
        let columns: BlockColumns
        let collected: [any Sendable]
    }

    private func parts<Meter: TaskMeter>(
        of blocks: [PredictionBlock], _ empty: Meter, _ context: BlockContext,
        _ collectors: [any BlockCollector]
    ) -> [Part<Meter>] {
        let wanted = plan.columns
        return Blocks(count: blocks.count, workers: workerCount, size: 1).map { range in
            let block = blocks[range.lowerBound]
            var (meter, columns) = (empty, BlockColumns(wanted: wanted))
            meter.add(MeterInput(block, context), &columns)
            return Part(
                meter: meter, columns: columns,
                collected: collectors.map { $0.anyPart(of: block, context) })
        }
    }
}

extension SuiteOptions.ZeroDivision {
    var outcome: Outcome.ZeroDivision {
        switch self {
        case .zero: .value(0)
        case .one: .value(1)
        case .undefined: .undefined
        }
    }
}
