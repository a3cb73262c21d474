/// The simplest judge: whose mean is larger. No chance is weighed, so it suits only counts that
/// must not differ at all.
public enum MeanInequality {
    /// - Returns: `nodata` for an empty sample or one with a value that is not finite.
    public static func classify(
        candidate: [Double], baseline: [Double], direction: CanaryRule.Direction = .either
    ) -> CanaryJudgement.Class {
        guard !candidate.isEmpty, !baseline.isEmpty, candidate.allSatisfy(\.isFinite),
            baseline.allSatisfy(\.isFinite)
        else { return .nodata }
        let frame = Frame(covering: candidate, baseline)
        let gap = Moments(candidate, in: frame).meanMinus(Moments(baseline, in: frame)).value
        if gap > 0 && direction != .decrease { return .high }
        return gap < 0 && direction != .increase ? .low : .pass
    }
}
