/// Two success rates: the pooled z-test, and intervals that hold also for few or no successes.
///
/// z = (p_a−p_b)/√(p(1−p)(1/n_a+1/n_b)) with the pooled p. Where any expected count is below 5 use
/// `FisherExactTest`.
public struct TwoProportionTest: Equatable, Sendable {
    public let status: TestStatus
    public let z: Double?
    public let p: TailProbabilities?
    public let a: Proportion?
    public let b: Proportion?

    /// Negative counts, or more successes than trials, are `invalidInput`; no trials are
    /// `insufficientData`.
    public init(successesA: Int, trialsA: Int, successesB: Int, trialsB: Int) {
        guard trialsA.isCount, (0...trialsA).contains(successesA), trialsB.isCount,
            (0...trialsB).contains(successesB)
        else {
            (status, z, p, a, b) = (.invalidInput, nil, nil, nil, nil)
            return
        }
        guard let a = Proportion(successes: successesA, trials: trialsA),
            let b = Proportion(successes: successesB, trials: trialsB)
        else {
            (status, z, p, a, b) = (.insufficientData, nil, nil, nil, nil)
            return
        }
        (self.a, self.b) = (a, b)
        let failures = trialsA - successesA + trialsB - successesB
        if successesA + successesB == 0 || failures == 0 {
            (status, z, p) = (.degenerateEqual, 0, .certain)
            return
        }
        let total = Double(trialsA) + Double(trialsB)
        let pooled = (Double(successesA) + Double(successesB)) / total
        let variance = pooled * (Double(failures) / total)
        let error = (variance * (1 / a.n + 1 / b.n)).squareRoot()
        let z = a.minus(b) / error
        (status, self.z, p) = (.ok, z, TailProbabilities(normal: z))
    }

    /// Newcombe's interval for p_a − p_b, built from the two Wilson intervals.
    ///
    /// Source: Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10.
    public func newcombe(confidence: Double = 0.95) -> Interval? {
        guard let a, let b, let wa = a.wilson(confidence: confidence),
            let wb = b.wilson(confidence: confidence)
        else { return nil }
        let difference = a.minus(b)
        let below = euclideanNorm([a.value - wa.low, wb.high - b.value])
        let above = euclideanNorm([wa.high - a.value, b.value - wb.low])
        return Interval(low: max(-1, difference - below), high: min(1, difference + above))
    }

    /// Whether rate a is not below rate b by more than a margin, by Newcombe's bounds at level α.
    ///
    /// Pass only where the lower bound is above −margin, fail only where the upper one is below it.
    public func nonInferiority(margin: Double, alpha: Double = 0.05) -> Verdict {
        guard let bounds = newcombe(confidence: 1 - 2 * alpha) else { return .inconclusive }
        if bounds.low > -margin { return .pass }
        return bounds.high < -margin ? .fail : .inconclusive
    }

    /// The unpooled standard error of p_a − p_b, for the minimum detectable effect.
    public var standardError: Double? {
        guard let a, let b else { return nil }
        return (a.value * (1 - a.value) / a.n + b.value * (1 - b.value) / b.n).squareRoot()
    }
}

/// A success rate with the counts it came from.
public struct Proportion: Equatable, Sendable {
    public let successes: Int
    public let trials: Int

    /// - Returns: `nil` unless 0 ≤ successes ≤ trials ≤ `largestCount` and there are trials.
    public init?(successes: Int, trials: Int) {
        guard trials > 0, trials.isCount, (0...trials).contains(successes) else { return nil }
        self.successes = successes
        self.trials = trials
    }

    public var value: Double { Double(successes) / n }

    /// Wilson's score interval. `nil` for a confidence outside (0, 1).
    ///
    /// Source: Wilson, JASA 22 (1927) 209–212.
    public func wilson(confidence: Double = 0.95) -> Interval? {
        guard confidence > 0, confidence < 1 else { return nil }
        let z = NormalDistribution.upperQuantile((1 - confidence) / 2)
        return Interval(
            low: wilsonLow(Double(successes), z), high: 1 - wilsonLow(Double(trials - successes), z)
        )
    }

    /// The largest rate that does not make so few successes rarer than 1 − confidence: Clopper and
    /// Pearson's upper bound. `nil` for a confidence outside (0, 1).
    public func exactUpperBound(confidence: Double) -> Double? {
        guard confidence > 0, confidence < 1 else { return nil }
        guard successes < trials else { return 1 }
        return root(from: value, to: 1) { rate in
            let model = BinomialDistribution(trials: trials, probability: rate)
            return (model?.cdf(successes) ?? 0) - (1 - confidence)
        }
    }

    var n: Double { Double(trials) }

    /// The smaller root of (p̂−π)² = z² π(1−π)/n, from the larger one, so that it keeps its digits.
    private func wilsonLow(_ successes: Double, _ z: Double) -> Double {
        let rate = successes / n
        let square = z * z / n
        let root = (square * (rate * (1 - rate) + square / 4)).squareRoot()
        let divisor = rate + square / 2 + root
        // A confidence near 0 leaves the rate itself.
        return divisor > 0 ? rate * rate / divisor : 0
    }

    /// This rate minus another, rounded once.
    func minus(_ other: Proportion) -> Double {
        let products =
            Int128(successes) * Int128(other.trials) - Int128(other.successes) * Int128(trials)
        return Double(products) / n / other.n
    }
}
