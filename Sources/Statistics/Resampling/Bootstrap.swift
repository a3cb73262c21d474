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
        self.init(kept?.map(frame.position), nil, frame, resamples, seed)
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
            isWhole ? keptA?.map(frame.position) : nil, keptB?.map(frame.position), frame,
            resamples, seed)
    }

    /// Of the mean of a − b for pairs, which stay together.
    public init(
        pairedDifferenceOf a: [Double], _ b: [Double], resamples: Int = 2000, seed: UInt64,
        nanPolicy: NaNPolicy = .reject
    ) {
        let pairs = nanPolicy.applyToPairs(a, b)
        let frame = Frame(covering: pairs?.map(\.0) ?? [], pairs?.map(\.1) ?? [])
        self.init(
            pairs?.map { frame.difference($0.0, $0.1) }, nil, frame, resamples, seed)
    }

    private init(
        _ a: [DoubleDouble]?, _ b: [DoubleDouble]?, _ frame: Frame, _ resamples: Int, _ seed: UInt64
    ) {
        (self.frame, self.resamples, self.seed) = (frame, resamples, seed)
        var refusal: TestStatus?
        if !(1...1 << 24).contains(resamples)
            || !((a ?? []) + (b ?? [])).allSatisfy(\.value.isFinite) || a == nil
        {
            refusal = .invalidInput
        } else if min(a?.count ?? 0, b?.count ?? .max) < 2 {
            refusal = .insufficientData
        }
        guard refusal == nil, let a else {
            (status, estimate, origin) = (refusal ?? .invalidInput, nil, 0)
            (self.a, self.b) = ([], [])
            return
        }
        let (first, second) = (Moments(a), Moments(b ?? []))
        status = .ok
        estimate = frame.length(first.meanMinus(second).value)
        origin = (first.origin - second.origin).value
        self.a = first.offsets.map(\.value)
        self.b = second.offsets.map(\.value)
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
        var random = KeyedRandom(seed: seed, index: index)
        let mean = Self.resampledMean(a, &random)
        return origin + (b.isEmpty ? mean : mean - Self.resampledMean(b, &random))
    }

    private static func resampledMean(_ values: [Double], _ random: inout KeyedRandom) -> Double {
        var sum = 0.0
        for _ in values.indices { sum += values[random.index(below: values.count)] }
        return sum / Double(values.count)
    }

    /// Runs work for 0, 1, … one after the other.
    public static func inOrder(_ count: Int, _ work: @Sendable (Int) -> Void) {
        for index in 0..<count { work(index) }
    }
}
