/// The largest gap between the distribution functions of two samples.
///
/// Needs one value a side; infinities have their place. With ties the p-values are upper bounds.
/// Source: Smirnov 1939; Hodges, Arkiv för Matematik 3 (1958) 469–486 (path counting).
public struct KolmogorovSmirnovTest: Equatable, Sendable {
    public let status: TestStatus
    /// D, from 0 to 1.
    public let statistic: Double?
    /// From D on n = n₁n₂/(n₁+n₂), rounded, values, as SciPy does.
    public let asymptoticP: Double?
    /// From the limit distribution of D √(n₁n₂/(n₁+n₂)).
    public let limitP: Double?
    /// From counting lattice paths; only for n₁n₂ ≤ 10,000.
    public let exactP: Double?

    /// The exact p-value where there is one, else the asymptotic one.
    public var p: Double? { exactP ?? asymptoticP }

    /// Which p-values to compute. Counting paths takes time n₁n₂.
    enum Forms { case all, asymptotic }

    /// - Parameter workers: threads for long samples; the result is the same for any number.
    public init(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) {
        self.init(a, b, nanPolicy: nanPolicy, forms: .all, workers: workers)
    }

    init(
        _ a: [Double], _ b: [Double], nanPolicy: NaNPolicy = .reject, forms: Forms,
        workers: Int = 1
    ) {
        if let order = GroupOrder.ofLong(a, b, workers: workers) {
            let gap = max(order.gaps.most, -order.gaps.least)
            self.init(gap: gap, a, b, forms)
            return
        }
        guard let a = nanPolicy.apply(a), let b = nanPolicy.apply(b) else {
            self.init(.invalidInput)
            return
        }
        guard !a.isEmpty, !b.isEmpty else {
            self.init(.insufficientData)
            return
        }
        self.init(gap: Self.largestGap(a.sorted(), b.sorted()), a, b, forms)
    }

    private init(_ status: TestStatus) {
        self.status = status
        (statistic, asymptoticP, limitP, exactP) = (nil, nil, nil, nil)
    }

    private init(gap: Int, _ a: [Double], _ b: [Double], _ forms: Forms) {
        let (n1, n2) = (Double(a.count), Double(b.count))
        let d = Double(gap) / (n1 * n2)
        let effective = n1 * n2 / (n1 + n2)
        status = .ok
        statistic = d
        limitP = KolmogorovDistribution.sf(d * effective.squareRoot())
        let size = Int(effective.rounded(.toNearestOrEven))
        asymptoticP = size == 0 ? limitP : KolmogorovDistribution.sf(d, sampleSize: size)
        exactP =
            forms == .all && n1 * n2 <= 10_000
            ? Self.counted(gap, a.count, b.count) : nil
    }

    /// n₁n₂ D, a whole number. Both samples advance past a tied value before the gap is taken.
    private static func largestGap(_ a: [Double], _ b: [Double]) -> Int {
        var (i, j, gap) = (0, 0, 0)
        while i < a.count && j < b.count {
            let value = min(a[i], b[j])
            while i < a.count && a[i] == value { i += 1 }
            while j < b.count && b[j] == value { j += 1 }
            gap = max(gap, abs(i * b.count - j * a.count))
        }
        return gap
    }

    /// The share of monotone paths from (0, 0) to (m, n) that somewhere reach the gap.
    ///
    /// Shares of touching paths are carried forward, never subtracted from 1, so a tiny p keeps
    /// its digits.
    private static func counted(_ gap: Int, _ m: Int, _ n: Int) -> Double {
        var touching = Array(repeating: 0.0, count: n + 1)
        for i in 0...m {
            for j in 0...n {
                if abs(i * n - j * m) >= gap {
                    touching[j] = 1
                } else if i + j > 0 {
                    let left = j == 0 ? 0 : touching[j - 1] * Double(j)
                    touching[j] = (touching[j] * Double(i) + left) / Double(i + j)
                }
            }
        }
        return touching[n]
    }
}
