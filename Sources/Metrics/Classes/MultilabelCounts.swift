/// Examples that may have any number of labels.
///
/// Source of conventions: scikit-learn 1.9; a row without labels counts 0 in `samples`.
public struct MultilabelCounts: Sendable {
    /// For each label [[tn, fp], [fn, tp]].
    public private(set) var confusion: [[[Double]]] = []
    public let subsetAccuracy: Double
    public let hammingLoss: Double
    private let rows: [Outcome]

    /// - Parameters:
    ///   - truth: 0 or 1, examples × labels.
    ///   - prediction: the same shape.
    public init(truth: [[Int]], prediction: [[Int]]) throws(MetricError) {
        try Inputs.checkCounts([truth.count, prediction.count])
        let labelCount = truth[0].count
        guard labelCount > 0, (truth + prediction).allSatisfy({ $0.count == labelCount }) else {
            throw .invalidInput("rows have different lengths, or no label")
        }
        guard (truth + prediction).allSatisfy({ $0.allSatisfy { $0 == 0 || $0 == 1 } }) else {
            throw .invalidInput("a label is neither 0 nor 1")
        }
        var counts = [[[Double]]](
            repeating: [[0, 0], [0, 0]], count: labelCount)
        var (same, wrong) = (0, 0)
        for (row, guess) in zip(truth, prediction) {
            if row == guess { same += 1 }
            for label in 0..<labelCount {
                counts[label][row[label]][guess[label]] += 1
                if row[label] != guess[label] { wrong += 1 }
            }
        }
        confusion = counts
        subsetAccuracy = Double(same) / Double(truth.count)
        hammingLoss = Double(wrong) / Double(truth.count * labelCount)
        rows = zip(truth, prediction).map { row, guess in
            func count(_ a: Int, _ b: Int) -> Double {
                Double(zip(row, guess).filter { $0 == a && $1 == b }.count)
            }
            return Outcome(
                truePositives: count(1, 1), falsePositives: count(0, 1),
                falseNegatives: count(1, 0))
        }
    }

    /// For each label.
    public var outcomes: [Outcome] {
        confusion.map {
            Outcome(truePositives: $0[1][1], falsePositives: $0[0][1], falseNegatives: $0[1][0])
        }
    }

    /// The mean over examples.
    public func samples(
        _ zero: Outcome.ZeroDivision = .value(0),
        _ metric: (Outcome, Outcome.ZeroDivision) -> Double?
    ) -> Double? {
        ClassAverage.macro.value(of: rows, zero, metric)
    }
}
