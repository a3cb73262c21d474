import Metrics
import Statistics

/// Binary and multiclass tasks.
struct ClassMeter: TaskMeter {
    private(set) var matrix: Guarded<ClassMatrix>?
    var logLoss: Guarded<LogLoss>?
    var brier: Guarded<BrierScore>?
    /// By the number of bins.
    var calibration: [Int: Guarded<Calibration>] = [:]
    var topK: [Int: Guarded<TopK>] = [:]
    /// Of a binary task.
    private(set) var ranks: Guarded<ScoreRanks>?
    /// Of several classes; there when scores were.
    var classRanks: Guarded<MulticlassRanks>?
    private(set) var hasScores = false
    let ranksClasses: Bool

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        var ranksClasses = false
        // Also where no metric needs it: the record shows it.
        matrix = Guarded(ClassMatrix(classCount: context.names.count))
        for case .classes(let quantity) in metrics.map(\.quantity) {
            switch quantity {
            case .accuracy, .balancedAccuracy, .score, .outcome, .matthews, .kappa: break
            case .logLoss: logLoss = Guarded(LogLoss())
            case .brier: brier = Guarded(BrierScore())
            case .curve: ranks = Guarded(ScoreRanks())
            case .classCurve: ranksClasses = true
            case .calibration(_, let binCount):
                calibration[binCount] = Guarded(Calibration(binCount: binCount))
            case .topK(let k): topK[k] = Guarded(TopK(k))
            }
        }
        self.ranksClasses = ranksClasses
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .classes(let answers) = input.block.answers,
            case .classes(let all, _) = input.truth
        else { input.wrongAnswers() }
        let truth = input.gather(all)
        input.withWeights { weights in
            truth.withView { truth in
                answers.predicted.withView { predicted in
                    matrix?.add { (matrix) throws(MetricError) in
                        matrix.grow(to: input.context.names.count)
                        try matrix.add(truth: truth, predicted: predicted, weights: weights)
                    }
                }
            }
            if let scores = answers.scores {
                hasScores = true
                if let positive = input.context.positive {
                    add(truth.isClass(positive), scores, weights)
                } else {
                    add(
                        rows: scores, truth.columns(input.context.columnsOfClasses), input, &columns
                    )
                }
            }
        }
        Self.describe(answers, truth, input.context, &columns)
    }

    /// - Parameter truth: 1 is positive, 0 negative.
    private mutating func add(
        _ truth: ClassColumn, _ scores: ScoreColumn, _ weights: ColumnView<Double>?
    ) {
        truth.withView { truth in
            scores.withView { scores in
                logLoss?.add { (loss) throws(MetricError) in
                    try loss.add(truth: truth, scores: scores, weights: weights)
                }
                brier?.add { (brier) throws(MetricError) in
                    try brier.add(truth: truth, scores: scores, weights: weights)
                }
                ranks?.add { (ranks) throws(MetricError) in
                    try ranks.add(truth: truth, scores: scores, weights: weights)
                }
                for bins in calibration.keys {
                    calibration[bins]?.add { (bins) throws(MetricError) in
                        try bins.add(truth: truth, scores: scores, weights: weights)
                    }
                }
            }
        }
    }

    mutating func merge(_ other: ClassMeter) {
        matrix.merge(other.matrix)
        logLoss.merge(other.logLoss)
        brier.merge(other.brier)
        calibration.mergeEach(other.calibration)
        topK.mergeEach(other.topK)
        ranks.merge(other.ranks)
        classRanks.merge(other.classRanks)
        hasScores = hasScores || other.hasScores
    }
}

extension BlockContext {
    /// The place of a binary task's positive class; beyond all where it occurs nowhere.
    var positive: Int? {
        guard case .binary(let label) = task else { return nil }
        return names.firstIndex(of: label) ?? names.count
    }

    /// For each class its column of the scores; `nil` where classes and columns are numbered alike.
    var columnsOfClasses: [Int32]? {
        if scoredClasses.enumerated().allSatisfy({ $0.offset == Int($0.element) }) { return nil }
        var columns = [Int32](repeating: -1, count: names.count)
        for (column, place) in scoredClasses.enumerated() { columns[Int(place)] = Int32(column) }
        return columns
    }
}

extension ClassColumn {
    /// 1 where the class is this one, else 0.
    func isClass(_ place: Int) -> ClassColumn {
        switch self {
        case .uint8(let values):
            guard let place = UInt8(exactly: place) else {
                return .uint8(Array(repeating: 0, count: values.count))
            }
            return .uint8(values.map { $0 == place ? 1 : 0 })
        case .int32(let values): return .uint8(values.map { Int($0) == place ? 1 : 0 })
        }
    }

    /// For each class its column of the scores.
    ///
    /// - Parameter map: `nil` where classes and columns are numbered alike.
    func columns(_ map: [Int32]?) -> [Int32] {
        switch (self, map) {
        case (.uint8(let values), nil): values.map { Int32($0) }
        case (.int32(let values), nil): values
        case (.uint8(let values), let map?): values.map { map[Int($0)] }
        case (.int32(let values), let map?): values.map { map[Int($0)] }
        }
    }
}
