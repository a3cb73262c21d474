/// A block as it is given out: without its bad rows, its classes by their places among all names.
struct SettledBlock {
    /// `nil` where every row is bad.
    let block: PredictionBlock?
    private(set) var failures: RowFailures

    /// - Parameter context: learns the names that the block's good rows bring.
    init(
        _ block: RowBlock, _ joined: JoinedBlock, _ examples: ExampleSet,
        _ context: inout AnswerContext
    ) {
        failures = block.failures
        let (answers, refused) = block.answers.settled(
            block, isBad: { joined.isBad($0) }, &context)
        let task = context.task
        var bad = joined.problems.map { problem in
            (
                index: problem.index,
                text: Self.text(problem.problem, problem.index, block, joined, examples, task)
            )
        }
        bad = (bad + refused.map { ($0.index, $0.text) }).sorted { $0.index < $1.index }
        failures.merge(
            bad.map { index, text in
                let row = block.row(index)
                return (row, InputError(block.rows.place(index, row: row), text))
            })
        let good =
            bad.isEmpty
            ? nil : Self.good(count: block.keptCount, without: bad.map(\.index))
        let count = good?.count ?? block.keptCount
        guard count > 0 else {
            self.block = nil
            return
        }
        self.block = PredictionBlock(
            count: count, examples: Self.places(block, joined, good),
            answers: good.map { answers.keeping($0) } ?? answers)
    }

    private static func good(count: Int, without bad: [Int]) -> [Int] {
        let bad = Set(bad)
        return (0..<count).filter { !bad.contains($0) }
    }

    private static func places(_ block: RowBlock, _ joined: JoinedBlock, _ good: [Int]?)
        -> ExamplePlaces
    {
        if good == nil, block.kept == nil { return joined.examples }
        let rows = good ?? Array(0..<block.keptCount)
        return .listed(rows.map { Int32(joined.place($0, block)) })
    }

    private static func text(
        _ problem: JoinedBlock.Problem, _ index: Int, _ block: RowBlock, _ joined: JoinedBlock,
        _ examples: ExampleSet, _ task: EvaluationTask
    ) -> String {
        let id = InputError.excerpt(block.ids?.string(index) ?? "")
        switch problem {
        case .tooMany: return "one row too many: the data set has \(examples.count) examples"
        case .unknown:
            return examples.ids == nil
                ? "an id, but the data set has no column 'id'; without ids, rows follow its order"
                : "the data set has no example with the id \(id)"
        case .repeated:
            return "the example \(id) is answered a second time; each has one answer"
        case .count(let found, let expected):
            return "\(found) values, but the data set has \(expected) "
                + "\(task == .ranking ? "documents" : "choices") for this example"
        case .choices(let found, let right):
            return "\(found) choices, but by the data set choice \(right), from 0, is the right one"
        case .label:
            let (found, truth) = labels(index, joined.place(index, block), block, examples)
            return "the label \(found), but the data set says \(truth) for this example; were the "
                + "predictions made on other rows?"
        }
    }

    private static func labels(_ index: Int, _ place: Int, _ block: RowBlock, _ set: ExampleSet)
        -> (found: String, truth: String)
    {
        switch (block.labels, set.truth) {
        case (.classes(let labels, let unknown), .classes(let truth, let names)):
            let label = Int(labels[index])
            return (
                InputError.excerpt(
                    label < names.count ? names[label] : unknown[label - names.count]),
                InputError.excerpt(names[truth[place]])
            )
        case (.numbers(let labels), .numbers(let truth)):
            return ("\(labels[index])", "\(truth[place])")
        default: return ("", "")
        }
    }
}
