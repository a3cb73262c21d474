import CMetrics

/// The kernels over a column of probabilities and one of truths, by the types of both.
///
/// A kernel only says that something is not as it must be; the slow checks then find what.
enum BinaryKernels {
    static func logLoss(_ truth: LabelView, _ scores: ScoreView) throws(MetricError) -> Double {
        var (bad, count) = (Int32(0), truth.count)
        let sum =
            switch (scores, truth) {
            case (.float32(let p), .uint8(let y)):
                cairn_log_loss_f32_u8(p.start, y.start, count, &bad)
            case (.float32(let p), .int32(let y)):
                cairn_log_loss_f32_i32(p.start, y.start, count, &bad)
            case (.float64(let p), .uint8(let y)):
                cairn_log_loss_f64_u8(p.start, y.start, count, &bad)
            case (.float64(let p), .int32(let y)):
                cairn_log_loss_f64_i32(p.start, y.start, count, &bad)
            }
        if bad != 0 { try refuse(truth, scores) }
        return sum
    }

    static func logLosses(
        _ truth: LabelView, _ scores: ScoreView, into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) {
        guard let out = losses.baseAddress else { return }
        var (bad, count) = (Int32(0), truth.count)
        switch (scores, truth) {
        case (.float32(let p), .uint8(let y)):
            cairn_log_losses_f32_u8(p.start, y.start, count, out, &bad)
        case (.float32(let p), .int32(let y)):
            cairn_log_losses_f32_i32(p.start, y.start, count, out, &bad)
        case (.float64(let p), .uint8(let y)):
            cairn_log_losses_f64_u8(p.start, y.start, count, out, &bad)
        case (.float64(let p), .int32(let y)):
            cairn_log_losses_f64_i32(p.start, y.start, count, out, &bad)
        }
        if bad != 0 { try refuse(truth, scores) }
    }

    static func brier(_ truth: LabelView, _ scores: ScoreView) throws(MetricError) -> Double {
        var (bad, count) = (Int32(0), truth.count)
        let sum =
            switch (scores, truth) {
            case (.float32(let p), .uint8(let y)):
                cairn_brier_f32_u8(p.start, y.start, count, &bad)
            case (.float32(let p), .int32(let y)):
                cairn_brier_f32_i32(p.start, y.start, count, &bad)
            case (.float64(let p), .uint8(let y)):
                cairn_brier_f64_u8(p.start, y.start, count, &bad)
            case (.float64(let p), .int32(let y)):
                cairn_brier_f64_i32(p.start, y.start, count, &bad)
            }
        if bad != 0 { try refuse(truth, scores) }
        return sum
    }

    /// Adds to `bins`.
    static func calibrate(
        _ truth: LabelView, _ scores: ScoreView, _ bins: inout [cairn_bin]
    ) throws(MetricError) {
        var (bad, count, binCount) = (Int32(0), truth.count, UInt32(bins.count))
        switch (scores, truth) {
        case (.float32(let p), .uint8(let y)):
            cairn_calibrate_f32_u8(p.start, y.start, count, binCount, &bins, &bad)
        case (.float32(let p), .int32(let y)):
            cairn_calibrate_f32_i32(p.start, y.start, count, binCount, &bins, &bad)
        case (.float64(let p), .uint8(let y)):
            cairn_calibrate_f64_u8(p.start, y.start, count, binCount, &bins, &bad)
        case (.float64(let p), .int32(let y)):
            cairn_calibrate_f64_i32(p.start, y.start, count, binCount, &bins, &bad)
        }
        if bad != 0 { try refuse(truth, scores) }
    }

    private static func refuse(_ truth: LabelView, _ scores: ScoreView) throws(MetricError) {
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkProbabilities(scores)
        preconditionFailure("a kernel refused truths and probabilities that are right")
    }
}

extension ColumnView {
    /// For kernels, which read nothing of an empty column.
    var start: UnsafePointer<Element> {
        pointer.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment)!
    }
}
