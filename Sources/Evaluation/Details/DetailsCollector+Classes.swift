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
        var ranked = RankedBins(.fine)
        var calibration = CalibrationCounts()
        var (ofPositives, ofNegatives) = (UnitHistogram(), UnitHistogram())
        for row in drawn.rows(of: block) {
            let example = block.examples.place(row)
            let isPositive = truth[example] == place
            let score = scores[row]
            ranked.add(score, isPositive: isPositive, weight: weight(example, context))
            calibration.add(score, isRight: isPositive)
            if isPositive { ofPositives.add(score) } else { ofNegatives.add(score) }
        }
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            let score = scores[row]
            let probability = truth[example] == place ? score : 1 - score
            list.add(-max(probability, scores.epsilon), place: example, row: row)
        }
        var part = DetailsPart()
        part.curves = [.init(label: "", bins: ranked)]
        part.calibration = calibration
        part.unit = [
            .init("score of positives", ofPositives), .init("score of negatives", ofNegatives),
        ]
        part.worst = worst(list, "log_loss", block, context, loss: { Self.logLoss(-$0.loss) }) {
            row, example in
            (names[truth[example]], "\(names[answers.predicted[row]]) (score \(short(scores[row])))")
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
        var curves = classesWithCurves.compactMap { place in
            columns[place].map {
                (place, $0, DetailsPart.LabelledBins(
                    label: truthNames[place], bins: RankedBins(.coarse)))
            }
        }
        var calibration = CalibrationCounts()
        var (ofRight, ofWrong) = (UnitHistogram(), UnitHistogram())
        for row in drawn.rows(of: block) {
            let example = block.examples.place(row)
            let (label, start) = (truth[example], row * columns.width)
            let weight = weight(example, context)
            for index in curves.indices {
                curves[index].2.bins.add(
                    scores[start + curves[index].1], isPositive: label == curves[index].0,
                    weight: weight)
            }
            let (top, confidence) = columns.largest(scores, from: start)
            calibration.add(confidence, isRight: top == label)
            if top == label { ofRight.add(confidence) } else { ofWrong.add(confidence) }
        }
        var part = DetailsPart()
        part.curves = curves.map(\.2)
        part.calibration = calibration
        part.unit = [
            .init("confidence where right", ofRight), .init("confidence where wrong", ofWrong),
        ]
        part.worst = worstClasses(answers, scores, truth, columns, block, context)
        return part
    }

    private func worstClasses(
        _ answers: ClassAnswers, _ scores: ScoreColumn, _ truth: ClassColumn,
        _ columns: ScoredColumns, _ block: PredictionBlock, _ context: BlockContext
    ) -> [WorstExample] {
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            // Every class of the data set has its column: the reader saw to that.
            let probability = columns[truth[example]].map { scores[row * columns.width + $0] } ?? 0
            list.add(-max(probability, scores.epsilon), place: example, row: row)
        }
        let names = context.names
        return worst(list, "log_loss", block, context, loss: { Self.logLoss(-$0.loss) }) {
            row, example in
            let predicted = answers.predicted[row]
            let score = columns[predicted].map { scores[row * columns.width + $0] }
            return (
                names[truth[example]],
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

    private static func logLoss(_ probability: Double) -> Double { max(0, -log(probability)) }

    /// Four decimals say enough beside an example.
    func short(_ value: Double) -> String {
        value.magnitude < 1e12 ? "\((value * 10_000).rounded() / 10_000)" : "\(value)"
    }
}

/// Where each class's score stands in a row of scores.
private struct ScoredColumns {
    let width: Int
    private let classes: [Int]
    private var columns: [Int?]

    init(_ context: BlockContext) {
        classes = context.scoredClasses.map(Int.init)
        width = classes.count
        columns = [Int?](repeating: nil, count: max(context.names.count, (classes.max() ?? 0) + 1))
        for (column, place) in classes.enumerated() { columns[place] = column }
    }

    subscript(place: Int) -> Int? { columns.indices.contains(place) ? columns[place] : nil }

    /// The first of the largest.
    func largest(_ scores: ScoreColumn, from start: Int) -> (place: Int, score: Double) {
        var (best, largest) = (0, scores[start])
        for column in 1..<max(1, width) where scores[start + column] > largest {
            (best, largest) = (column, scores[start + column])
        }
        return (classes[best], largest)
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
