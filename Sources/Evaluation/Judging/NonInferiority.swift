import Statistics

/// Whether a version is not worse than another by more than a margin.
///
/// On right and wrong answers by Tango's score test, on losses of the same examples by the paired
/// t, on other metrics by a paired bootstrap, on repeats by Welch's t. "No significant difference" is
/// not asked: a small test set never shows one.
struct NonInferiority {
    /// The chance of data this good if the version were worse by exactly the margin.
    let p: Double
    /// The chance of data this bad if it were.
    let pInferior: Double
    let method: String
    let minimumDetectable: Double?

    /// - Parameters:
    ///   - margin: more than 0, in the metric's unit.
    ///   - resampled: the standard error of the difference, for metrics that are no means.
    /// - Returns: `nil` where no test applies.
    init?(
        _ metric: EvaluationMetric, candidate: Measurements, baseline: Measurements,
        margin: Double, resampled: ResampledErrors?, alpha: Double
    ) {
        if candidate.repeats.count >= 2, baseline.repeats.count >= 2 {
            self.init(repeatsOf: metric, candidate, baseline, margin, alpha)
        } else if let pair = ExamplePairs(metric, baseline, candidate) {
            if pair.isRightOrWrong {
                self.init(PairedProportions(a: pair.a, b: pair.b), margin, alpha)
            } else {
                self.init(lossesOf: metric, pair, margin, alpha)
            }
        } else {
            self.init(resampled, metric, candidate, baseline, margin, alpha)
        }
    }

    private init?(
        repeatsOf metric: EvaluationMetric, _ candidate: Measurements, _ baseline: Measurements,
        _ margin: Double, _ alpha: Double
    ) {
        guard let x = candidate.values(of: metric), let y = baseline.values(of: metric) else {
            return nil
        }
        let test = NonInferiorityTest(
            candidate: x, baseline: y, margin: margin, higherIsBetter: metric.isHigherBetter)
        self.init(test, alpha, "Welch's t over \(x.count) and \(y.count) repeats")
    }

    private init?(
        lossesOf metric: EvaluationMetric, _ pair: ExamplePairs, _ margin: Double, _ alpha: Double
    ) {
        let test = NonInferiorityTest(
            pairedCandidate: pair.b, baseline: pair.a, margin: margin,
            higherIsBetter: metric.isHigherBetter)
        self.init(test, alpha, "paired t on \(pair.a.count) examples")
    }

    private init?(_ test: NonInferiorityTest, _ alpha: Double, _ method: String) {
        guard let p = test.p, let pInferior = test.pInferior else { return nil }
        (self.p, self.pInferior, self.method) = (p, pInferior, method)
        minimumDetectable = test.standardError.flatMap {
            MinimumDetectableEffect.of(standardError: $0, alpha: alpha)
        }
    }

    private init(_ pair: PairedProportions, _ margin: Double, _ alpha: Double) {
        // A margin of 1 and more forbids nothing; the statistic needs one below it.
        let z = pair.score(against: max(-margin, -1 + 1e-9))
        (p, pInferior) = (NormalDistribution.sf(z), NormalDistribution.cdf(z))
        method = "Tango's score test on \(pair.count) examples"
        minimumDetectable = pair.minimumDetectableEffect(alpha: alpha)
    }

    private init?(
        _ resampled: ResampledErrors?, _ metric: EvaluationMetric, _ candidate: Measurements,
        _ baseline: Measurements, _ margin: Double, _ alpha: Double
    ) {
        guard let resampled, let error = resampled[metric],
            let x = candidate.mean(of: metric)?.value, let y = baseline.mean(of: metric)?.value
        else { return nil }
        let better = (metric.isHigherBetter ? x - y : y - x) + margin
        let z = error > 0 ? better / error : (better == 0 ? 0 : better * .infinity)
        (p, pInferior) = (resampled.distribution.sf(z), resampled.distribution.cdf(z))
        method = "paired bootstrap on \(resampled.exampleCount) examples"
        minimumDetectable = MinimumDetectableEffect.of(standardError: error, alpha: alpha)
    }
}
