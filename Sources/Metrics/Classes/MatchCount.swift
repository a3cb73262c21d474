import CMetrics
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
        if let weights {
            let hits = try Inputs.values(truth.count) { (out) throws(MetricError) in
                try Self.each(truth: truth, predicted: predicted, into: out)
            }
            return try mean.add(hits, weights)
        }
        let hits = Self.hits(truth, predicted)
        mean.add(sum: Double(hits), weight: Double(truth.count), count: truth.count)
    }

    private static func hits(_ truth: LabelView, _ predicted: LabelView) -> UInt64 {
        switch (truth, predicted) {
        case (.uint8(let truth), .uint8(let predicted)):
            cairn_matches_u8(truth.start, predicted.start, truth.count)
        case (.int32(let truth), .int32(let predicted)):
            cairn_matches_i32(truth.start, predicted.start, truth.count)
        case (.int32, .uint8), (.uint8, .int32):
            cairn_matches_i32(truth.int32, predicted.int32, truth.count)
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
