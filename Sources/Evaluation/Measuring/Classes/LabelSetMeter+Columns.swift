import Metrics

extension LabelSetMeter {
    /// Labels right, wrong and missed of each example: what micro averages follow from.
    static let outcomeColumns = [
        ExampleColumn("true_positives"), ExampleColumn("false_positives"),
        ExampleColumn("false_negatives"),
    ]

    /// What is kept of each row.
    func describe(
        _ truth: ListColumn<Int32>, _ predicted: ListColumn<Int32>, labelCount: Int,
        _ columns: inout BlockColumns
    ) {
        guard !columns.wanted.isEmpty else { return }
        let outcomes = (0..<truth.count).map { row in
            let (own, guess) = (Set(truth[row]), Set(predicted[row]))
            let hits = own.intersection(guess).count
            return Outcome(
                truePositives: Double(hits), falsePositives: Double(guess.count - hits),
                falseNegatives: Double(own.count - hits))
        }
        columns.set(.correct) {
            .bits(
                ExampleBits(outcomes.map { $0.falsePositives + $0.falseNegatives == 0 }))
        }
        columns.set(ExampleColumn("hamming_loss")) {
            .float64(
                outcomes.map { ($0.falsePositives + $0.falseNegatives) / Double(labelCount) })
        }
        for (place, column) in Self.outcomeColumns.enumerated() {
            columns.set(column) {
                .int32(
                    outcomes.map {
                        Int32([$0.truePositives, $0.falsePositives, $0.falseNegatives][place])
                    })
            }
        }
        for (column, score) in sampleScores {
            columns.set(column) {
                .float64(outcomes.map { score.value($0, .value(0), total: 0) ?? 0 })
            }
        }
    }
}
