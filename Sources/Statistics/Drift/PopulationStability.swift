import CMetrics

/// The population stability index of two samples over the same bins: Σ (q−p) ln(q/p).
///
/// A share of 0 becomes ε, and nothing is renormalised. With no change the index is about
/// (1/n+1/m) χ²(bins−1), so a fixed limit of 0.1 cries wolf in small samples: compare with
/// `nullThreshold`, and with 0.1 as the smallest effect that matters.
/// Source: Yurdakul, Statistical Properties of Population Stability Index, 2018.
public struct PopulationStability: Equatable, Sendable {
    public let status: TestStatus
    public let edges: [Double]
    public let referenceCounts: [Int]
    public let currentCounts: [Int]
    public let index: Double?

    /// Bins at the reference's type-7 quantiles k/bins; equal edges count once.
    ///
    /// NaN under `.reject`, or fewer than one bin, are `invalidInput`; an empty sample is
    /// `insufficientData`.
    /// - Parameter workers: threads for long samples; the result is the same for any number.
    public init(
        reference: [Double], current: [Double], bins: Int = 10, epsilon: Double = 1e-4,
        nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) {
        guard bins >= 1, let cuts = Self.cuts(reference, bins, nanPolicy, workers) else {
            self.init(.invalidInput)
            return
        }
        let edges = cuts.reduce(into: [Double]()) { if $0.last != $1.value { $0.append($1.value) } }
        // Where the cuts say what lies between them, the reference is not counted again.
        if let ofReference = Self.counts(between: cuts, of: reference.count),
            let bins = Bins(edges: edges),
            let ofCurrent = Self.counts(current, bins, nanPolicy, workers)
        {
            self.init(
                referenceCounts: ofReference, currentCounts: ofCurrent, edges: edges,
                epsilon: epsilon)
            return
        }
        self.init(
            reference: reference, current: current, edges: edges, epsilon: epsilon,
            nanPolicy: nanPolicy, workers: workers)
    }

    /// None of an empty sample; `nil` where NaN rules them out.
    private static func cuts(
        _ reference: [Double], _ bins: Int, _ nanPolicy: NaNPolicy, _ workers: Int
    ) -> [SortedSample.Cut]? {
        let parts = (1..<bins).map { Double($0) / Double(bins) }
        let long = reference.withUnsafeBufferPointer { reference in
            // Short ones are sorted faster.
            reference.count > 4096
                ? SortedSample.cuts(parts, of: .float64([reference]), workers: workers) : nil
        }
        if let long { return long }
        let sample = nanPolicy.apply(reference).flatMap(SortedSample.init)
        return sample.map { sample in
            parts.compactMap(sample.quantile).map { SortedSample.Cut(value: $0, countUpTo: nil) }
        }
    }

    /// - Returns: `nil` where there is no cut, or one that does not say what is below it.
    private static func counts(between cuts: [SortedSample.Cut], of count: Int) -> [Int]? {
        var (counts, before) = ([Int](), 0)
        for cut in cuts {
            guard let next = cut.countUpTo else { return nil }
            counts.append(next - before)
            before = next
        }
        return cuts.isEmpty ? nil : counts + [count - before]
    }

    /// Bins between ascending edges, both ends open. A value on an edge belongs to its left.
    public init(
        reference: [Double], current: [Double], edges: [Double], epsilon: Double = 1e-4,
        nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) {
        guard let bins = Bins(edges: edges),
            let ofReference = Self.counts(reference, bins, nanPolicy, workers),
            let ofCurrent = Self.counts(current, bins, nanPolicy, workers)
        else {
            self.init(.invalidInput)
            return
        }
        self.init(
            referenceCounts: ofReference, currentCounts: ofCurrent, edges: edges,
            epsilon: epsilon)
    }

    private static func counts(
        _ values: [Double], _ bins: Bins, _ nanPolicy: NaNPolicy, _ workers: Int
    ) -> [Int]? {
        bins.counts(of: values, workers: workers)
            ?? nanPolicy.apply(values).flatMap { bins.counts(of: $0, workers: workers) }
    }

    /// From counts per bin, as a live stream keeps them.
    public init(
        referenceCounts: [Int], currentCounts: [Int], edges: [Double] = [],
        epsilon: Double = 1e-4
    ) {
        guard referenceCounts.count == currentCounts.count, epsilon > 0, epsilon < 1,
            (referenceCounts + currentCounts).allSatisfy(\.isCount)
        else {
            self.init(.invalidInput)
            return
        }
        let n = referenceCounts.reduce(0.0) { $0 + Double($1) }
        let m = currentCounts.reduce(0.0) { $0 + Double($1) }
        guard n > 0, m > 0 else {
            self.init(.insufficientData, edges, referenceCounts, currentCounts)
            return
        }
        let terms = zip(referenceCounts, currentCounts).lazy.map { reference, current in
            let p = reference == 0 ? epsilon : Double(reference) / n
            let q = current == 0 ? epsilon : Double(current) / m
            return (q - p) * cairn_log(q / p)
        }
        self.init(
            .ok, edges, referenceCounts, currentCounts, index: CompensatedSum(of: terms).value)
    }

    private init(
        _ status: TestStatus, _ edges: [Double] = [], _ referenceCounts: [Int] = [],
        _ currentCounts: [Int] = [], index: Double? = nil
    ) {
        self.status = status
        self.edges = edges
        (self.referenceCounts, self.currentCounts) = (referenceCounts, currentCounts)
        self.index = index
    }

    /// (1/n+1/m) times the χ² critical value at level α: what an unchanged stream seldom exceeds.
    /// `nil` with a single bin.
    public func nullThreshold(alpha: Double = 0.01) -> Double? {
        guard status == .ok, referenceCounts.count >= 2, alpha > 0, alpha < 1 else { return nil }
        let chi2 = ChiSquaredDistribution(degreesOfFreedom: Double(referenceCounts.count - 1))
        let n = referenceCounts.reduce(0.0) { $0 + Double($1) }
        let m = currentCounts.reduce(0.0) { $0 + Double($1) }
        return (1 / n + 1 / m) * chi2.upperQuantile(alpha)
    }

    /// Whether both samples have ten values a bin, which `nullThreshold` needs to be trusted.
    public var isCalibrated: Bool {
        let bins = referenceCounts.count
        return status == .ok && referenceCounts.reduce(0, +) >= 10 * bins
            && currentCounts.reduce(0, +) >= 10 * bins
    }

    /// Whether the index is more than chance explains and an effect that matters.
    public func isDrift(alpha: Double = 0.01, smallestEffect: Double = 0.1) -> Bool {
        guard let index, let threshold = nullThreshold(alpha: alpha) else { return false }
        return index > threshold && index >= smallestEffect
    }
}
