import CommandTable
import Statistics

extension StatTool {
    static let descriptions: [StatTool] = [
        StatTool(
            "effect-size", "how large a difference is, in several measures",
            .descriptions,
            details: [
                "Cohen's d, Hedges' g, A12, Cliff's delta, the Hodges-Lehmann shift, the ratio of "
                    + "the means."
            ], need: .samples([.candidate, .baseline]), flags: [StatFlags.nan],
            examples: ["cairn stats effect-size latency.csv --a new --b old"],
            work: .whole(effectSize)),
        StatTool(
            "quantiles", "quantiles, mean and spread of a sample", .descriptions,
            details: ["Type 7, as in NumPy and R: linear between the order statistics."],
            need: .samples([.value]),
            flags: [
                Flag(
                    "at", .text("P,P"), "Which quantiles",
                    standard: "0,0.01,0.05,0.25,0.5,0.75,0.95,0.99,1"), StatFlags.nan,
            ], examples: ["cairn stats quantiles latency.txt --at 0.5,0.99,0.999"],
            work: .whole(quantiles)),
        StatTool(
            "outliers", "which values lie far outside the bulk of a sample", .descriptions,
            details: [
                "Beyond the quartiles by a factor of their distance, or with --sigma beyond the mean "
                    + "by a factor of the standard deviation."
            ], need: .samples([.value]),
            flags: [
                Flag("factor", .decimal("K"), "How far; 3 unless given"),
                Flag("reduced", "Only values also outside the 1st to 99th percentile"),
                Flag("sigma", "By the standard deviation"), StatFlags.nan,
            ], examples: ["cairn stats outliers latency.txt --factor 1.5"], work: .whole(outliers)),
    ]

    private static func effectSize(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let effect = EffectSize(data.a, data.b, nanPolicy: settings.nanPolicy)
        let samples = data.sample(0).figures("a") + data.sample(1).figures("b")
        guard effect.status.isDecided else {
            return .undecided(
                "effect sizes", effect.status, figures: samples,
                needs: "two finite values a side, none of them NaN")
        }
        let size = Wording.size(ofD: effect.cohensD)
        return StatAnswer(
            "effect sizes", status: effect.status, outcome: .none,
            figures: samples + [
                .number("cohens_d", "Cohen's d", effect.cohensD, note: size),
                .number("hedges_g", "Hedges' g", effect.hedgesG, note: "for small samples"),
                .number(
                    "a12", "A12", effect.a12,
                    note: "chance that a value of a is above one of b, "
                        + Wording.size(ofA12: effect.a12)),
                .number("cliffs_delta", "Cliff's delta", effect.cliffsDelta),
                .number(
                    "hodges_lehmann", "shift", effect.hodgesLehmann,
                    note: "median of all differences a - b"),
                .number("mean_ratio", "ratio of means", effect.meanRatio),
            ],
            verdict: size.isEmpty ? "" : "the difference of the means is \(size) by Cohen's rule",
            notes: [data.sample(0).missingNote, data.sample(1).missingNote])
    }

    private static func quantiles(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let wanted = try settings.numbers("at") ?? [0, 0.25, 0.5, 0.75, 1]
        let values = settings.nanPolicy.kept(of: data.a)
        guard let sample = SortedSample(values), !values.isEmpty else {
            return .undecided(
                "quantiles", data.a.isEmpty ? .insufficientData : .invalidInput,
                needs: "a value, and none that is NaN")
        }
        var rows: [[StatFigure?]] = []
        for p in wanted {
            guard let quantile = sample.quantile(p) else {
                throw StatError("--at: \(Wording.plain(p)) is not from 0 to 1")
            }
            rows.append([
                .number("p", "share below", p), .number("quantile", "quantile", quantile),
            ])
        }
        return StatAnswer(
            "quantiles", outcome: .none, figures: data.sample(0).figures("value"), rows: rows,
            verdict: "", notes: [data.sample(0).missingNote])
    }

    private static func outliers(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let factor = try settings.number("factor", or: 3)
        let values = settings.nanPolicy.kept(of: data.a)
        let fences =
            settings.has("sigma")
            ? OutlierFences.sigma(values, factor: factor)
            : OutlierFences.interquartile(values, factor: factor, reduced: settings.has("reduced"))
        guard let fences else {
            return .undecided(
                "outliers", data.a.isEmpty ? .insufficientData : .invalidInput,
                needs: "a value, and none that is NaN")
        }
        let indices = fences.indices(in: data.a)
        let shown = indices.prefix(1_000)
        return StatAnswer(
            "outliers", outcome: .none,
            figures: data.sample(0).figures("value") + [
                .number("low_fence", "low fence", fences.low),
                .number("high_fence", "high fence", fences.high),
                .count("outlier_count", "outliers", indices.count),
            ],
            rows: shown.map {
                [.count("index", "index", $0), .number("value", "value", data.a[$0])]
            },
            verdict: "\(indices.count) of \(data.a.count) values lie outside the fences",
            notes: [
                indices.count > shown.count ? "the first \(shown.count) are listed" : nil,
                data.sample(0).missingNote,
            ])
    }
}

extension NaNPolicy {
    /// What is left when NaN are dropped, where they are.
    fileprivate func kept(of values: [Double]) -> [Double] {
        self == .omit ? values.filter { !$0.isNaN } : values
    }
}
