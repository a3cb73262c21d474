/// Bins of probabilities that are as fine near 0 and near 1 as the scores of a sure model are.
///
/// A bin is 2⁻ᵐ as wide as its distance to the nearer end, down to 2⁻³², so that two scores share a
/// bin only if their odds differ by less than a factor of about 1 + 2⁻ᵐ. A curve over bins passes
/// through the exact curve at every border between bins; what lies between two borders is left out.
struct ScoreScale: Sendable, Equatable {
    /// m.
    let mantissaBits: Int
    let binCount: Int

    private static let octaves = 31
    /// 2⁻³², below which all scores are one.
    private static let firstExponent = 991

    init(mantissaBits: Int) {
        self.mantissaBits = mantissaBits
        binCount = 2 * (Self.octaves << mantissaBits) + 1
    }

    /// 63,489 bins, for one curve.
    static let fine = ScoreScale(mantissaBits: 10)
    /// 3,969 bins, for one curve for each class.
    static let coarse = ScoreScale(mantissaBits: 6)

    /// - Parameter score: in 0...1.
    @inline(__always)
    func bin(_ score: Double) -> Int {
        score < 0.5 ? step(score) : binCount - 1 - step(1 - score)
    }

    /// How many bins lie below a distance of at most ½ from the end.
    @inline(__always)
    private func step(_ distance: Double) -> Int {
        let key = Int(truncatingIfNeeded: distance.bitPattern >> UInt64(52 - mantissaBits))
        return max(0, key - Self.firstExponent << mantissaBits)
    }

    /// The lowest score of a bin.
    func low(_ bin: Int) -> Double {
        let upper = binCount - 1 - bin
        return bin <= upper ? distance(bin) : 1 - distance(upper + 1)
    }

    private func distance(_ step: Int) -> Double {
        if step == 0 { return 0 }
        let key = UInt64(step + Self.firstExponent << mantissaBits)
        return min(0.5, Double(bitPattern: key << UInt64(52 - mantissaBits)))
    }
}

/// The weights of positives and negatives in each bin of a scale.
struct RankedBins: Sendable, Equatable {
    let scale: ScoreScale
    private(set) var positives: [Double]
    private(set) var negatives: [Double]

    init(_ scale: ScoreScale) {
        self.scale = scale
        positives = [Double](repeating: 0, count: scale.binCount)
        negatives = positives
    }

    @inline(__always)
    mutating func add(_ score: Double, isPositive: Bool, weight: Double) {
        let bin = scale.bin(score)
        if isPositive { positives[bin] += weight } else { negatives[bin] += weight }
    }

    /// In the order of blocks: sums of weights depend on it in their last bit.
    mutating func merge(_ other: RankedBins) {
        for bin in positives.indices {
            positives[bin] += other.positives[bin]
            negatives[bin] += other.negatives[bin]
        }
    }

    /// The ROC and the precision-recall curve; none where a class is missing. Those of one of several
    /// classes have fewer points: a dozen share a plot, and a message.
    func curves(label: String) -> [DetailCurve] {
        let countMax = label.isEmpty ? DetailCurve.pointCountMax : 250
        let (p, n) = (positives.reduce(0, +), negatives.reduce(0, +))
        guard p > 0, n > 0 else { return [] }
        var (truePositives, falsePositives) = (0.0, 0.0)
        var roc = [DetailCurve.Point(x: 0, y: 0, threshold: 1)]
        var precisionRecall: [DetailCurve.Point] = []
        for bin in positives.indices.reversed() where positives[bin] > 0 || negatives[bin] > 0 {
            truePositives += positives[bin]
            falsePositives += negatives[bin]
            let threshold = scale.low(bin)
            let recall = min(1, truePositives / p)
            roc.append(.init(x: min(1, falsePositives / n), y: recall, threshold: threshold))
            precisionRecall.append(
                .init(
                    x: recall, y: truePositives / (truePositives + falsePositives),
                    threshold: threshold))
        }
        return [
            DetailCurve(.roc, label: label, Thinning.thinned(roc, to: countMax)),
            DetailCurve(
                .precisionRecall, label: label, Thinning.thinned(precisionRecall, to: countMax)),
        ]
    }
}
