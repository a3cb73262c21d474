/// Whether values of one sample tend to be larger than those of another, by ranks alone.
///
/// Needs one value a side; infinities have their rank. All values tied is `degenerateEqual`.
/// Source: Mann and Whitney 1947; Lehmann, Nonparametrics, 1975 (ties, continuity).
public struct MannWhitneyTest: Equatable, Sendable {
    public let status: TestStatus
    /// The number of pairs in which a is above b; a tied pair counts one half.
    public let u1: Double?
    /// The number of pairs in which b is above a.
    public let u2: Double?
    /// Σ(t³ − t) over the groups of t tied values.
    public let tieTerm: Double?
    /// From the normal approximation with continuity correction ½.
    public let asymptotic: TailProbabilities?
    /// From the normal approximation without continuity correction.
    public let uncorrected: TailProbabilities?
    /// From counting all arrangements; only without ties and for n₁n₂ ≤ 400.
    public let exact: TailProbabilities?

    /// The exact p-values where there are any, else the asymptotic ones.
    public var p: TailProbabilities? { exact ?? asymptotic }

    /// - Parameter workers: threads for long samples; the result is the same for any number.
    public init(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) {
        guard let a = nanPolicy.apply(a), let b = nanPolicy.apply(b) else {
            self.init(.invalidInput)
            return
        }
        guard !a.isEmpty, !b.isEmpty else {
            self.init(.insufficientData)
            return
        }
        self.init(RankSums(a, b, workers: workers))
    }

    private init(_ status: TestStatus) {
        self.status = status
        (u1, u2, tieTerm, asymptotic, uncorrected, exact) = (nil, nil, nil, nil, nil, nil)
    }

    init(_ ranks: RankSums) {
        (u1, u2, tieTerm) = (ranks.u1, ranks.u2, ranks.tieTerm)
        guard ranks.deviation > 0 else {
            (status, asymptotic, uncorrected) = (.degenerateEqual, .certain, .certain)
            exact = nil
            return
        }
        status = .ok
        asymptotic = Self.normal(ranks, continuity: 0.5)
        uncorrected = Self.normal(ranks, continuity: 0)
        exact = ranks.tieTerm == 0 && ranks.pairs <= 400 ? Self.counted(ranks) : nil
    }

    private static func normal(_ ranks: RankSums, continuity: Double) -> TailProbabilities {
        let tail = { (u: Double) in
            NormalDistribution.sf((u - ranks.pairs / 2 - continuity) / ranks.deviation)
        }
        return TailProbabilities(
            twoSided: 2 * tail(max(ranks.u1, ranks.u2)), greater: tail(ranks.u1),
            less: tail(ranks.u2))
    }

    private static func counted(_ ranks: RankSums) -> TailProbabilities {
        let counts = arrangements(ranks.countA, ranks.countB)
        let all = counts.reduce(0, +)
        let tail = { (u: Double) in counts[Int(u)...].reduce(0, +) / all }
        return TailProbabilities(
            twoSided: 2 * tail(max(ranks.u1, ranks.u2)), greater: tail(ranks.u1),
            less: tail(ranks.u2))
    }

    /// How many arrangements of m and n values give each U; whole numbers below 2⁵³.
    ///
    /// The coefficients of Π (1−qⁿ⁺ⁱ)/(1−qⁱ), i = 1…m, which satisfy
    /// f(m,n,u) = f(m−1,n,u−n) + f(m,n−1,u).
    private static func arrangements(_ m: Int, _ n: Int) -> [Double] {
        var counts = Array(repeating: 0.0, count: m * n + 1)
        counts[0] = 1
        for i in 1...m {
            if n + i < counts.count {
                for u in (n + i..<counts.count).reversed() { counts[u] -= counts[u - n - i] }
            }
            if i < counts.count {
                for u in i..<counts.count { counts[u] += counts[u - i] }
            }
        }
        return counts
    }
}
