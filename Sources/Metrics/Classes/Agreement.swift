import Statistics

/// How far predictions agree with the truth beyond chance, from a confusion matrix.
public enum KappaWeights: Sendable { case none, linear, quadratic }

extension ClassificationCounts {
    public func outcomes(_ labels: [Int]) -> [Outcome] { labels.map { outcome(of: $0) } }

    /// The mean recall over classes that occur in truth.
    public var balancedAccuracy: Double? {
        let recalls = outcomes(labels).compactMap { $0.recall(.undefined) }
        return recalls.isEmpty ? nil : recalls.exactSum / Double(recalls.count)
    }

    /// Matthews' correlation, for any number of classes; 0 when a margin is empty.
    ///
    /// Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation
    /// coefficient", 2004.
    public var matthews: Double? {
        let margins = margins
        guard margins.total > 0 else { return nil }
        let chance = zip(margins.truth, margins.prediction).map { $0 * $1 }.exactSum
        let truths = margins.truth.map { $0 * $0 }.exactSum
        let predictions = margins.prediction.map { $0 * $0 }.exactSum
        let square = margins.total * margins.total
        let spread = (square - truths) * (square - predictions)
        guard spread > 0 else { return 0 }
        return (margins.hits * margins.total - chance) / spread.squareRoot()
    }

    /// Cohen's kappa; `nil` for one class. Weights go by the places of labels in ascending order.
    public func kappa(_ kind: KappaWeights = .none) -> Double? {
        let matrix = matrix(labels)
        let margins = margins
        var (seen, expected) = (CompensatedSum(), CompensatedSum())
        for row in matrix.indices {
            for column in matrix.indices where row != column {
                let distance = Double(abs(row - column))
                let weight =
                    switch kind {
                    case .none: 1.0
                    case .linear: distance
                    case .quadratic: distance * distance
                    }
                seen.add(weight * matrix[row][column])
                expected.add(
                    weight * margins.truth[row] * margins.prediction[column] / margins.total)
            }
        }
        return expected.value > 0 ? 1 - seen.value / expected.value : nil
    }

    private var margins: (truth: [Double], prediction: [Double], hits: Double, total: Double) {
        let matrix = matrix(labels)
        let truth = matrix.map(\.exactSum)
        let prediction = matrix.indices.map { column in matrix.map { $0[column] }.exactSum }
        return (truth, prediction, matrix.indices.map { matrix[$0][$0] }.exactSum, truth.exactSum)
    }
}
