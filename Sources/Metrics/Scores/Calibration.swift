import Statistics

/// How far confidences differ from how often they are right, by bins of equal width.
///
/// The bin is the largest k with k/B ≤ p, 1 in the last. Without weights the sums are whole numbers
/// (confidences in steps of 2⁻⁴⁰), so no order of adding matters. Source: torchmetrics
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
        /// In steps of 2⁻⁴⁰, of examples without weights.
        var confidence: UInt64 = 0
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
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkProbabilities(scores)
        for index in 0..<truth.count {
            add(scores[index], isRight: truth[index] == 1, weight: weights?[index])
        }
    }

    /// Of several classes: how often the one with the largest probability is the truth's; the first
    /// of equals.
    ///
    /// - Parameters:
    ///   - truth: from 0 to `width` − 1.
    ///   - rows: probabilities, examples × classes, row by row.
    public mutating func add(
        truth: LabelView, rows: ScoreView, width: Int, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkRows(rows, width: width, count: truth.count)
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkLabels(truth, below: width, "the truth")
        try Inputs.checkProbabilities(rows)
        for index in 0..<truth.count {
            let row = rows.rows(index..<index + 1, width: width)
            let top = TopK.largest(of: row)
            add(row[top], isRight: top == truth[index], weight: weights?[index])
        }
    }

    private mutating func add(_ confidence: Double, isRight: Bool, weight: Double?) {
        let binCount = sums.count
        var bin = min(binCount - 1, Int(confidence * Double(binCount)))
        // The product may round to the other side of an edge.
        while bin > 0 && Double(bin) / Double(binCount) > confidence { bin -= 1 }
        while bin + 1 < binCount && Double(bin + 1) / Double(binCount) <= confidence { bin += 1 }
        sums[bin].count += 1
        if let weight {
            isWeighted = true
            sums[bin].weight.add(weight)
            if isRight { sums[bin].rightWeight.add(weight) }
            sums[bin].weightedConfidence.add(weight * confidence)
        } else {
            sums[bin].right += isRight ? 1 : 0
            sums[bin].confidence += UInt64((confidence * 0x1p40).rounded(.toNearestOrEven))
        }
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
                isWeighted ? sums.weightedConfidence.value : Double(sums.confidence) * 0x1p-40
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
