import CMetrics
import Statistics

/// How far predicted numbers are from true ones: all that sums and moments say, in one pass.
///
/// Without weights and with them alike; correlations are weighted too. Source of conventions:
/// scikit-learn 1.9, scipy 1.17.
public struct RegressionSums: Accumulator, Equatable {
    private(set) var moments = PairMoments()
    private var absolute = CompensatedSum()
    private var squares = CompensatedSum()
    private var largest = 0.0
    public private(set) var exampleCount = 0

    public init() {}

    /// - Parameters:
    ///   - truth: finite, as `predicted`.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: ScoreView, predicted: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, predicted.count])
        if let weights { return try add(truth, predicted, weights) }
        guard truth.count > 0 else { return }
        guard case .float64(let t) = truth, case .float64(let p) = predicted else {
            return try truth.doubles.withView { (truth) throws(MetricError) in
                try predicted.doubles.withView { (predicted) throws(MetricError) in
                    try add(truth: .float64(truth), predicted: .float64(predicted))
                }
            }
        }
        var bad: Int32 = 0
        let found = cairn_pair_moments_f64(t.start, p.start, t.count, &bad)
        if bad != 0 { try Inputs.checkPairs(truth, predicted, nil) }
        exampleCount += t.count
        moments.merge(PairMoments(found, count: t.count))
        absolute.add(found.absolute_errors)
        squares.add(found.squared_errors)
        largest = max(largest, found.largest_error)
    }

    private mutating func add(
        _ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>
    ) throws(MetricError) {
        try Inputs.checkPairs(truth, predicted, weights)
        exampleCount += truth.count
        for start in stride(from: 0, to: truth.count, by: 1024) {
            let range = start..<min(truth.count, start + 1024)
            moments.merge(PairMoments(truth[range], predicted[range], weights[range]))
            for index in range {
                let distance = (truth[index] - predicted[index]).magnitude
                absolute.add(weights[index] * distance)
                squares.add(weights[index] * distance * distance)
                largest = max(largest, distance)
            }
        }
    }

    public mutating func merge(_ other: RegressionSums) {
        moments.merge(other.moments)
        absolute.merge(other.absolute)
        squares.merge(other.squares)
        largest = max(largest, other.largest)
        exampleCount += other.exampleCount
    }

    public func requireExamples() throws(MetricError) {
        guard exampleCount > 0 else { throw Inputs.noExample }
        guard moments.weight > 0 else { throw Inputs.noWeight }
    }

    public var meanSquaredError: Double {
        get throws(MetricError) {
            try requireExamples()
            return squares.value / moments.weight
        }
    }
    public var rootMeanSquaredError: Double {
        get throws(MetricError) { try meanSquaredError.squareRoot() }
    }
    public var meanAbsoluteError: Double {
        get throws(MetricError) {
            try requireExamples()
            return absolute.value / moments.weight
        }
    }
    /// Of all examples, whatever they weigh.
    public var maximumError: Double {
        get throws(MetricError) {
            try requireExamples()
            return largest
        }
    }
    /// Prediction less truth; `nil` beyond the range of `Double`, as all below.
    public var bias: Double? {
        get throws(MetricError) {
            try requireExamples()
            return moments.error.mean.orNil
        }
    }

    /// 1 − Σ(t − p)² / Σ(t − mean)²; a constant truth gives 1 where it is met, else 0; `nil` for one
    /// example.
    public var rSquared: Double? {
        get throws(MetricError) {
            try requireExamples()
            return exampleCount > 1 ? explained(squares.value) : nil
        }
    }

    /// The same of the errors' variance.
    public var explainedVariance: Double? {
        get throws(MetricError) {
            try requireExamples()
            return explained(moments.error.squares)
        }
    }

    private func explained(_ error: Double) -> Double? {
        let spread = moments.truth.squares
        if spread == 0 { return error == 0 ? 1 : 0 }
        return (1 - error / spread).orNil
    }

    /// `nil` where one side is constant.
    public var pearson: Double? {
        get throws(MetricError) {
            try requireExamples()
            guard moments.truth.squares > 0, moments.predicted.squares > 0 else { return nil }
            let spread = moments.truth.squares.squareRoot() * moments.predicted.squares.squareRoot()
            return (moments.products / spread).orNil.map { max(-1, min(1, $0)) }
        }
    }

    /// Lin's concordance: 2 s_xy / (s_x² + s_y² + (mean x − mean y)²); `nil` where one side is
    /// constant.
    public var concordance: Double? {
        get throws(MetricError) {
            try requireExamples()
            guard moments.truth.squares > 0, moments.predicted.squares > 0 else { return nil }
            let distance = moments.error.mean
            let spread =
                moments.truth.squares + moments.predicted.squares
                + moments.weight * distance * distance
            return (2 * moments.products / spread).orNil
        }
    }
}

extension Double {
    /// A value that left the range of numbers is none.
    var orNil: Double? { isNaN ? nil : self }
}
