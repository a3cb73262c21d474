import func Glibc.log

/// Classes: how sure the answers were, and how right.
extension DetailsCollector {
    func binaryPart(
        _ answers: ClassAnswers, _ truth: ClassColumn, _ positive: String,
        _ block: PredictionBlock, _ context: BlockContext
    ) -> DetailsPart {
        let names = context.names
        guard let scores = answers.scores, let place = names.firstIndex(of: positive) else {
            return wrongPart(answers, truth, block, context)
        }
        let isPositive = (0..<block.count).map { truth[block.examples.place($0)] == place }
        var tally = BinaryTally()
        var list = WorstList()
        let rows = drawn.rows(of: block)
        let weights = weights(of: block, context)
        switch scores {
        case .float32(let values):
            values.withUnsafeBufferPointer {
                tally.add($0, rows, isPositive, weights)
                Self.addBinary($0, isPositive, block, scores.epsilon, to: &list)
            }
        case .float64(let values):
            values.withUnsafeBufferPointer {
                tally.add($0, rows, isPositive, weights)
                Self.addBinary($0, isPositive, block, scores.epsilon, to: &list)
            }
        }
        var part = DetailsPart()
        part.curves = [.init(label: "", bins: tally.ranked)]
        part.calibration = tally.calibration
        part.unit = [
            .init("score of positives", tally.ofPositives),
            .init("score of negatives", tally.ofNegatives),
        ]
        part.worst = worst(list, "log_loss", block, context, loss: { Self.logLoss(-$0.loss) }) {
            row, example in
            (
                names[truth[example]],
                "\(names[answers.predicted[row]]) (score \(short(scores[row])))"
            )
        }
        return part
    }

    /// The class with the largest score is the answer whose confidence counts.
    func classPart(
        _ answers: ClassAnswers, _ truth: ClassColumn, _ truthNames: [String],
        _ block: PredictionBlock, _ context: BlockContext
    ) -> DetailsPart {
        guard let scores = answers.scores, !context.scoredClasses.isEmpty else {
            return wrongPart(answers, truth, block, context)
        }
        let columns = ScoredColumns(context)
        let labels = (0..<block.count).map { truth[block.examples.place($0)] }
        var tally = ClassTally(
            classesWithCurves.compactMap { place in columns[place].map { (place, $0) } }, columns)
        let rows = drawn.rows(of: block)
        let weights = weights(of: block, context)
        switch scores {
        case .float32(let values):
            values.withUnsafeBufferPointer { tally.add($0, rows, labels, weights) }
        case .float64(let values):
            values.withUnsafeBufferPointer { tally.add($0, rows, labels, weights) }
        }
        var part = DetailsPart()
        part.curves = zip(tally.places, tally.bins).map { .init(label: truthNames[$0], bins: $1) }
        part.calibration = tally.calibration
        part.unit = [
            .init("confidence where right", tally.ofRight),
            .init("confidence where wrong", tally.ofWrong),
        ]
        part.worst = worstClasses(answers, scores, labels, columns, block, context)
        return part
    }

    private func worstClasses(
        _ answers: ClassAnswers, _ scores: ScoreColumn, _ labels: [Int],
        _ columns: ScoredColumns, _ block: PredictionBlock, _ context: BlockContext
    ) -> [WorstExample] {
        var list = WorstList()
        switch scores {
        case .float32(let values):
            values.withUnsafeBufferPointer {
                Self.addClasses($0, labels, columns, block, scores.epsilon, to: &list)
            }
        case .float64(let values):
            values.withUnsafeBufferPointer {
                Self.addClasses($0, labels, columns, block, scores.epsilon, to: &list)
            }
        }
        let names = context.names
        return worst(list, "log_loss", block, context, loss: { Self.logLoss(-$0.loss) }) {
            row, _ in
            let predicted = answers.predicted[row]
            let score = columns[predicted].map { scores[row * columns.width + $0] }
            return (
                names[labels[row]],
                names[predicted] + (score.map { " (score \(short($0)))" } ?? "")
            )
        }
    }

    /// Without scores all wrong answers are equally wrong.
    private func wrongPart(
        _ answers: ClassAnswers, _ truth: ClassColumn, _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            if answers.predicted[row] != truth[example] { list.add(1, place: example, row: row) }
        }
        var part = DetailsPart()
        part.worst = worst(list, "error", block, context) { row, example in
            (context.names[truth[example]], context.names[answers.predicted[row]])
        }
        return part
    }

    /// Losses are ordered as −p is; logarithms are taken of the hundred that are kept.
    private static func addBinary(
        _ scores: UnsafeBufferPointer<some BinaryFloatingPoint>, _ isPositive: [Bool],
        _ block: PredictionBlock, _ epsilon: Double, to list: inout WorstList
    ) {
        for row in isPositive.indices {
            let score = Double(scores[row])
            let probability = max(isPositive[row] ? score : 1 - score, epsilon)
            if -probability >= list.bar {
                list.add(-probability, place: block.examples.place(row), row: row)
            }
        }
    }

    private static func addClasses(
        _ scores: UnsafeBufferPointer<some BinaryFloatingPoint>, _ labels: [Int],
        _ columns: ScoredColumns, _ block: PredictionBlock, _ epsilon: Double,
        to list: inout WorstList
    ) {
        // Every class of the data set has its column: the reader saw to that.
        let places = labels.indices.isEmpty ? [] : columns.places
        for row in labels.indices {
            let column = places[labels[row]]
            let score = column < 0 ? 0 : Double(scores[row * columns.width + column])
            let probability = max(score, epsilon)
            if -probability >= list.bar {
                list.add(-probability, place: block.examples.place(row), row: row)
            }
        }
    }

    private static func logLoss(_ probability: Double) -> Double { max(0, -log(probability)) }

    /// Four decimals say enough beside an example.
    func short(_ value: Double) -> String {
        value.magnitude < 1e12 ? "\((value * 10_000).rounded() / 10_000)" : "\(value)"
    }
}

extension ScoreColumn {
    /// A log loss clips at the stored type's own ε.
    var epsilon: Double {
        switch self {
        case .float32: 0x1p-23
        case .float64: 0x1p-52
        }
    }
}
