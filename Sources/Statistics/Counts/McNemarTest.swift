/// Two versions on the same examples, right or wrong: only the examples where they disagree count.
///
/// The exact form is the default for accuracy on one test set; the χ² forms are for comparison
/// with other tools. Source: McNemar 1947; Edwards 1948 (continuity).
public struct McNemarTest: Equatable, Sendable {
    public let status: TestStatus
    /// 2 · binomial cdf(min(b, c); b+c, ½), at most 1.
    public let exactP: Double?
    /// (|b−c|−1)²/(b+c), with its p-value on one degree of freedom.
    public let corrected: ChiSquare?
    /// (b−c)²/(b+c), with its p-value on one degree of freedom.
    public let uncorrected: ChiSquare?

    /// A χ² statistic and the chance of a larger one.
    public struct ChiSquare: Equatable, Sendable {
        public let statistic: Double
        public let p: Double

        init(_ statistic: Double) {
            self.statistic = statistic
            p = ChiSquaredDistribution(degreesOfFreedom: 1).sf(statistic)
        }
    }

    /// - Parameters:
    ///   - onlyACorrect: examples that a answered rightly and b wrongly.
    ///   - onlyBCorrect: examples that b answered rightly and a wrongly.
    public init(onlyACorrect: Int, onlyBCorrect: Int) {
        let (b, c) = (Double(onlyACorrect), Double(onlyBCorrect))
        guard onlyACorrect.isCount, onlyBCorrect.isCount else {
            (status, exactP, corrected, uncorrected) = (.invalidInput, nil, nil, nil)
            return
        }
        guard b + c > 0 else {
            (status, exactP, corrected, uncorrected) = (.degenerateEqual, 1, nil, nil)
            return
        }
        status = .ok
        let smaller = min(b, c)
        // P(X ≤ k) of n = b+c fair coins is 1 − I_½(k+1, n−k).
        exactP =
            b == c
            ? 1 : min(1, 2 * IncompleteBeta(a: smaller + 1, b: b + c - smaller, x: 0.5).upper)
        let gap = (b - c).magnitude
        corrected = ChiSquare((gap - 1) * (gap - 1) / (b + c))
        uncorrected = ChiSquare(gap * gap / (b + c))
    }
}
