import Statistics

/// How often each class was predicted for each: all that accuracy, precision, F, MCC and kappa need.
///
/// Rows are truth, columns prediction. Up to `denseMax` classes all cells are kept; above, those that
/// are not zero. Without weights the cells are whole numbers, and no order of merging matters.
/// Source of conventions: scikit-learn 1.9, `sklearn.metrics`.
public struct ClassMatrix: Accumulator, Equatable {
    /// Cells of all pairs are kept up to so many classes.
    public static let denseMax = 256
    public static let classCountMax = 65_536

    public private(set) var classCount: Int
    public private(set) var exampleCount = 0
    /// Whether any block came with weights.
    public private(set) var isWeighted = false
    private var cells: Cells

    /// - Parameter classCount: classes are numbered from 0; at most `classCountMax`.
    public init(classCount: Int) {
        precondition((0...Self.classCountMax).contains(classCount), "\(classCount) classes")
        self.classCount = classCount
        cells = Cells(classCount: classCount)
    }

    /// For classes met later; their cells are 0. Fewer classes than there are change nothing.
    public mutating func grow(to classCount: Int) {
        guard classCount > self.classCount else { return }
        precondition(classCount <= Self.classCountMax, "\(classCount) classes")
        cells = cells.grown(to: classCount)
        self.classCount = classCount
    }

    /// - Parameters:
    ///   - truth: from 0 to `classCount` − 1, as `predicted`.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, predicted: LabelView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, predicted.count])
        try Inputs.check(weights, count: truth.count)
        guard truth.count > 0 else { return }
        if let weights {
            try checkLabels(truth, predicted)
            isWeighted = true
            for index in 0..<truth.count {
                cells.add(weights[index], truth[index], predicted[index])
            }
        } else if !cells.count(truth, predicted) {
            try checkLabels(truth, predicted)
            preconditionFailure("a kernel refused classes that are right")
        }
        exampleCount += truth.count
    }

    private func checkLabels(_ truth: LabelView, _ predicted: LabelView) throws(MetricError) {
        try Inputs.checkLabels(truth, below: classCount, "the truth")
        try Inputs.checkLabels(predicted, below: classCount, "the prediction")
    }

    /// The classes of both, which must be numbered alike.
    public mutating func merge(_ other: ClassMatrix) {
        grow(to: other.classCount)
        exampleCount += other.exampleCount
        isWeighted = isWeighted || other.isWeighted
        cells.merge(other.cells)
    }

    /// The weight of one cell; its count without weights.
    public func weight(truth: Int, predicted: Int) -> Double { cells[truth, predicted] }

    /// The cells that are not zero, row by row.
    public var filled: [(truth: Int, predicted: Int, weight: Double)] { cells.filled }

    /// Rows of truth, for these classes in this order.
    public func matrix(_ labels: [Int]) -> [[Double]] {
        labels.map { truth in labels.map { cells[truth, $0] } }
    }

    /// Of truth and prediction, ascending.
    public var labels: [Int] {
        var isThere = [Bool](repeating: false, count: classCount)
        for cell in cells.seen {
            isThere[cell.truth] = true
            isThere[cell.predicted] = true
        }
        return isThere.indices.filter { isThere[$0] }
    }
}
