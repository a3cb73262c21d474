/// Whether the candidate is not worse than the baseline by more than a margin.
///
/// H0: candidate − baseline ≤ −margin where higher is better, mirrored where lower is better;
/// t = (difference + margin)/se with Welch's error and degrees of freedom. This, not "no
/// significant difference", is what a promotion needs: a tiny sample never shows a difference.
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

    /// - Parameter margin: in the unit of the data; negative asks for superiority by that much.
    ///   A margin that is not finite is `invalidInput`.
    public init(
        candidate: [Double], baseline: [Double], margin: Double, higherIsBetter: Bool = true,
        nanPolicy: NaNPolicy = .reject
    ) {
        // Measured towards better: the order of the samples decides the sign.
        let (better, worse) = higherIsBetter ? (candidate, baseline) : (baseline, candidate)
        let comparison = TTest.welch(better, worse, nanPolicy: nanPolicy)
        let test = Self.shifted(better, worse, by: margin, nanPolicy)
        status = test.status
        t = test.t
        degreesOfFreedom = test.degreesOfFreedom
        p = test.p?.greater
        pInferior = test.p?.less
        let difference = test.status.isDecided ? comparison.meanDifference : nil
        meanDifference = difference.map { higherIsBetter ? $0 : -$0 }
        standardError = test.standardError
    }

    /// Welch's test of a − b + margin against 0. The margin joins the difference before rounding.
    private static func shifted(
        _ a: [Double], _ b: [Double], by margin: Double, _ nanPolicy: NaNPolicy
    ) -> TTest {
        guard margin.isFinite else { return TTest(.invalidInput) }
        switch TwoSamples.prepare(a, b, nanPolicy, scale: margin) {
        case .failure(let status): return TTest(status.value)
        case .success(let samples):
            let difference = samples.difference + samples.frame.difference(margin, 0)
            let estimate = ScaledEstimate(
                frame: samples.frame, difference: difference.value,
                error: samples.welchEstimate.error)
            return TTest(estimate, degreesOfFreedom: samples.welchDegreesOfFreedom)
        }
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
