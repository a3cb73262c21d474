import CommandTable
import Statistics

extension StatTool {
    static let means: [StatTool] = [
        tTool(
            "welch", "whether two means differ; variances may too",
            "Welch's t-test, the default for two independent samples of numbers.",
            need: .samples([.candidate, .baseline]),
            example: "cairn stats welch latency.csv --a new --b old"
        ) { TTest.welch($0, $1, nanPolicy: $2) },
        tTool(
            "t-pooled", "whether two means differ, with one variance for both",
            "Student's t-test with the pooled variance: right only where both samples vary alike.",
            need: .samples([.candidate, .baseline]),
            example: "cairn stats t-pooled new.txt old.txt"
        ) { TTest.pooled($0, $1, nanPolicy: $2) },
        tTool(
            "t-paired", "whether paired results differ in the mean",
            "Student's t-test of a - b, row by row: the default for two versions on one test set.",
            need: .rows([.candidate, .baseline]),
            example: "cairn stats t-paired losses.csv --a v1.2.0 --b v1.1.0"
        ) { TTest.paired($0, $1, nanPolicy: $2) },
        StatTool(
            "non-inferiority", "whether a is not worse than b by more than a margin", .means,
            details: [
                "What a promotion needs: not that no difference was seen, but that a is shown to be "
                    + "at most the margin worse. Welch's form, or of pairs with --paired."
            ], need: .samples([.candidate, .baseline]),
            flags: [
                Flag(
                    "margin", .decimal("X"),
                    "How much worse is still good enough, in the data's unit",
                    isRequired: true),
                StatFlags.lowerIsBetter, StatFlags.paired, StatFlags.alpha, StatFlags.nan,
            ], examples: ["cairn stats non-inferiority scores.csv --margin 0.01 --paired"],
            work: .whole(nonInferiority)),
    ]

    private typealias Test = @Sendable ([Double], [Double], NaNPolicy) -> TTest

    private static func tTool(
        _ name: String, _ summary: String, _ detail: String, need: StatNeed, example: String,
        _ test: @escaping Test
    ) -> StatTool {
        StatTool(
            name, summary, .means, details: [detail], need: need,
            flags: [StatFlags.alternative, StatFlags.alpha, StatFlags.nan], examples: [example],
            work: .whole { (data, settings) throws(StatError) in
                try tAnswer(name, test(data.a, data.b, settings.nanPolicy), data, settings)
            })
    }

    private static func tAnswer(
        _ name: String, _ test: TTest, _ data: StatData, _ settings: StatSettings
    ) throws(StatError) -> StatAnswer {
        let titles = [
            "welch": "Welch's t-test", "t-pooled": "pooled t-test", "t-paired": "paired t-test",
        ]
        let title = titles[name] ?? name
        let alpha = try settings.alpha()
        let samples = data.sample(0).figures("a") + data.sample(1).figures("b")
        guard let tails = test.p else {
            return .undecided(
                title, test.status, figures: samples,
                needs: "two finite values a side, none of them NaN")
        }
        let p = settings.alternative.p(of: tails)
        let detectable = test.minimumDetectableEffect(alpha: alpha)
        let (outcome, verdict) = Wording.difference(
            "the means", p: p, alpha: alpha, aIsLarger: (test.meanDifference ?? 0) > 0,
            detectable: detectable)
        let confidence = Wording.percent(1 - alpha)
        let d = EffectSize(data.a, data.b, nanPolicy: settings.nanPolicy).cohensD
        let isPaired = name == "t-paired"
        return StatAnswer(
            title, status: test.status, outcome: outcome,
            figures: samples + [
                .number("mean_diff", "difference", test.meanDifference, note: "a - b"),
                .interval(
                    "ci", "  interval", test.interval(confidence: 1 - alpha),
                    note: "\(confidence) confidence"),
                .number("std_err", "  standard error", test.standardError),
                .number("s_pooled", "", test.pooledDeviation),
                .number("t", "t", test.t), .number("df", "  df", test.degreesOfFreedom),
            ] + StatFigure.tails(tails, settings.alternative) + [
                .number(
                    "cohens_d", "effect", isPaired ? nil : d,
                    note: "Cohen's d, \(Wording.size(ofD: d))"),
                .number("minimum_detectable", "could have seen", detectable, note: "at 80 % power"),
            ], verdict: verdict,
            notes: [
                data.sample(0).missingNote, data.sample(1).missingNote,
                test.status == .ok ? nil : Wording.degenerate,
            ])
    }

    private static func nonInferiority(_ data: StatData, _ settings: StatSettings)
        throws(StatError) -> StatAnswer
    {
        let alpha = try settings.alpha()
        let margin = try settings.number("margin", or: 0)
        let higherIsBetter = !settings.has("lower-is-better")
        let test =
            settings.has("paired")
            ? NonInferiorityTest(
                pairedCandidate: data.a, baseline: data.b, margin: margin,
                higherIsBetter: higherIsBetter, nanPolicy: settings.nanPolicy)
            : NonInferiorityTest(
                candidate: data.a, baseline: data.b, margin: margin,
                higherIsBetter: higherIsBetter, nanPolicy: settings.nanPolicy)
        let samples = data.sample(0).figures("a") + data.sample(1).figures("b")
        guard test.status.isDecided else {
            return .undecided(
                "non-inferiority test", test.status, figures: samples,
                needs: "two finite values a side, none of them NaN")
        }
        let text = Wording.plain(margin)
        let (outcome, verdict): (StatAnswer.Outcome, String) =
            switch test.verdict(alpha: alpha) {
            case .pass: (.rejected, "a is not worse than b by more than \(text)")
            case .fail: (.kept, "a is worse than b by more than \(text)")
            case .inconclusive:
                (
                    .undecided,
                    "inconclusive: neither that a is within \(text) of b, nor that it is not"
                )
            }
        return StatAnswer(
            "non-inferiority test", status: test.status, outcome: outcome,
            figures: samples + [
                .number("mean_diff", "difference", test.meanDifference, note: "a - b"),
                .number("std_err", "  standard error", test.standardError),
                .number("margin", "margin", margin), .number("t", "t", test.t),
                .number("df", "  df", test.degreesOfFreedom),
                .number("p", "p", test.p, note: "if a were worse by exactly the margin"),
                .number("p_inferior", "p of inferiority", test.pInferior),
            ], verdict: "\(verdict), at level \(Wording.plain(alpha))",
            notes: [data.sample(0).missingNote, data.sample(1).missingNote])
    }
}
