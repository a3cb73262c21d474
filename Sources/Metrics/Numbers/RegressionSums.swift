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
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkFinite(truth, "the truth")
        try Inputs.checkFinite(predicted, "the prediction")
        exampleCount += truth.count
        for start in stride(from: 0, to: truth.count, by: 1024) {
            let range = start..<min(truth.count, start + 1024)
            moments.merge(PairMoments(truth[range], predicted[range], weights?[range]))
            for index in range {
                let distance = (truth[index] - predicted[index]).magnitude
                let weight = weights?[index] ?? 1
                absolute.add(weight * distance)
                squares.add(weight * distance * distance)
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
            return moments.error.value.orNil
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
            return explained(moments.errorSquares)
        }
    }

    private func explained(_ error: Double) -> Double? {
        if moments.truthSquares > 0 { return (1 - error / moments.truthSquares).orNil }
        return error == 0 ? 1 : 0
    }

    /// `nil` where one side is constant.
    public var pearson: Double? {
        get throws(MetricError) {
            try requireExamples()
            guard moments.truthSquares > 0, moments.predictedSquares > 0 else { return nil }
            let spread = moments.truthSquares.squareRoot() * moments.predictedSquares.squareRoot()
            return (moments.products / spread).orNil.map { max(-1, min(1, $0)) }
        }
    }

    /// Lin's concordance: 2 s_xy / (s_x² + s_y² + (mean x − mean y)²); `nil` where one side is
    /// constant.
    public var concordance: Double? {
        get throws(MetricError) {
            try requireExamples()
            guard moments.truthSquares > 0, moments.predictedSquares > 0 else { return nil }
            let distance = moments.error.value
            let spread =
                moments.truthSquares + moments.predictedSquares
                + moments.weight * distance * distance
            return (2 * moments.products / spread).orNil
        }
    }
}

extension Double {
    /// A value that left the range of numbers is none.
    var orNil: Double? { isNaN ? nil : self }
}
