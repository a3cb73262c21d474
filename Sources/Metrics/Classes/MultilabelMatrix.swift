import Statistics

/// Examples that may have any number of labels.
///
/// Source of conventions: scikit-learn 1.9; a row without labels counts 0 in `samples`.
public struct MultilabelMatrix: Accumulator, Equatable {
    public private(set) var labelCount: Int
    private var perLabel: [Outcome]
    private var exampleCount = 0
    private var weight = CompensatedSum()
    private var same = CompensatedSum()
    private var wrong = CompensatedSum()
    /// Examples with the same numbers of labels right, wrong and missed, together.
    private var rows: [Row: CompensatedSum] = [:]

    private struct Row: Hashable, Comparable {
        var right: Int32 = 0
        var wrong: Int32 = 0
        var missed: Int32 = 0

        static func < (a: Row, b: Row) -> Bool {
            (a.right, a.wrong, a.missed) < (b.right, b.wrong, b.missed)
        }
    }

    public init(labelCount: Int) {
        precondition(labelCount >= 1, "\(labelCount) labels")
        self.labelCount = labelCount
        perLabel = Array(
            repeating: Outcome(truePositives: 0, falsePositives: 0, falseNegatives: 0),
            count: labelCount)
    }

    /// For labels met later. Fewer labels than there are change nothing.
    public mutating func grow(to labelCount: Int) {
        guard labelCount > self.labelCount else { return }
        perLabel += Array(
            repeating: Outcome(truePositives: 0, falsePositives: 0, falseNegatives: 0),
            count: labelCount - self.labelCount)
        self.labelCount = labelCount
    }

    /// - Parameters:
    ///   - truth: for each example its labels from 0 to `labelCount` − 1, ascending, each once; so
    ///     also `predicted`.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: ListView<Int32>, predicted: ListView<Int32>, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, predicted.count])
        try Inputs.check(weights, count: truth.count)
        for row in 0..<truth.count {
            try check(truth[row])
            try check(predicted[row])
        }
        for row in 0..<truth.count {
            add(truth[row], predicted[row], weight: weights?[row] ?? 1)
        }
    }

    /// - Parameter truth: 0 or 1, examples × labels, row by row; so also `predicted`.
    public mutating func add(
        truth: ColumnView<UInt8>, predicted: ColumnView<UInt8>,
        weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, predicted.count])
        guard truth.count % labelCount == 0 else {
            throw .invalidInput("\(truth.count) values in rows of \(labelCount) labels")
        }
        let (rights, rightEnds) = try Self.lists(truth, labelCount)
        let (guesses, guessEnds) = try Self.lists(predicted, labelCount)
        try rights.withUnsafeBufferPointer { (rights) throws(MetricError) in
            try rightEnds.withUnsafeBufferPointer { (rightEnds) throws(MetricError) in
                try guesses.withUnsafeBufferPointer { (guesses) throws(MetricError) in
                    try guessEnds.withUnsafeBufferPointer { (guessEnds) throws(MetricError) in
                        try add(
                            truth: ListView(items: rights, ends: rightEnds),
                            predicted: ListView(items: guesses, ends: guessEnds),
                            weights: weights)
                    }
                }
            }
        }
    }

    private static func lists(
        _ values: ColumnView<UInt8>, _ width: Int
    ) throws(MetricError) -> ([Int32], [Int]) {
        var (items, ends) = ([Int32](), [Int]())
        for (place, value) in values.pointer.enumerated() {
            guard value <= 1 else { throw .invalidInput("a label is \(value); expected 0 or 1") }
            if value == 1 { items.append(Int32(place % width)) }
            if place % width == width - 1 { ends.append(items.count) }
        }
        return (items, ends)
    }

    private func check(_ labels: ColumnView<Int32>) throws(MetricError) {
        var before: Int32 = -1
        for label in labels.pointer {
            guard label > before, label < labelCount else {
                throw .invalidInput(
                    "label \(label) after \(before); expected ascending ones below \(labelCount)")
            }
            before = label
        }
    }

    private mutating func add(
        _ truth: ColumnView<Int32>, _ predicted: ColumnView<Int32>, weight: Double
    ) {
        var (row, i, j) = (Row(), 0, 0)
        while i < truth.count || j < predicted.count {
            let own = i < truth.count ? truth[i] : .max
            let guess = j < predicted.count ? predicted[j] : .max
            if own == guess {
                row.right += 1
                perLabel[Int(own)].truePositives += weight
            } else if own < guess {
                row.missed += 1
                perLabel[Int(own)].falseNegatives += weight
            } else {
                row.wrong += 1
                perLabel[Int(guess)].falsePositives += weight
            }
            if own <= guess { i += 1 }
            if guess <= own { j += 1 }
        }
        exampleCount += 1
        self.weight.add(weight)
        if row.wrong + row.missed == 0 { same.add(weight) }
        wrong.add(weight * Double(row.wrong + row.missed))
        rows[row, default: CompensatedSum()].add(weight)
    }

    /// The labels of both, which must be numbered alike.
    public mutating func merge(_ other: MultilabelMatrix) {
        grow(to: other.labelCount)
        for label in other.perLabel.indices {
            perLabel[label] = perLabel[label] + other.perLabel[label]
        }
        exampleCount += other.exampleCount
        weight.merge(other.weight)
        same.merge(other.same)
        wrong.merge(other.wrong)
        for (row, sum) in other.rows { rows[row, default: CompensatedSum()].merge(sum) }
    }

    public func requireExamples() throws(MetricError) {
        guard exampleCount > 0 else { throw Inputs.noExample }
        guard weight.value > 0 else { throw Inputs.noWeight }
    }

    /// How often all labels are as they should be.
    public var subsetAccuracy: Double {
        get throws(MetricError) {
            try requireExamples()
            return same.value / weight.value
        }
    }

    /// The share of labels that are not as they should be.
    public var hammingLoss: Double {
        get throws(MetricError) {
            try requireExamples()
            return wrong.value / (weight.value * Double(labelCount))
        }
    }

    /// For each label.
    public func outcomes() throws(MetricError) -> [Outcome] {
        try requireExamples()
        return perLabel
    }

    /// For each label [[tn, fp], [fn, tp]].
    public func confusion() throws(MetricError) -> [[[Double]]] {
        try outcomes().map {
            let rest = $0.truePositives + $0.falsePositives + $0.falseNegatives
            return [
                [weight.value - rest, $0.falsePositives], [$0.falseNegatives, $0.truePositives],
            ]
        }
    }

    /// The mean over examples.
    public func samples(
        _ zero: Outcome.ZeroDivision = .value(0),
        _ metric: (Outcome, Outcome.ZeroDivision) -> Double?
    ) throws(MetricError) -> Double? {
        try requireExamples()
        var (sum, counted) = (CompensatedSum(), CompensatedSum())
        for (row, weight) in rows.sorted(by: { $0.key < $1.key }) {
            let outcome = Outcome(
                truePositives: Double(row.right), falsePositives: Double(row.wrong),
                falseNegatives: Double(row.missed))
            guard let value = metric(outcome, zero) else { continue }
            sum.add(value * weight.value)
            counted.add(weight.value)
        }
        return counted.value > 0 ? sum.value / counted.value : nil
    }
}
