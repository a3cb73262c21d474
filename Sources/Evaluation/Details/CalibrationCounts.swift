/// How often answers of a given confidence were right, in 15 bins.
///
/// Bin k holds [k/15, (k+1)/15), the last one also 1. Sums are whole numbers, in steps of 2⁻³², so
/// that their order does not matter.
struct CalibrationCounts: Sendable, Equatable {
    static let binCount = 15
    private static let unit = 0x1p32
    /// As doubles, so that the bin of an edge is the one above it.
    private static let edges = (0...binCount).map { Double($0) / Double(binCount) }

    private var counts = [UInt64](repeating: 0, count: binCount)
    private var right = [UInt64](repeating: 0, count: binCount)
    private var confidences = [UInt64](repeating: 0, count: binCount)

    @inline(__always)
    mutating func add(_ confidence: Double, isRight: Bool) {
        var bin = min(Self.binCount - 1, Int(confidence * Double(Self.binCount)))
        // The product may round to the other side of an edge.
        if bin + 1 < Self.binCount, confidence >= Self.edges[bin + 1] { bin += 1 }
        if confidence < Self.edges[bin] { bin -= 1 }
        counts[bin] += 1
        right[bin] += isRight ? 1 : 0
        confidences[bin] += UInt64(confidence * Self.unit)
    }

    mutating func merge(_ other: CalibrationCounts) {
        for bin in counts.indices {
            counts[bin] += other.counts[bin]
            right[bin] += other.right[bin]
            confidences[bin] += other.confidences[bin]
        }
    }

    /// Empty where there were no answers.
    var bins: [CalibrationBin] {
        guard counts.contains(where: { $0 > 0 }) else { return [] }
        return counts.indices.map { bin in
            let count = Double(counts[bin])
            return CalibrationBin(
                low: Self.edges[bin], high: Self.edges[bin + 1], count: counts[bin],
                meanConfidence: count == 0 ? 0 : Double(confidences[bin]) / Self.unit / count,
                accuracy: count == 0 ? 0 : Double(right[bin]) / count)
        }
    }
}
