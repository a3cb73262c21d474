/// What the judge says of one metric: the idea of Kayenta's judge, without its blind spots.
///
/// A change is high or low when a one-sided Mann–Whitney p is below (1−confidence)/2 and the effect
/// reaches the limit. Kayenta's own rule asks for a shift of the median instead, and so does not
/// see a rare error become three times as frequent; `shiftRuleClass` gives its answer for
/// comparison.
public struct CanaryJudgement: Equatable, Sendable {
    public enum Class: String, Equatable, Sendable, CaseIterable {
        case pass, high, low, nodata
        /// No data where data are required.
        case nodataFail = "nodata_fail"
    }

    public let metricClass: Class
    /// A critical metric that is high or low beyond its critical limit, or without data.
    public let isCritical: Bool
    /// The candidate against the baseline; `nil` where it has no meaning (a mean of 0, no data).
    public let effect: Double?
    public let p: TailProbabilities?
    public let a12: Double?
    public let meanRatio: Double?
    public let shift: ShiftInterval?
    /// The class by the old rule: the shift interval beyond a share of the estimate.
    public let shiftRuleClass: Class
    /// Why, in a sentence for the report.
    public let reason: String

    public init(candidate: [Double], baseline: [Double], rule: CanaryRule = CanaryRule()) {
        let (a, b) = (rule.cleaned(candidate), rule.cleaned(baseline))
        if let refusal = Self.missingData(a.count, b.count, rule) {
            self.init(
                without: refusal.class, refusal.reason, rule)
        } else {
            self.init(comparing: a, b, rule)
        }
    }

    private init(without metricClass: Class, _ reason: String, _ rule: CanaryRule) {
        self.metricClass = metricClass
        shiftRuleClass = metricClass
        isCritical = rule.isCritical && metricClass != .pass
        (effect, p, a12, meanRatio, shift) = (nil, nil, nil, nil, nil)
        self.reason = reason
    }

    private init(comparing a: [Double], _ b: [Double], _ rule: CanaryRule) {
        let ranks = RankSums(a, b)
        let p = MannWhitneyTest(ranks).asymptotic
        let isSame = ranks.deviation == 0 || a.sorted() == b.sorted()
        let shift = ShiftInterval(a, b, confidence: rule.confidence)
        let meanRatio = EffectSize.meanRatio(a, b)
        let a12 = ranks.u1 / ranks.pairs
        (self.p, self.shift, self.meanRatio, self.a12) = (p, shift, meanRatio, a12)
        switch rule.effectMeasure {
        case .meanRatio: effect = isSame ? 1 : meanRatio
        case .a12: effect = a12
        }
        let limits = Limits(rule, effect)
        let level = (1 - rule.confidence) / 2
        let isHigh = !isSame && (p?.greater ?? 1) < level
        let isLow = !isSame && (p?.less ?? 1) < level
        metricClass = limits.classify(isHigh: isHigh, isLow: isLow)
        isCritical = limits.isCritical(metricClass)
        let margin = rule.tolerance * (shift?.estimate.magnitude ?? 0)
        shiftRuleClass = limits.classify(
            isHigh: !isSame && (shift?.low ?? 0) > margin,
            isLow: !isSame && (shift?.high ?? 0) < -margin)
        reason = Self.reason(metricClass, isSame: isSame, p, effect, rule)
    }

    private static func missingData(
        _ countA: Int, _ countB: Int, _ rule: CanaryRule
    ) -> (class: Class, reason: String)? {
        let nodata: Class = rule.requiresData ? .nodataFail : .nodata
        if countA == 0 || countB == 0 {
            let missing =
                countA > 0 ? "the baseline has" : countB > 0 ? "the candidate has" : "both have"
            if rule.nanHandling == .replaceWithZero {
                return (.pass, "\(missing) no data, which for this metric means that all is well")
            }
            return (nodata, "\(missing) no data")
        }
        guard min(countA, countB) < rule.minimumCount else { return nil }
        return (
            nodata,
            "\(countA) candidate and \(countB) baseline values; needs \(rule.minimumCount) a side"
        )
    }

    private static func reason(
        _ metricClass: Class, isSame: Bool, _ p: TailProbabilities?, _ effect: Double?,
        _ rule: CanaryRule
    ) -> String {
        let measured = effect.map { " and \(rule.effectMeasure.rawValue) \($0)" } ?? ""
        switch metricClass {
        case .high: return "higher: p \(p?.greater ?? 1)\(measured)"
        case .low: return "lower: p \(p?.less ?? 1)\(measured)"
        case .pass, .nodata, .nodataFail:
            return isSame
                ? "the two samples are the same"
                : "no sure change that matters: p \(p?.twoSided ?? 1)\(measured)"
        }
    }

    /// The limits of a rule, held against an effect. Without an effect they do not apply.
    private struct Limits {
        let rule: CanaryRule
        let effect: Double?

        init(_ rule: CanaryRule, _ effect: Double?) {
            self.rule = rule
            self.effect = effect
        }

        func classify(isHigh: Bool, isLow: Bool) -> Class {
            if isHigh && rule.direction != .decrease && isAtLeast(rule.allowedIncrease) {
                return .high
            }
            if isLow && rule.direction != .increase && isAtMost(rule.allowedDecrease) {
                return .low
            }
            return .pass
        }

        func isCritical(_ metricClass: Class) -> Bool {
            switch metricClass {
            case .high: rule.isCritical && isAtLeast(rule.criticalIncrease)
            case .low: rule.isCritical && isAtMost(rule.criticalDecrease)
            case .pass, .nodata, .nodataFail: false
            }
        }

        private func isAtLeast(_ limit: Double) -> Bool { effect.map { $0 >= limit } ?? true }
        private func isAtMost(_ limit: Double) -> Bool { effect.map { $0 <= limit } ?? true }
    }
}
