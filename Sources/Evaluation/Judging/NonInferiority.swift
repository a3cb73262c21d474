import Statistics

/// Whether a version is not worse than its parent by more than a margin.
///
/// On right and wrong answers by Tango's score test, on losses of the same examples by the paired
/// t, on repeats by Welch's t. "No significant difference" is not asked: a small test set never
/// shows one.
struct NonInferiority {
    /// The chance of data this good if the version were worse by exactly the margin.
    let p: Double
    /// The chance of data this bad if it were.
    let pInferior: Double
    let method: String
    let minimumDetectable: Double?

    /// - Parameter margin: more than 0, in the metric's unit.
    /// - Returns: `nil` where no test applies.
    init?(
        _ metric: EvaluationMetric, candidate: Measurements, parent: Measurements, margin: Double,
        alpha: Double
    ) {
        if candidate.repeats.count >= 2, parent.repeats.count >= 2 {
            self.init(repeatsOf: metric, candidate, parent, margin, alpha)
            return
        }
        guard let pair = ExamplePairs(metric, parent, candidate) else { return nil }
        if pair.isRightOrWrong {
            self.init(PairedProportions(a: pair.a, b: pair.b), margin, alpha)
        } else {
            self.init(lossesOf: metric, pair, margin, alpha)
        }
    }

    private init?(
        repeatsOf metric: EvaluationMetric, _ candidate: Measurements, _ parent: Measurements,
        _ margin: Double, _ alpha: Double
    ) {
        guard let x = candidate.values(of: metric), let y = parent.values(of: metric) else {
            return nil
        }
        let test = NonInferiorityTest(
            candidate: x, baseline: y, margin: margin, higherIsBetter: metric.isHigherBetter)
        guard let p = test.p, let pInferior = test.pInferior else { return nil }
        (self.p, self.pInferior) = (p, pInferior)
        method = "Welch's t over \(x.count) and \(y.count) repeats"
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
        lossesOf metric: EvaluationMetric, _ pair: ExamplePairs, _ margin: Double, _ alpha: Double
    ) {
        let (better, worse) = metric.isHigherBetter ? (pair.b, pair.a) : (pair.a, pair.b)
        let test = TTest.paired(better, worse.map { $0 - margin })
        guard let tails = test.p else { return nil }
        (p, pInferior) = (tails.greater, tails.less)
        method = "paired t on \(pair.a.count) examples"
        minimumDetectable = test.minimumDetectableEffect(alpha: alpha)
    }
}
