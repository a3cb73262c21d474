/// How far differences between two versions would scatter on other examples, for statistics of any
/// form: both versions are measured on the same examples, drawn anew with replacement.
///
/// Same seed, same numbers, for any number of workers. Long samples are not drawn from as a whole:
/// the standard error of `rowMax` of n examples, times √(rowMax/n), is that of all, because every
/// statistic that has a standard error at all loses it with √n. Source: Efron 1979; Bickel, Götze and
/// van Zwet, "Resampling fewer than n observations", 1997.
public enum PairedBootstrap {
    public static let rowMax = 20_000
    public static let resamples = 1_000

    /// - Parameters:
    ///   - count: of examples, 2 or more.
    ///   - statisticCount: how many differences come of one resample.
    ///   - differences: is given places of examples, some of them several times.
    /// - Returns: for each statistic its standard error on all examples; `nil` where fewer than half
    ///   of the resamples have a finite difference.
    public static func standardErrors(
        count: Int, statisticCount: Int, resamples: Int = PairedBootstrap.resamples, seed: UInt64,
        workers: Int = 1, differences: @Sendable ([Int32]) -> [Double?]
    ) -> [Double?] {
        guard count >= 2, resamples >= 2 else {
            return Array(repeating: nil, count: statisticCount)
        }
        let rowCount = min(count, rowMax)
        let drawn = Blocks(count: resamples, workers: workers, size: 8).map { range in
            range.map { index in
                var random = KeyedRandom(seed: seed, index: index)
                return differences(
                    (0..<rowCount).map { _ in Int32(random.index(below: count)) })
            }
        }.flatMap(\.self)
        let scale = (Double(rowCount) / Double(count)).squareRoot()
        return (0..<statisticCount).map { statistic in
            let values = drawn.compactMap { $0[statistic] }.filter(\.isFinite)
            guard 2 * values.count >= resamples else { return nil }
            let frame = Frame(covering: values)
            return frame.length(Moments(values, in: frame).deviation * scale)
        }
    }
}
