@testable import Evaluation

/// Blocks that are there already, a few at a time.
struct ListedBlocks: BlockSource {
    private var rest: ArraySlice<PredictionBlock>
    let names: [String]
    let classesOfScores: [Int32]
    let skippedRows = SkippedRows()
    private(set) var bytesRead = 0

    /// - Parameter rowCount: of each block but the last.
    init(
        _ answers: Answers, names: [String] = [], classesOfScores: [Int32] = [], rowCount: Int = 7
    ) {
        let whole = PredictionBlock(
            count: answers.count, examples: .consecutive(from: 0), answers: answers)
        rest =
            stride(from: 0, to: whole.count, by: rowCount).map { start in
                let rows = start..<min(whole.count, start + rowCount)
                let block = whole.rows(rows.map { Int32($0) })
                return PredictionBlock(
                    count: block.count, examples: .consecutive(from: start), answers: block.answers)
            }[...]
        (self.names, self.classesOfScores) = (names, classesOfScores)
    }

    mutating func next() -> [PredictionBlock]? {
        if rest.isEmpty { return nil }
        defer { rest = rest.dropFirst(3) }
        return Array(rest.prefix(3))
    }
}

/// A data set and what was answered, with the metrics that are asked.
struct Answered {
    var task: EvaluationTask
    var examples: ExampleSet
    var answers: Answers
    var names: [String] = []
    var classesOfScores: [Int32] = []
    var zeroDivision = SuiteOptions.ZeroDivision.zero

    func metrics(_ names: some Sequence<String>) throws -> [EvaluationMetric] {
        try names.map { try EvaluationMetric(named: $0, of: task) }
    }

    func measure(_ metrics: [EvaluationMetric], workerCount: Int = 2) throws -> Measurement {
        let pass = MeasuringPass(
            metrics, gated: metrics, task: task, examples: examples, zeroDivision: zeroDivision,
            workerCount: workerCount)
        var source = ListedBlocks(answers, names: names, classesOfScores: classesOfScores)
        return try pass.run(&source)
    }
}

extension TextColumn {
    init(_ texts: [String]) {
        self.init()
        for text in texts { append(text.utf8) }
    }
}

extension ListColumn {
    init(_ lists: [[Element]]) {
        self.init()
        for list in lists { append(list) }
    }
}
