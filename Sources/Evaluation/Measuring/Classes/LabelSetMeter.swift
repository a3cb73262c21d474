import Metrics
import Statistics

/// Multilabel tasks: any number of labels for each example.
struct LabelSetMeter: TaskMeter {
    private(set) var matrix: Guarded<MultilabelMatrix>
    /// For each label the scores of having it; there when scores were.
    private(set) var ranks: [Guarded<ScoreRanks>]?
    private(set) var hasScores = false
    private let ranksLabels: Bool
    let sampleScores: [ExampleColumn: OutcomeScore]

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        var (ranksLabels, sampleScores) = (false, [ExampleColumn: OutcomeScore]())
        for metric in metrics {
            switch metric.quantity {
            case .labelSets(.classCurve): ranksLabels = true
            case .labelSets(.score(let score, .samples)): sampleScores[metric.column!] = score
            default: continue  // All else follows from the matrix.
            }
        }
        (self.ranksLabels, self.sampleScores) = (ranksLabels, sampleScores)
        matrix = Guarded(MultilabelMatrix(labelCount: max(1, context.names.count)))
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .labelSets(let answers) = input.block.answers,
            case .labelSets(let all, let names) = input.truth
        else { input.wrongAnswers() }
        let truth = input.gather(all)
        let labelCount = max(input.context.names.count, names.count)
        input.withWeights { weights in
            truth.withView { truth in
                answers.predicted.withView { predicted in
                    matrix.add { (matrix) throws(MetricError) in
                        matrix.grow(to: labelCount)
                        try matrix.add(truth: truth, predicted: predicted, weights: weights)
                    }
                }
            }
            if let scores = answers.scores {
                hasScores = true
                if ranksLabels { rank(truth, scores, names.count, weights) }
            }
        }
        describe(truth, answers.predicted, labelCount: labelCount, &columns)
    }

    private mutating func rank(
        _ truth: ListColumn<Int32>, _ scores: ScoreColumn, _ width: Int,
        _ weights: ColumnView<Double>?
    ) {
        var all = ranks ?? Array(repeating: Guarded(ScoreRanks()), count: width)
        ranks = nil
        for label in 0..<width {
            let hasLabel = ClassColumn.uint8(
                (0..<truth.count).map { truth[$0].contains(Int32(label)) ? 1 : 0 })
            let own = scores.every(width, from: label)
            hasLabel.withView { hasLabel in
                own.withView { own in
                    all[label].add { (ranks) throws(MetricError) in
                        try ranks.add(truth: hasLabel, scores: own, weights: weights)
                    }
                }
            }
        }
        ranks = all
    }

    mutating func merge(_ other: LabelSetMeter) {
        matrix.merge(other.matrix)
        if let own = ranks, let new = other.ranks {
            ranks = zip(own, new).map { own, new in
                var own = own
                own.merge(new)
                return own
            }
        } else {
            ranks = ranks ?? other.ranks
        }
        hasScores = hasScores || other.hasScores
    }
}

extension ScoreColumn {
    /// One column of rows of one width.
    fileprivate func every(_ width: Int, from first: Int) -> ScoreColumn {
        switch self {
        case .float32(let values):
            .float32(stride(from: first, to: values.count, by: width).map { values[$0] })
        case .float64(let values):
            .float64(stride(from: first, to: values.count, by: width).map { values[$0] })
        }
    }
}
