/// What a comparison of this size could have seen: shown beside every inconclusive verdict.
public enum MinimumDetectableEffect {
    /// (z(1−α/2) + z(power)) · se, in the unit of the standard error.
    ///
    /// - Parameters:
    ///   - standardError: of the difference, ≥ 0.
    ///   - alpha: the two-sided level, in (0, 1).
    ///   - power: the chance to find an effect of the size returned, in (0, 1).
    /// - Returns: `nil` for arguments outside their ranges.
    public static func of(
        standardError: Double, alpha: Double = 0.05, power: Double = 0.8
    ) -> Double? {
        guard standardError >= 0, alpha > 0, alpha < 1, power > 0, power < 1 else { return nil }
        let z = NormalDistribution.upperQuantile(alpha / 2) + NormalDistribution.quantile(power)
        return z * standardError
    }
}
