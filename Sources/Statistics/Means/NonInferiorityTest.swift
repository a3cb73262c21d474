/// Whether the candidate is not worse than the baseline by more than a margin.
///
/// H0: candidate − baseline ≤ −margin where higher is better, mirrored where lower is better;
/// t = (difference + margin)/se. This, not "no significant difference", is what a promotion needs:
/// a tiny sample never shows a difference.
public struct NonInferiorityTest: Equatable, Sendable {
    public let status: TestStatus
    /// Positive where the data speak for non-inferiority; ±∞ when there is no variation.
    public let t: Double?
    public let degreesOfFreedom: Double?
    /// The chance of data this good if the candidate were worse by exactly the margin.
    public let p: Double?
    /// The chance of data this bad if the candidate were worse by exactly the margin.
    public let pInferior: Double?
    /// mean(candidate) − mean(baseline).
    public let meanDifference: Double?
    public let standardError: Double?

    /// Welch's form, for two independent samples.
    ///
    /// - Parameter margin: in the unit of the data; negative asks for superiority by that much.
    ///   A margin that is not finite is `invalidInput`.
    public init(
        candidate: [Double], baseline: [Double], margin: Double, higherIsBetter: Bool = true,
        nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) {
        // Measured towards better: the order of the samples decides the sign.
        let (better, worse) = higherIsBetter ? (candidate, baseline) : (baseline, candidate)
        guard margin.isFinite else {
            self.init(TTest(.invalidInput), nil)
            return
        }
        switch TwoSamples.prepare(better, worse, nanPolicy, scale: margin, workers: workers) {
        case .failure(let status): self.init(TTest(status.value), nil)
        case .success(let samples):
            let gap = samples.difference
            let test = Self.shifted(
                gap, by: margin, samples.frame, samples.welchEstimate.error,
                samples.welchDegreesOfFreedom)
            let difference = samples.frame.length(gap.value)
            self.init(test, higherIsBetter ? difference : -difference)
        }
    }

    /// The paired form, for one fixed test set: df = n−1.
    ///
    /// - Parameter margin: in the unit of the data; negative asks for superiority by that much.
    public init(
        pairedCandidate: [Double], baseline: [Double], margin: Double,
        higherIsBetter: Bool = true, nanPolicy: NaNPolicy = .reject, workers: Int = 1
    ) {
        let (better, worse) =
            higherIsBetter ? (pairedCandidate, baseline) : (baseline, pairedCandidate)
        guard margin.isFinite else {
            self.init(TTest(.invalidInput), nil)
            return
        }
        switch PairedSamples.prepare(better, worse, nanPolicy, scale: margin, workers: workers) {
        case .failure(let status): self.init(TTest(status.value), nil)
        case .success(let pairs):
            let test = Self.shifted(
                pairs.moments.mean, by: margin, pairs.frame, pairs.moments.standardError,
                Double(pairs.moments.count - 1))
            let difference = pairs.frame.length(pairs.moments.mean.value)
            self.init(test, higherIsBetter ? difference : -difference)
        }
    }

    private init(_ test: TTest, _ meanDifference: Double?) {
        (status, t, degreesOfFreedom) = (test.status, test.t, test.degreesOfFreedom)
        (p, pInferior) = (test.p?.greater, test.p?.less)
        (self.meanDifference, standardError) = (meanDifference, test.standardError)
    }

    /// The test of a difference + margin against 0. The margin joins before anything is rounded.
    private static func shifted(
        _ difference: DoubleDouble, by margin: Double, _ frame: Frame, _ error: Double,
        _ degreesOfFreedom: Double?
    ) -> TTest {
        let sum = difference + frame.position(of: margin)
        return TTest(
            ScaledEstimate(frame: frame, difference: sum.value, error: error),
            degreesOfFreedom: degreesOfFreedom)
    }

    /// Pass only where non-inferiority is shown, fail only where inferiority is.
    public func verdict(alpha: Double = 0.05) -> Verdict {
        guard let p, let pInferior else { return .inconclusive }
        if p < alpha { return .pass }
        return pInferior < alpha ? .fail : .inconclusive
    }
}

/// What a comparison says about a candidate. No data is never a pass.
public enum Verdict: String, Equatable, Sendable, CaseIterable {
    case pass, fail, inconclusive
}
