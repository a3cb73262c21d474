/// How one metric of a canary is judged.
public struct CanaryRule: Equatable, Sendable {
    /// Which changes are bad.
    public enum Direction: String, Equatable, Sendable, CaseIterable {
        case increase, decrease, either
    }

    /// What the limits are measured in.
    public enum EffectMeasure: String, Equatable, Sendable, CaseIterable {
        /// mean(candidate)/mean(baseline), 1 for no effect.
        case meanRatio = "mean_ratio"
        /// The chance that a candidate's value is above a baseline's, ½ for no effect.
        case a12
    }

    /// What is done with NaN before anything else.
    public enum NaNHandling: String, Equatable, Sendable, CaseIterable {
        case remove
        /// NaN means that nothing happened, as in an error count without errors.
        case replaceWithZero = "replace"
    }

    /// Values outside these fences are removed before the comparison.
    public enum OutlierHandling: Equatable, Sendable {
        case keep
        case removeInterquartile(factor: Double, reduced: Bool)
        case removeSigma(factor: Double)
    }

    public var direction = Direction.either
    /// How sure a change must be; each side is tested at (1 − confidence)/2.
    public var confidence = 0.98
    public var effectMeasure = EffectMeasure.meanRatio
    /// A sure increase counts as high only from this effect on.
    public var allowedIncrease = 1.05
    /// A sure decrease counts as low only down from this effect.
    public var allowedDecrease = 0.95
    /// Whether this metric alone can fail the canary.
    public var isCritical = false
    /// A critical metric fails the canary only from this effect on.
    public var criticalIncrease = 1.0
    public var criticalDecrease = 1.0
    public var nanHandling = NaNHandling.remove
    public var outlierHandling = OutlierHandling.keep
    /// Whether missing data count as a failure.
    public var requiresData = false
    /// Fewer values a side are no data.
    public var minimumCount = 10
    /// For the old shift rule only: a shift matters beyond this share of its estimate.
    public var tolerance = 0.25

    public init() {}

    /// The values that are compared.
    public func cleaned(_ values: [Double]) -> [Double] {
        let whole: [Double]
        switch nanHandling {
        case .remove: whole = values.filter { !$0.isNaN }
        case .replaceWithZero: whole = values.map { $0.isNaN ? 0 : $0 }
        }
        let fences: OutlierFences?
        switch outlierHandling {
        case .keep: fences = nil
        case .removeInterquartile(let factor, let reduced):
            fences = OutlierFences.interquartile(whole, factor: factor, reduced: reduced)
        case .removeSigma(let factor): fences = OutlierFences.sigma(whole, factor: factor)
        }
        return fences.map { fences in whole.filter { !fences.isOutside($0) } } ?? whole
    }
}
