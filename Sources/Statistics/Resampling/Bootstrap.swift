import CMetrics

/// A percentile bootstrap of a mean or a difference of means.
///
/// Same seed, same bounds, for any number of workers: every resample draws from a generator keyed
/// by the seed and its own index. Source: Efron 1979; Efron and Tibshirani 1993, ch. 13.
public struct Bootstrap: Equatable, Sendable {
    public let status: TestStatus
    /// The statistic of the sample itself.
    public let estimate: Double?
    public let resamples: Int
    public let seed: UInt64

    private let frame: Frame
    /// The statistic of the two first values, from which all others are measured.
    private let origin: Double
    private let a: [Double]
    /// Empty for a single sample.
    private let b: [Double]

    /// Of the mean of a sample. Needs two finite values, and 1 to 2²⁴ resamples.
    public init(
        meanOf a: [Double], resamples: Int = 2000, seed: UInt64, nanPolicy: NaNPolicy = .reject
    ) {
        let kept = nanPolicy.apply(a)
        let frame = Frame(covering: kept ?? [])
        self.init(kept.map { Side($0, frame) }, nil, frame, resamples, seed)
    }

    /// Of mean(a) − mean(b) for two independent samples.
    public init(
        differenceOf a: [Double], _ b: [Double], resamples: Int = 2000, seed: UInt64,
        nanPolicy: NaNPolicy = .reject
    ) {
        let (keptA, keptB) = (nanPolicy.apply(a), nanPolicy.apply(b))
        let frame = Frame(covering: keptA ?? [], keptB ?? [])
        let isWhole = keptA != nil && keptB != nil
        self.init(
            isWhole ? keptA.map { Side($0, frame) } : nil, keptB.map { Side($0, frame) }, frame,
            resamples, seed)
    }

    /// Of the mean of a − b for pairs, which stay together.
    public init(
        pairedDifferenceOf a: [Double], _ b: [Double], resamples: Int = 2000, seed: UInt64,
        nanPolicy: NaNPolicy = .reject
    ) {
        let pairs = nanPolicy.applyToPairs(a, b)
        let frame = Frame(covering: pairs?.map(\.0) ?? [], pairs?.map(\.1) ?? [])
        let side = pairs.map { pairs in
            Side(pairs.count) { frame.difference(pairs[$0].0, pairs[$0].1) }
        }
        self.init(side, nil, frame, resamples, seed)
    }

    /// The positions of a sample, from its first one.
    private struct Side {
        let origin: DoubleDouble
        let offsets: [Double]

        init(_ count: Int, _ position: (Int) -> DoubleDouble) {
            let first = count > 0 ? position(0) : .zero
            origin = first
            offsets = (0..<count).map { (position($0) - first).value }
        }

        init(_ values: [Double], _ frame: Frame) {
            self.init(values.count) { frame.position(of: values[$0]) }
        }

        /// The mean, from the first position.
        var mean: DoubleDouble {
            DoubleDouble(CompensatedSum(of: offsets).value / Double(offsets.count), minus: 0)
        }
    }

    private init(_ a: Side?, _ b: Side?, _ frame: Frame, _ resamples: Int, _ seed: UInt64) {
        (self.frame, self.resamples, self.seed) = (frame, resamples, seed)
        var refusal: TestStatus?
        let isFinite = ((a?.offsets ?? []) + (b?.offsets ?? [])).allSatisfy(\.isFinite)
        if !(1...1 << 24).contains(resamples) || !isFinite || a == nil {
            refusal = .invalidInput
        } else if min(a?.offsets.count ?? 0, b?.offsets.count ?? .max) < 2 {
            refusal = .insufficientData
        }
        guard refusal == nil, let a else {
            (status, estimate, origin) = (refusal ?? .invalidInput, nil, 0)
            (self.a, self.b) = ([], [])
            return
        }
        status = .ok
        let origin = a.origin - (b?.origin ?? .zero)
        estimate = frame.length((origin + (a.mean - (b?.mean ?? .zero))).value)
        self.origin = origin.value
        self.a = a.offsets
        self.b = b?.offsets ?? []
    }

    /// The statistic of one resample, by its index.
    public func replicate(_ index: Int) -> Double? {
        status == .ok ? frame.length(scaledReplicate(index)) : nil
    }

    /// The interval between the type-7 quantiles (1−c)/2 and (1+c)/2 of all replicates.
    ///
    /// - Parameter parallel: runs its second argument for every number below its first, in any
    ///   order and on any threads, and returns when all are done; for example
    ///   `DispatchQueue.concurrentPerform`. Default: one after the other.
    /// - Returns: `nil` unless the status is `ok` and the confidence in (0, 1).
    public func interval(
        confidence: Double = 0.95,
        parallel: (Int, @Sendable (Int) -> Void) -> Void = Bootstrap.inOrder
    ) -> Interval? {
        guard status == .ok, confidence > 0, confidence < 1 else { return nil }
        let chunk = 64
        let replicates = [Double](unsafeUninitializedCapacity: resamples) { buffer, count in
            nonisolated(unsafe) let slots = buffer
            parallel((resamples + chunk - 1) / chunk) { part in
                for index in part * chunk..<min(resamples, (part + 1) * chunk) {
                    slots.initializeElement(at: index, to: scaledReplicate(index))
                }
            }
            count = resamples
        }
        guard let sorted = SortedSample(replicates),
            let low = sorted.quantile((1 - confidence) / 2),
            let high = sorted.quantile((1 + confidence) / 2)
        else { return nil }
        return Interval(low: frame.length(low), high: frame.length(high))
    }

    private func scaledReplicate(_ index: Int) -> Double {
        // Each sample of each resample draws by a key of its own.
        let key = cairn_random(seed, UInt64(index))
        let mean = cairn_resampled_sum(a, a.count, cairn_random(key, 0)) / Double(a.count)
        if b.isEmpty { return origin + mean }
        return origin
            + (mean - cairn_resampled_sum(b, b.count, cairn_random(key, 1)) / Double(b.count))
    }

    /// Runs work for 0, 1, … one after the other.
    public static func inOrder(_ count: Int, _ work: @Sendable (Int) -> Void) {
        for index in 0..<count { work(index) }
    }
}
