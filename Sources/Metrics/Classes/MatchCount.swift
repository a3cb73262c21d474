import Statistics

/// How many predictions are the truth: accuracy, where nothing else is asked for.
public struct MatchCount: Accumulator, Equatable {
    private var mean = MeanOfExamples()

    public init() {}

    /// - Parameters:
    ///   - truth: classes; any numbers.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, predicted: LabelView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, predicted.count])
        try Inputs.check(weights, count: truth.count)
        if let weights {
            for index in 0..<truth.count {
                mean.add(truth[index] == predicted[index] ? 1 : 0, weight: weights[index])
            }
        } else {
            var hits = 0
            for index in 0..<truth.count where truth[index] == predicted[index] { hits += 1 }
            mean.add(sum: Double(hits), weight: Double(truth.count), count: truth.count)
        }
    }

    public mutating func merge(_ other: MatchCount) { mean.merge(other.mean) }

    public var exampleCount: Int { mean.count }
    public var accuracy: Double { get throws(MetricError) { try mean.value } }

    /// 1 for each example whose prediction is its truth, else 0: what paired tests compare.
    public static func each(
        truth: LabelView, predicted: LabelView, into hits: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, predicted.count, hits.count])
        for index in 0..<truth.count {
            hits[index] = truth[index] == predicted[index] ? 1 : 0
        }
    }
}
