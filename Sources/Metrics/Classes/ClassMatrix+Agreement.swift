import Statistics

/// What a wrong class costs in Cohen's kappa: the same, or by how far it is off.
public enum KappaWeights: Sendable { case none, linear, quadratic }

/// Every value throws `.insufficientData` before there is an example with weight.
extension ClassMatrix {
    public func requireExamples() throws(MetricError) {
        guard exampleCount > 0 else { throw Inputs.noExample }
        guard totalWeight > 0 else { throw Inputs.noWeight }
    }

    public var totalWeight: Double { filled.map(\.weight).exactSum }

    /// Of all examples, whatever labels are listed elsewhere.
    public var accuracy: Double {
        get throws(MetricError) {
            try requireExamples()
            let cells = filled
            return cells.filter { $0.truth == $0.predicted }.map(\.weight).exactSum
                / cells.map(\.weight).exactSum
        }
    }

    /// For each class against all others: `labels`, or all that occur.
    public func outcomes(_ labels: [Int]? = nil) throws(MetricError) -> [Outcome] {
        try requireExamples()
        let margins = margins
        return (labels ?? self.labels).map { label in
            guard (0..<classCount).contains(label) else {
                return Outcome(truePositives: 0, falsePositives: 0, falseNegatives: 0)
            }
            return Outcome(
                truePositives: margins.hits[label].value,
                falsePositives: margins.wrong[label].value,
                falseNegatives: margins.missed[label].value)
        }
    }

    /// The mean recall over classes that occur in truth.
    public var balancedAccuracy: Double? {
        get throws(MetricError) {
            let recalls = try outcomes().compactMap { $0.recall(.undefined) }
            return recalls.isEmpty ? nil : recalls.exactSum / Double(recalls.count)
        }
    }

    /// Matthews' correlation, for any number of classes; 0 when a margin is empty.
    ///
    /// Source: Gorodkin, "Comparing two K-category assignments by a K-category correlation
    /// coefficient", 2004.
    public var matthews: Double {
        get throws(MetricError) {
            let outcomes = try outcomes()
            let total = totalWeight
            let predicted = outcomes.map { $0.truePositives + $0.falsePositives }
            let chance = zip(outcomes, predicted).map { $0.support * $1 }.exactSum
            let truths = outcomes.map { $0.support * $0.support }.exactSum
            let predictions = predicted.map { $0 * $0 }.exactSum
            let square = total * total
            let spread = (square - truths) * (square - predictions)
            guard spread > 0 else { return 0 }
            return (outcomes.map(\.truePositives).exactSum * total - chance) / spread.squareRoot()
        }
    }

    /// Cohen's kappa; `nil` for one class.
    ///
    /// - Parameter labels: all classes that occur, in the order by which a wrong one is far off or
    ///   near; `nil` is by their numbers.
    public func kappa(
        _ kind: KappaWeights = .none, labels: [Int]? = nil
    ) throws(MetricError) -> Double? {
        let labels = labels ?? self.labels
        let outcomes = try outcomes(labels)
        let total = totalWeight
        let place = Dictionary(zip(labels, labels.indices)) { first, _ in first }
        func cost(_ a: Int, _ b: Int) -> Double {
            let distance = Double(abs(a - b))
            return switch kind {
            case .none: a == b ? 0 : 1
            case .linear: distance
            case .quadratic: distance * distance
            }
        }
        var (seen, expected) = (CompensatedSum(), CompensatedSum())
        for cell in filled {
            guard let row = place[cell.truth], let column = place[cell.predicted] else { continue }
            seen.add(cost(row, column) * cell.weight)
        }
        for row in labels.indices where outcomes[row].support > 0 {
            for column in labels.indices where row != column {
                let predicted = outcomes[column].truePositives + outcomes[column].falsePositives
                expected.add(cost(row, column) * outcomes[row].support * predicted / total)
            }
        }
        return expected.value > 0 ? 1 - seen.value / expected.value : nil
    }

    /// For each class, what was right, wrongly predicted, and missed.
    private var margins: (hits: [CompensatedSum], wrong: [CompensatedSum], missed: [CompensatedSum])
    {
        let none = [CompensatedSum](repeating: CompensatedSum(), count: classCount)
        var (hits, wrong, missed) = (none, none, none)
        for cell in filled {
            if cell.truth == cell.predicted {
                hits[cell.truth].add(cell.weight)
            } else {
                wrong[cell.predicted].add(cell.weight)
                missed[cell.truth].add(cell.weight)
            }
        }
        return (hits, wrong, missed)
    }
}
