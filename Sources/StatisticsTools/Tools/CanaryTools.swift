import CommandTable
import Statistics

extension StatTool {
    static let canary: [StatTool] = [
        StatTool(
            "canary", "whether a canary's metric is high or low against its baseline", .canary,
            details: [
                "High or low where a one-sided Mann-Whitney test is sure and the effect reaches the "
                    + "limit. Fewer values than --min-count a side are no data."
            ], need: .samples([.candidate, .baseline]),
            flags: [
                Flag(
                    "direction", .choice(CanaryRule.Direction.allCases.map(\.rawValue)),
                    "Which change is bad", standard: "either"),
                Flag("confidence", .decimal("P"), "How sure it must be; 0.98 unless given"),
                Flag(
                    "effect", .choice(["mean-ratio", "a12"]), "What limits are measured in",
                    standard: "mean-ratio"),
                Flag(
                    "allowed-increase", .decimal("X"), "High from this effect on; 1.05 unless given"
                ),
                Flag("allowed-decrease", .decimal("X"), "Low down from this; 0.95 unless given"),
                Flag("critical", "This metric alone fails the canary"),
                Flag("critical-increase", .decimal("X"), "Critical from this effect on"),
                Flag("critical-decrease", .decimal("X"), "Critical down from this effect"),
                Flag("tolerance", .decimal("X"), "Of the old shift rule; 0.25 unless given"),
                Flag("min-count", .number("N", 1...1_000_000), "Values a side", standard: "10"),
                Flag(
                    "outliers", .choice(["keep", "iqr", "sigma"]), "What to remove",
                    standard: "keep"),
                Flag("factor", .decimal("K"), "With --outliers: how far out; 3 unless given"),
                Flag("requires-data", "Missing data are a failure"),
                Flag(
                    "nan", .choice(["remove", "replace"]),
                    "NaN and missing values: left out, or 0", standard: "remove"),
            ],
            examples: [
                "cairn stats canary errors.csv --a canary --b baseline --direction increase"
            ],
            work: .whole(canary))
    ]

    private static func rule(_ settings: StatSettings) throws(StatError) -> CanaryRule {
        var rule = CanaryRule()
        rule.direction = settings.text("direction").flatMap(CanaryRule.Direction.init) ?? .either
        rule.confidence = try settings.number("confidence", or: rule.confidence)
        rule.effectMeasure = settings.text("effect") == "a12" ? .a12 : .meanRatio
        rule.allowedIncrease = try settings.number("allowed-increase", or: rule.allowedIncrease)
        rule.allowedDecrease = try settings.number("allowed-decrease", or: rule.allowedDecrease)
        rule.isCritical = settings.has("critical")
        rule.criticalIncrease = try settings.number("critical-increase", or: rule.criticalIncrease)
        rule.criticalDecrease = try settings.number("critical-decrease", or: rule.criticalDecrease)
        rule.tolerance = try settings.number("tolerance", or: rule.tolerance)
        rule.minimumCount = try settings.count("min-count", or: rule.minimumCount)
        rule.requiresData = settings.has("requires-data")
        rule.nanHandling = settings.text("nan") == "replace" ? .replaceWithZero : .remove
        let factor = try settings.number("factor", or: 3)
        switch settings.text("outliers") {
        case "iqr": rule.outlierHandling = .removeInterquartile(factor: factor, reduced: false)
        case "sigma": rule.outlierHandling = .removeSigma(factor: factor)
        default: rule.outlierHandling = .keep
        }
        guard rule.confidence > 0, rule.confidence < 1 else {
            throw StatError("--confidence is between 0 and 1, as 0.98, not \(rule.confidence)")
        }
        return rule
    }

    private static func canary(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let rule = try rule(settings)
        let judgement = CanaryJudgement(candidate: data.a, baseline: data.b, rule: rule)
        let outcome: StatAnswer.Outcome =
            switch judgement.metricClass {
            case .pass: .kept
            case .high, .low, .nodataFail: .rejected
            case .nodata: .undecided
            }
        let shift = judgement.shift
        return StatAnswer(
            "canary judgement", outcome: outcome,
            figures: data.sample(0).figures("a") + data.sample(1).figures("b") + [
                .text("class", "class", judgement.metricClass.rawValue),
                StatFigure("critical", "", .flag(judgement.isCritical)),
                .number("effect", "effect", judgement.effect, note: rule.effectMeasure.rawValue),
                .number("mean_ratio", "", judgement.meanRatio), .number("a12", "", judgement.a12),
                .number("p_greater", "p that it is higher", judgement.p?.greater),
                .number("p_less", "p that it is lower", judgement.p?.less),
                .number("shift_low", "", shift?.low),
                .number("shift_estimate", "shift", shift?.estimate),
                .interval(
                    "shift", "  interval", shift.map { Interval(low: $0.low, high: $0.high) },
                    note: "\(Wording.percent(rule.confidence)) confidence"),
                .number("shift_high", "", shift?.high),
                .text("class_shift_rule", "", judgement.shiftRuleClass.rawValue),
                .text(
                    "mean_inequality", "",
                    MeanInequality.classify(
                        candidate: rule.cleaned(data.a), baseline: rule.cleaned(data.b),
                        direction: rule.direction
                    ).rawValue),
            ],
            verdict: (judgement.isCritical ? "critical: " : "") + judgement.metricClass.rawValue
                + ": " + judgement.reason,
            notes: [data.sample(0).missingNote, data.sample(1).missingNote])
    }
}
