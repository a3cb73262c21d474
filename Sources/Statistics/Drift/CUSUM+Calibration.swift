import func Glibc.exp
import func Glibc.log

extension CUSUM {
    /// The threshold h at which standard normal values raise an alarm once in `runLength` values on
    /// average, both directions together.
    ///
    /// The mean run length of one direction is (e^(2kb) − 2kb − 1)/(2k²) with b = h + 1.166.
    /// - Returns: `nil` unless the slack is above 0 and the run length above 2.
    /// Source: Siegmund, Sequential Analysis, 1985, ch. 2; accurate to a few percent.
    public static func threshold(forRunLength runLength: Double, slack: Double) -> Double? {
        guard slack > 0, slack.isFinite, runLength > 2, runLength.isFinite else { return nil }
        // Two directions alarm twice as often as one.
        let goal = log(2 * runLength * 2 * slack * slack)
        let excess = { (h: Double) in
            let exponent = 2 * slack * (h + 1.166)
            // e^x − x − 1 is e^x where that no longer fits.
            return exponent > 700 ? exponent - goal : log(exp(exponent) - exponent - 1) - goal
        }
        if excess(0) >= 0 { return 0 }
        return root(from: 0, to: (goal + 10) / slack, of: excess)
    }

    /// The threshold h that at most a share `falseAlarmRate` of streams of `length` values drawn
    /// from the reference exceed: for values that are not normal.
    ///
    /// - Parameter streams: how many streams are drawn; the answer's error falls with its root.
    /// - Returns: `nil` for an empty reference, one with a value that is not finite, or arguments
    ///   outside their ranges.
    public static func calibratedThreshold(
        reference: [Double], mean: Double, slack: Double, length: Int, falseAlarmRate: Double,
        streams: Int = 400, seed: UInt64
    ) -> Double? {
        guard !reference.isEmpty, reference.allSatisfy(\.isFinite), length >= 1, streams >= 1,
            falseAlarmRate > 0, falseAlarmRate < 1
        else { return nil }
        let peaks = (0..<streams).map { stream in
            var random = KeyedRandom(seed: seed, index: stream)
            var (rise, fall, peak) = (0.0, 0.0, 0.0)
            for _ in 0..<length {
                let value = reference[random.index(below: reference.count)]
                rise = max(0, rise + value - mean - slack)
                fall = max(0, fall - value + mean - slack)
                peak = max(peak, max(rise, fall))
            }
            return peak
        }
        return SortedSample(peaks)?.quantile(1 - falseAlarmRate)
    }
}
