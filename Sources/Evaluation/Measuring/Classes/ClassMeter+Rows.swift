import Metrics

/// Scores of several classes, row by row.
extension ClassMeter {
    /// So many rows go through all metrics before the next, and stay in the near caches meanwhile.
    private static let stepCount = 4_096

    /// - Parameter truth: for each row the column of its class.
    mutating func add(
        rows: ScoreColumn, _ truth: [Int32], _ input: MeterInput, _ columns: inout BlockColumns
    ) {
        let width = input.context.scoredClasses.count
        if ranksClasses, classRanks == nil, width >= 2 {
            classRanks = Guarded(MulticlassRanks(width: width))
        }
        var found = RowColumns(columns.wanted, rowCount: truth.count, rows)
        let wanted = factsWanted(found, isWeighted: input.weights != nil)
        truth.withView { truth in
            rows.withView { rows in
                input.withWeights { weights in
                    for start in stride(from: 0, to: truth.count, by: Self.stepCount) {
                        let range = start..<min(truth.count, start + Self.stepCount)
                        let step = Step(
                            truth: .int32(truth[range]), rows: rows.rows(range, width: width),
                            width: width, weights: weights?[range], wanted: wanted)
                        add(step)
                        found.take(step, at: start)
                    }
                    classRanks?.add { (ranks) throws(MetricError) in
                        try ranks.add(truth: .int32(truth), rows: rows, weights: weights)
                    }
                }
            }
        }
        found.set(&columns)
    }

    /// Some rows with what several metrics ask of them, found once.
    fileprivate struct Step {
        let truth: LabelView
        let rows: ScoreView
        let width: Int
        let weights: ColumnView<Double>?
        let facts: Result<RowFacts, MetricError>

        init(
            truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>?,
            wanted: RowFacts.Wanted
        ) {
            (self.truth, self.rows, self.width, self.weights) = (truth, rows, width, weights)
            facts =
                wanted.isEmpty
                ? .failure(.insufficientData("nobody asked for facts of rows"))
                : Result { () throws(MetricError) in
                    // An order of scores asks only that they are numbers.
                    try RowFacts(
                        truth: truth, rows: rows, width: width, wanted: wanted,
                        areProbabilities: wanted != .ahead)
                }
        }
    }

    private func factsWanted(_ columns: RowColumns, isWeighted: Bool) -> RowFacts.Wanted {
        var wanted = columns.facts
        if logLoss != nil, isWeighted { wanted.insert(.given) }
        if brier != nil { wanted.insert(.squares) }
        if !calibration.isEmpty { wanted.insert(.largest) }
        if !topK.isEmpty { wanted.insert(.ahead) }
        return wanted
    }

    private mutating func add(_ step: Step) {
        logLoss?.add { (loss) throws(MetricError) in
            if step.weights == nil {
                // The sum of logarithms as that of a product: each example's own is not asked.
                try loss.add(truth: step.truth, rows: step.rows, width: step.width)
            } else {
                try loss.add(step.facts.get(), weights: step.weights)
            }
        }
        brier?.add { (brier) throws(MetricError) in
            try brier.add(step.facts.get(), weights: step.weights)
        }
        for bins in calibration.keys {
            calibration[bins]?.add { (bins) throws(MetricError) in
                try bins.add(step.facts.get(), weights: step.weights)
            }
        }
        for k in topK.keys {
            topK[k]?.add { (top) throws(MetricError) in
                try top.add(step.facts.get(), weights: step.weights)
            }
        }
    }
}

/// What is kept of rows of scores.
private struct RowColumns {
    private let wantsTruth: Bool
    private let wantsConfidence: Bool
    private let wantsBrier: Bool
    /// The columns of top-k accuracies with their k.
    private let tops: [(column: ExampleColumn, k: Int)]
    /// The score of each row's truth, in its own type.
    private var truth: ScoreColumn
    private var confidences: [Double] = []
    private var briers: [Double] = []
    private var hits: [[Double]]
    /// Nothing is kept of rows that are not what they should be; the metrics say why.
    private var isBad = false

    init(_ wanted: Set<ExampleColumn>, rowCount: Int, _ rows: ScoreColumn) {
        switch rows {
        case .float32: truth = .float32(Array(repeating: 0, count: rowCount))
        case .float64: truth = .float64(Array(repeating: 0, count: rowCount))
        }
        wantsTruth = wanted.contains(.truthProbability)
        wantsConfidence = wanted.contains(.confidence)
        wantsBrier = wanted.contains(.brier)
        let prefix = "top_k_accuracy@"
        tops = wanted.sorted().compactMap { column in
            guard column.name.hasPrefix(prefix) else { return nil }
            return Int(column.name.dropFirst(prefix.count)).map { (column, $0) }
        }
        hits = Array(repeating: [], count: tops.count)
    }

    var facts: RowFacts.Wanted {
        var facts = RowFacts.Wanted()
        if wantsConfidence { facts.insert(.largest) }
        if wantsBrier { facts.insert(.squares) }
        if !tops.isEmpty { facts.insert(.ahead) }
        return facts
    }

    /// - Parameter start: the step's first row in the block.
    mutating func take(_ step: ClassMeter.Step, at start: Int) {
        if wantsTruth { takeTruth(step, at: start) }
        if facts.isEmpty { return }
        guard case .success(let found) = step.facts else {
            isBad = true
            return
        }
        if wantsConfidence { confidences += found.largest }
        if wantsBrier { briers += BrierScore.each(found) }
        for (place, top) in tops.enumerated() { hits[place] += TopK.each(top.k, found) }
    }

    private mutating func takeTruth(_ step: ClassMeter.Step, at start: Int) {
        guard case .int32(let labels) = step.truth else { return }
        switch (step.rows, truth) {
        case (.float32(let rows), .float32(var all)):
            truth = .float32([])
            Self.pick(rows, labels, step.width, into: &all, at: start)
            truth = .float32(all)
        case (.float64(let rows), .float64(var all)):
            truth = .float64([])
            Self.pick(rows, labels, step.width, into: &all, at: start)
            truth = .float64(all)
        case (.float32, .float64), (.float64, .float32):
            preconditionFailure("a block has scores of one type")
        }
    }

    private static func pick<Score>(
        _ rows: ColumnView<Score>, _ labels: ColumnView<Int32>, _ width: Int,
        into all: inout [Score], at start: Int
    ) {
        all.withUnsafeMutableBufferPointer { all in
            for row in 0..<labels.count {
                let label = Int(labels[row])
                precondition(0 <= label && label < width, "class \(label) of \(width)")
                all[start + row] = rows[row * width + label]
            }
        }
    }

    func set(_ columns: inout BlockColumns) {
        columns.set(.truthProbability) {
            switch truth {
            case .float32(let values): .float32(values)
            case .float64(let values): .float64(values)
            }
        }
        if isBad { return }
        // Widened from what was stored; narrowed again where that was Float32, nothing is lost.
        columns.set(.confidence) {
            if case .float32 = truth {
                .float32(confidences.map { Float($0) })
            } else {
                .float64(confidences)
            }
        }
        columns.set(.brier) { .float64(briers) }
        for (top, hits) in zip(tops, hits) { columns.set(top.column) { .bits(hits) } }
    }
}
