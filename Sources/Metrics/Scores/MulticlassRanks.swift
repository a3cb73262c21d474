import Statistics

/// ROC areas of more than two classes. Keeps all rows until they are asked for: `width` scores of
/// 4 or 8 bytes an example.
public struct MulticlassRanks: Accumulator, Equatable {
    public let width: Int
    private var parts: [Part] = []

    private struct Part: Sendable, Equatable {
        var truth: HeldColumn<Int32>
        var rows: HeldScores
        var weights: HeldColumn<Double>?
    }

    public init(width: Int) {
        precondition(width >= 2, "\(width) classes")
        self.width = width
    }

    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: scores, examples × classes, row by row.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, rows: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkRows(rows, width: width, count: truth.count)
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkLabels(truth, below: width, "the truth")
        if rows.hasNaN { try Inputs.checkNumbers(rows, "the scores") }
        guard truth.count > 0 else { return }
        parts.append(
            Part(
                truth: HeldColumn(count: truth.count) { Int32(truth[$0]) }, rows: .init(rows),
                weights: weights.map { HeldColumn($0) }))
    }

    public mutating func merge(_ other: MulticlassRanks) {
        precondition(width == other.width, "\(width) and \(other.width) classes")
        parts += other.parts
    }

    /// Each class against all others.
    public struct Areas: Sendable, Equatable {
        /// The mean over classes; `nil` where one of them is missing, or all others.
        public let rocAUCMacro: Double?
        /// The mean weighted by how often each is true.
        public let rocAUCWeighted: Double?
        public let averagePrecisionMacro: Double?
        public let classes: [RankedScores]
    }

    /// - Parameters:
    ///   - pointCountMax: how many points of each class's curve are wanted; see `ScoreRanks.ranked`.
    ///   - workers: threads; the result is the same for any number.
    public func oneVersusRest(
        pointCountMax: Int = 0, workers: Int = 1
    ) throws(MetricError) -> Areas {
        var classes: [RankedScores] = []
        for label in 0..<width {
            let ranks = ranks(of: label) { _ in true }
            classes.append(try ranks.ranked(pointCountMax: pointCountMax, workers: workers))
        }
        func mean(_ value: (RankedScores) -> Double?, _ weight: (RankedScores) -> Double) -> Double?
        {
            var (sum, weights) = (CompensatedSum(), CompensatedSum())
            for own in classes {
                guard let value = value(own) else { return nil }
                sum.add(value * weight(own))
                weights.add(weight(own))
            }
            return weights.value > 0 ? sum.value / weights.value : nil
        }
        return Areas(
            rocAUCMacro: mean(\.rocAUC) { _ in 1 }, rocAUCWeighted: mean(\.rocAUC, \.positives),
            averagePrecisionMacro: mean(\.averagePrecision) { _ in 1 }, classes: classes)
    }

    /// The mean ROC area over all pairs of classes, both ways round; `nil` where one is missing.
    ///
    /// Source: Hand and Till, "A simple generalisation of the area under the ROC curve", 2001.
    public func oneVersusOne(workers: Int = 1) throws(MetricError) -> Double? {
        guard !parts.isEmpty else { throw Inputs.noExample }
        var (sum, count) = (CompensatedSum(), 0)
        for a in 0..<width {
            for b in 0..<width where a != b {
                let ranks = ranks(of: a) { $0 == a || $0 == b }
                guard ranks.exampleCount > 0 else { return nil }
                guard let value = try ranks.rocAUC(workers: workers) else { return nil }
                sum.add(value)
                count += 1
            }
        }
        return sum.value / Double(count)
    }

    private func ranks(
        of label: Int, where isWanted: (Int) -> Bool
    ) -> ScoreRanks {
        var ranks = ScoreRanks()
        for part in parts {
            let wanted = part.truth.pointer.indices.filter { isWanted(Int(part.truth[$0])) }
            let scores: HeldScores =
                switch part.rows {
                case .float32(let rows):
                    .float32(HeldColumn(count: wanted.count) { rows[wanted[$0] * width + label] })
                case .float64(let rows):
                    .float64(HeldColumn(count: wanted.count) { rows[wanted[$0] * width + label] })
                }
            ranks.add(
                ScoreRanks.Part(
                    truth: HeldColumn(count: wanted.count) {
                        part.truth[wanted[$0]] == label ? 1 : 0
                    },
                    scores: scores,
                    weights: part.weights.map { all in
                        HeldColumn(count: wanted.count) { all[wanted[$0]] }
                    }))
        }
        return ranks
    }
}
