/// Reads a predictions file block by block: what docs/reference/predictions.md says of it, checked.
///
/// The truth comes from the data set alone: by `id` where the rows have one, else by their order. A
/// `label` in a row is only compared with it. Only some blocks are in memory at a time, and neither
/// they nor their order depend on how many threads read.
public struct PredictionReader {
    /// Rows that `skipsInvalid` left out.
    public struct Skipped: Sendable, Equatable {
        public fileprivate(set) var count = 0
        /// What was wrong with the first 20, in the order of the file.
        public fileprivate(set) var texts: [String] = []

        public init() {}
    }

    private let examples: ExampleSet
    private let skipsInvalid: Bool
    private let workerCount: Int
    private var context: AnswerContext
    private var source: any RowBlockSource
    private var join: ExampleJoin
    /// Whether a predicted class is one of the data set's.
    private var hasKnownClass = false
    public private(set) var skipped = Skipped()

    /// - Parameters:
    ///   - examples: the data set, read for the same task.
    ///   - skipsInvalid: whether bad rows are counted and left out; else the first one is an error.
    ///   - workerCount: threads; 1 or more.
    ///   - cutting: for tests.
    /// - Throws: where the file's header is bad.
    public init(
        _ source: any ByteSource, format: RowFormat, task: EvaluationTask,
        examples: ExampleSet, skipsInvalid: Bool, workerCount: Int,
        cutting: RowCutting = .usual
    ) throws(InputError) {
        (self.examples, self.skipsInvalid) = (examples, skipsInvalid)
        self.workerCount = max(1, workerCount)
        context = AnswerContext(task: task, truth: examples.truth)
        join = ExampleJoin(examples, workerCount: self.workerCount)
        self.source = try PredictionSources(
            source: source, format: format, task: task, stopsAtError: !skipsInvalid,
            workerCount: self.workerCount, cutting: cutting
        ).open()
    }

    /// Class names: the data set's in their order, then those that only predictions name, as they came.
    /// Places of blocks that were read stay right.
    public var names: [String] { context.names.names }

    /// For each column of scores the place of its class in `names`; one for a binary task. Empty where
    /// there are none, and before the first block.
    public var scoredClasses: [Int] { source.scoredClasses(in: context.names).map(Int.init) }

    /// How much of the file was read, in bytes.
    public var position: Int { source.position }

    /// The next blocks, in the order of the file; `nil` at its end.
    /// - Throws: also at the end, where an example was left out, unless bad rows are skipped.
    public mutating func next() throws(InputError) -> [PredictionBlock]? {
        while let blocks = try source.next(&context) {
            let joined = join.join(blocks)
            var settled: [PredictionBlock] = []
            for (block, joined) in zip(blocks, joined) {
                if let block = try settle(block, joined) { settled.append(block) }
            }
            if !settled.isEmpty { return settled }
        }
        try checkEnd()
        return nil
    }

    private mutating func settle(_ block: RowBlock, _ joined: JoinedBlock) throws(InputError)
        -> PredictionBlock?
    {
        let settling = SettledBlock(block, joined, examples, &context)
        if let first = settling.failures.first.first, !skipsInvalid { throw first.error }
        skipped.count += settling.failures.count
        let room = RowFailures.keptMax - skipped.texts.count
        skipped.texts += settling.failures.first.prefix(room).map(\.error.description)
        if case .classes(let answers)? = settling.block?.answers, !hasKnownClass {
            hasKnownClass = answers.predicted.contains(below: context.truthNameCount)
        }
        return settling.block
    }

    private func checkEnd() throws(InputError) {
        if !skipsInvalid, let missing = join.firstMissing {
            let id = examples.ids.map { "; the id \(InputError.excerpt($0.string(missing)))" }
            throw InputError(
                "\(join.answeredCount) predictions for \(examples.count) examples"
                    + "\(id.map { $0 + " is missing" } ?? ""); every example needs one")
        }
        guard context.task.isClassification, join.answeredCount > 0, !hasKnownClass,
            context.truthNameCount > 1
        else { return }
        throw InputError(
            "none of the predicted labels (\(InputError.list(names[context.truthNameCount...]))) "
                + "is a label of the data set "
                + "(\(InputError.list(names[..<context.truthNameCount])))")
    }
}

extension ClassColumn {
    func contains(below bound: Int) -> Bool {
        switch self {
        case .uint8(let values): values.contains { Int($0) < bound }
        case .int32(let values): values.contains { Int($0) < bound }
        }
    }
}
