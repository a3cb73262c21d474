import Statistics

/// Paired means of two arms, looked at after every pair. Lower is worse.
public struct MeansTrial: SequentialTrial {
    public enum Test: Sendable {
        /// The mixture test with the true variance.
        case knownVariance
        /// The mixture test, on the pairs after the first 50, with the variance of their differences.
        case varianceOfFirst50
        /// The t mixture, which needs no variance.
        case student
    }

    public let test: Test
    /// mean(candidate) − mean(baseline), in standard deviations of one value.
    public let effect: Double
    /// τ², in variances of one value.
    public let mixingVariance: Double
    public let pairs: Int
    public let alpha: Double

    public init(test: Test, effect: Double, mixingVariance: Double, pairs: Int, alpha: Double) {
        (self.test, self.effect, self.mixingVariance) = (test, effect, mixingVariance)
        (self.pairs, self.alpha) = (pairs, alpha)
    }

    public func run(_ random: inout TrialRandom) -> TrialEnd {
        switch test {
        case .knownVariance:
            return normal(variance: 1, from: 0, &random)
        case .varianceOfFirst50:
            var summary = NumberSummary(stream: 0)
            for _ in 0..<50 { summary.add(random.normal() - random.normal()) }
            let deviation = summary.standardDeviation ?? 1
            return normal(variance: deviation * deviation / 2, from: 50, &random)
        case .student:
            // A difference has twice the variance of a value.
            var test = StudentMixtureTest(mixingVariance: mixingVariance / 2)!
            for pair in 1...pairs {
                test.add(random.normal(), random.normal() + effect)
                guard test.rejects(atLevel: alpha) else { continue }
                return (test.meanDifference ?? 0) < 0 ? .worse(at: pair) : .better(at: pair)
            }
            return .quiet
        }
    }

    private func normal(
        variance: Double, from first: Int, _ random: inout TrialRandom
    ) -> TrialEnd {
        var test = MixtureSPRT(variance: variance, mixingVariance: mixingVariance)!
        for pair in first..<pairs {
            test.add(random.normal(), random.normal() + effect)
            guard test.rejects(atLevel: alpha) else { continue }
            return (test.meanDifference ?? 0) < 0 ? .worse(at: pair + 1) : .better(at: pair + 1)
        }
        return .quiet
    }
}

/// The same data at planned looks, by a group-sequential boundary.
public struct PlannedTrial: SequentialTrial {
    public let effect: Double
    public let pairs: Int
    /// |z| that the looks must cross, at equal shares of the pairs.
    public let boundaries: [Double]

    /// - Returns: `nil` for α outside (0, 1).
    public init?(
        spending: GroupSequentialTest.Spending, looks: Int, effect: Double, pairs: Int,
        alpha: Double
    ) {
        let fractions = (1...looks).map { Double($0) / Double(looks) }
        guard
            let boundaries = GroupSequentialTest.boundaries(
                informationFractions: fractions, alpha: alpha, spending: spending)
        else { return nil }
        (self.effect, self.pairs, self.boundaries) = (effect, pairs, boundaries)
    }

    public func run(_ random: inout TrialRandom) -> TrialEnd {
        var (sum, passed) = (0.0, 0)
        for (look, boundary) in boundaries.enumerated() {
            let end = pairs * (look + 1) / boundaries.count
            while passed < end {
                sum += random.normal() + effect - random.normal()
                passed += 1
            }
            let z = sum / (2 * Double(passed)).squareRoot()
            if z.magnitude >= boundary { return z < 0 ? .worse(at: passed) : .better(at: passed) }
        }
        return .quiet
    }
}
