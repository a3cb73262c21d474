import CMetrics

/// Rows of probabilities, one for each class, as models write them.
public enum ProbabilityRows {
    /// How far from 1 the sum of a row may be: models round.
    public static let tolerance = 0.01

    /// The class with the largest score of each row, the first of equals.
    ///
    /// - Parameter rows: examples × classes, row by row; not empty rows.
    /// - Returns: `nil` where a score is no probability, or those of a row do not add up to 1.
    public static func tops(_ rows: ScoreView, width: Int) -> [Int32]? {
        precondition(
            width > 0 && rows.count % width == 0, "\(rows.count) scores in rows of \(width)")
        let count = rows.count / width
        var bad: Int32 = 0
        let tops = [Int32](unsafeUninitializedCapacity: count) { tops, initialized in
            initialized = count
            if count == 0 { return }
            switch rows {
            case .float32(let rows):
                withUnsafeTemporaryAllocation(of: Float.self, capacity: 64 * width) { scratch in
                    scratch.initialize(repeating: 0)
                    cairn_row_tops_f32(
                        rows.start, count, UInt32(width), tolerance, scratch.baseAddress,
                        tops.baseAddress, &bad)
                }
            case .float64(let rows):
                withUnsafeTemporaryAllocation(of: Double.self, capacity: 64 * width) { scratch in
                    scratch.initialize(repeating: 0)
                    cairn_row_tops_f64(
                        rows.start, count, UInt32(width), tolerance, scratch.baseAddress,
                        tops.baseAddress, &bad)
                }
            }
        }
        return bad == 0 ? tops : nil
    }
}
