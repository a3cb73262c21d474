/// Whether a success rate fits a given one, exactly, for any number of trials.
///
/// Two-sided: the sum of the chances of all outcomes no likelier than the one seen, with the
/// relative slack 1e-7 that R and SciPy use. Source: Clopper and Pearson 1934.
public struct BinomialTest: Equatable, Sendable {
    public let status: TestStatus
    public let p: TailProbabilities?

    public init(successes: Int, trials: Int, probability: Double) {
        guard trials.isCount, (0...trials).contains(successes),
            let model = BinomialDistribution(trials: trials, probability: probability)
        else {
            (status, p) = (.invalidInput, nil)
            return
        }
        guard trials > 0 else {
            (status, p) = (.insufficientData, nil)
            return
        }
        status = .ok
        p = TailProbabilities(
            twoSided: Self.twoSided(successes, model), greater: model.sf(successes - 1),
            less: model.cdf(successes))
    }

    private static func twoSided(_ k: Int, _ model: BinomialDistribution) -> Double {
        let mean = Double(model.trials) * model.probability
        let limit = model.pmf(k) * (1 + 1e-7)
        if Double(k) == mean { return 1 }
        // The pmf rises to the mode and falls after it: on the far side of the mean, search.
        if Double(k) < mean {
            let far = firstIndex(in: Int(mean.rounded(.up))...model.trials + 1) {
                $0 > model.trials || model.pmf($0) <= limit
            }
            return model.cdf(k) + model.sf(far - 1)
        }
        let beyond = firstIndex(in: 0...Int(mean.rounded(.down)) + 1) {
            $0 > Int(mean) || model.pmf($0) > limit
        }
        return model.cdf(beyond - 1) + model.sf(k - 1)
    }

    /// The first index for which a condition holds that, once true, stays true; halving.
    private static func firstIndex(in range: ClosedRange<Int>, where holds: (Int) -> Bool) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
