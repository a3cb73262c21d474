/// Gathers what a report draws, in the pass that measures: curves, calibration, histograms, the worst
/// examples. Memory is bounded whatever the data set's size; weights count in curves alone.
public struct DetailsCollector: BlockCollector {
    let task: EvaluationTask
    let drawn: DrawnRows
    /// The classes that get curves of their own, as places among the data set's names.
    let classesWithCurves: [Int]
    private var sum: DetailsPart?

    static let curveCountMax = 12

    public init(_ task: EvaluationTask, _ examples: ExampleSet) {
        (self.task, drawn) = (task, DrawnRows(exampleCount: examples.count))
        switch (task, examples.truth) {
        case (.multiclass, .classes(let classes, let names)):
            classesWithCurves = Self.mostFrequent(
                (0..<classes.count).lazy.map { classes[$0] }, of: names.count)
        case (.multilabel, .labelSets(let sets, let names)):
            classesWithCurves = Self.mostFrequent(
                sets.items.lazy.map(Int.init), of: names.count)
        default: classesWithCurves = []
        }
    }

    /// In their own order. More than a dozen curves nobody can tell apart.
    private static func mostFrequent(_ places: some Sequence<Int>, of count: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: count)
        for place in places { counts[place] += 1 }
        let ranked = counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
        return ranked.prefix(curveCountMax).filter { counts[$0] > 0 }.sorted()
    }

    public func part(of block: PredictionBlock, _ context: BlockContext) -> DetailsPart {
        switch (block.answers, context.examples.truth) {
        case (.classes(let answers), .classes(let truth, let names)):
            if case .binary(let positive) = task {
                binaryPart(answers, truth, positive, block, context)
            } else {
                classPart(answers, truth, names, block, context)
            }
        case (.labelSets(let answers), .labelSets(let truth, let names)):
            labelPart(answers, truth, names, block, context)
        case (.numbers(let answers), .numbers(let truth)):
            numberPart(answers, truth, block, context)
        case (.likelihoods(let answers), .texts(let truth)):
            likelihoodPart(answers, truth, block, context)
        case (.choices(let answers), .choices(let gold, _)):
            choicePart(answers, gold, block, context)
        case (.texts(let answers), .references(let references)):
            textPart(answers, references, block, context)
        case (.rankings(let answers), .relevance(let relevance)):
            rankingPart(answers, relevance, block, context)
        case (.trials(let drawn, let passed), _): trialPart(drawn, passed, block, context)
        case (.requests(let answers), _): requestPart(answers, block, context)
        case (.classes, _), (.labelSets, _), (.numbers, _), (.likelihoods, _), (.choices, _),
            (.texts, _), (.rankings, _):
            preconditionFailure("answers of another task than \(task)")
        }
    }

    public mutating func take(_ part: DetailsPart) {
        if sum == nil { sum = part } else { sum?.merge(part) }
    }

    public var details: PredictionDetails {
        var details = sum?.details ?? PredictionDetails()
        details.drawnExampleCount = drawn.count
        return details
    }

    /// What is told of the worst candidates of a block.
    func worst(
        _ list: WorstList, _ lossName: String, _ block: PredictionBlock, _ context: BlockContext,
        loss: (WorstList.Candidate) -> Double = { $0.loss },
        _ texts: (_ row: Int, _ place: Int) -> (truth: String, predicted: String)
    ) -> [WorstExample] {
        list.sorted.map { candidate in
            let (truth, predicted) = texts(candidate.row, candidate.place)
            return WorstExample(
                place: candidate.place,
                id: context.examples.ids.map { WorstExample.excerpt($0[candidate.place]) } ?? "",
                truth: WorstExample.excerpt(truth.utf8),
                predicted: WorstExample.excerpt(predicted.utf8), loss: loss(candidate),
                lossName: lossName)
        }.sorted { $0.isWorse(than: $1) }
    }

    /// Of each row; `nil` is one each.
    func weights(of block: PredictionBlock, _ context: BlockContext) -> [Double]? {
        context.examples.weights.map { all in
            (0..<block.count).map { all[block.examples.place($0)] }
        }
    }
}
