import CMetrics
import Statistics

/// How far confidences differ from how often they are right, by bins of equal width.
///
/// The bin is the largest k with k/B ≤ p, 1 in the last. Without weights the sums are whole numbers
/// (confidences in steps of 2⁻⁴⁶), so no order of adding matters. Source: torchmetrics
/// (`CalibrationError`), with edges in float64.
public struct Calibration: Accumulator, Equatable {
    /// One bin: what a reliability diagram shows.
    public struct Bin: Sendable, Equatable {
        public let count: Int
        /// The weight of its examples; `count` without weights.
        public let weight: Double
        /// 0 for an empty bin, as is `accuracy`.
        public let meanConfidence: Double
        /// The share of the weight whose truth is what was predicted.
        public let accuracy: Double
    }

    private struct Sums: Equatable, Sendable {
        var count: UInt64 = 0
        var right: UInt64 = 0
        /// In steps of 2⁻⁴⁶, of examples without weights.
        var confidence: UInt128 = 0
        var weight = CompensatedSum()
        var rightWeight = CompensatedSum()
        var weightedConfidence = CompensatedSum()
    }

    private var sums: [Sums]
    private var isWeighted = false

    public init(binCount: Int) {
        precondition((1...65_536).contains(binCount), "\(binCount) bins")
        sums = Array(repeating: Sums(), count: binCount)
    }

    /// Of a binary task: how often the positive class is true.
    ///
    /// - Parameters:
    ///   - truth: 1 is positive, 0 negative.
    ///   - scores: the probability of 1, from 0 to 1.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, scores: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count])
        guard let weights else {
            for start in stride(from: 0, to: truth.count, by: Self.stepCount) {
                let range = start..<min(truth.count, start + Self.stepCount)
                var bins = [cairn_bin](repeating: cairn_bin(), count: sums.count)
                try BinaryKernels.calibrate(truth[range], scores[range], &bins)
                for (bin, found) in bins.enumerated() {
                    sums[bin].count += found.counts >> 32
                    sums[bin].right += found.counts & 0xFFFF_FFFF
                    sums[bin].confidence += UInt128(found.confidence)
                }
            }
            return
        }
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkProbabilities(scores)
        isWeighted = true
        for index in 0..<truth.count {
            add(scores[index], isRight: truth[index] == 1, weight: weights[index])
        }
    }

    /// What the sums of a kernel hold.
    private static let stepCount = 65_536

    /// Of several classes: how often the one with the largest probability is the truth's; the first
    /// of equals.
    ///
    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: probabilities, examples × classes, row by row.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try add(
            RowFacts(truth: truth, rows: rows, width: width, wanted: .largest), weights: weights)
    }

    /// - Parameter facts: of probabilities, with the largest.
    public mutating func add(
        _ facts: RowFacts, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        facts.require(.largest)
        let isRight = facts.truth.withUnsafeBufferPointer { truth in
            facts.top.withUnsafeBufferPointer { top in
                truth.indices.map { truth[$0] == top[$0] ? UInt8(1) : 0 }
            }
        }
        try isRight.withView { (isRight) throws(MetricError) in
            try facts.largest.withView { (largest) throws(MetricError) in
                try add(truth: .uint8(isRight), scores: .float64(largest), weights: weights)
            }
        }
    }

    private mutating func add(_ confidence: Double, isRight: Bool, weight: Double) {
        let binCount = sums.count
        var bin = min(binCount - 1, Int(confidence * Double(binCount)))
        // The product may round to the other side of an edge.
        while bin > 0 && Double(bin) / Double(binCount) > confidence { bin -= 1 }
        while bin + 1 < binCount && Double(bin + 1) / Double(binCount) <= confidence { bin += 1 }
        sums[bin].count += 1
        sums[bin].weight.add(weight)
        if isRight { sums[bin].rightWeight.add(weight) }
        sums[bin].weightedConfidence.add(weight * confidence)
    }

    public mutating func merge(_ other: Calibration) {
        precondition(sums.count == other.sums.count, "\(sums.count) and \(other.sums.count) bins")
        isWeighted = isWeighted || other.isWeighted
        for bin in sums.indices {
            sums[bin].count += other.sums[bin].count
            sums[bin].right += other.sums[bin].right
            sums[bin].confidence += other.sums[bin].confidence
            sums[bin].weight.merge(other.sums[bin].weight)
            sums[bin].rightWeight.merge(other.sums[bin].rightWeight)
            sums[bin].weightedConfidence.merge(other.sums[bin].weightedConfidence)
        }
    }

    public var bins: [Bin] {
        sums.map { sums in
            let weight = isWeighted ? sums.weight.value : Double(sums.count)
            guard weight > 0 else {
                return Bin(count: Int(sums.count), weight: 0, meanConfidence: 0, accuracy: 0)
            }
            let confidence =
                isWeighted ? sums.weightedConfidence.value : Double(sums.confidence) * 0x1p-46
            let right = isWeighted ? sums.rightWeight.value : Double(sums.right)
            return Bin(
                count: Int(sums.count), weight: weight, meanConfidence: confidence / weight,
                accuracy: right / weight)
        }
    }

    public func requireExamples() throws(MetricError) {
        guard sums.contains(where: { $0.count > 0 }) else { throw Inputs.noExample }
        guard bins.contains(where: { $0.weight > 0 }) else { throw Inputs.noWeight }
    }

    /// Σ share · |accuracy − confidence|.
    public var expectedError: Double {
        get throws(MetricError) { try gaps().map { $0.share * $0.gap }.exactSum }
    }

    public var maximumError: Double {
        get throws(MetricError) { try gaps().map(\.gap).max() ?? 0 }
    }

    /// √ Σ share · (accuracy − confidence)².
    public var rootMeanSquareError: Double {
        get throws(MetricError) {
            try gaps().map { $0.share * $0.gap * $0.gap }.exactSum.squareRoot()
        }
    }

    private func gaps() throws(MetricError) -> [(share: Double, gap: Double)] {
        try requireExamples()
        let filled = bins.filter { $0.weight > 0 }
        let total = filled.map(\.weight).exactSum
        return filled.map { ($0.weight / total, abs($0.accuracy - $0.meanConfidence)) }
    }
}
