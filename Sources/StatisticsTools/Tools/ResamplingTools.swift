import CommandTable
import Statistics

extension StatTool {
    static let resampling: [StatTool] = [
        StatTool(
            "bootstrap", "an interval for a mean or a difference, by resampling",
            .resampling,
            details: [
                "The percentile bootstrap. One column: its mean. Two: mean(a) - mean(b), or of pairs "
                    + "with --paired. The same seed gives the same bounds."
            ],
            need: .samples(
                [StatRole("a", "The column, or the candidate's")], optional: [.baseline]),
            flags: [
                StatFlags.paired, StatFlags.alpha,
                Flag("resamples", .number("N", 1...1 << 24), "How many", standard: "2000"),
                StatFlags.seed, StatFlags.nan,
            ], examples: ["cairn stats bootstrap scores.csv --a new --b old --paired"],
            work: .whole(bootstrap)),
        StatTool(
            "permutation", "whether two means differ, by relabelling",
            .resampling,
            details: [
                "The share of random relabellings whose means are at least as far apart as those "
                    + "seen. Its smallest p is 1/(permutations + 1)."
            ], need: .samples([.candidate, .baseline]),
            flags: [StatFlags.alpha, StatFlags.permutations, StatFlags.seed, StatFlags.nan],
            examples: ["cairn stats permutation new.txt old.txt --permutations 9999"],
            work: .whole(permutation)),
    ]

    static let multiple: [StatTool] = [
        StatTool(
            "multiple-testing", "what is left of many p-values seen together",
            .multiple,
            details: [
                "Bonferroni and Holm bound the chance of any false rejection; Benjamini-Hochberg "
                    + "the expected share of false ones among the rejected."
            ], need: .samples([StatRole("value", "The column of p-values")]),
            flags: [StatFlags.alpha], examples: ["cairn stats multiple-testing p.txt"],
            work: .whole(multipleTesting)),
        StatTool(
            "evidence", "several e-values read together", .multiple,
            details: [
                "E-values of independent sources multiply, of dependent ones they average; Holm's "
                    + "rule says which reject when none may do so wrongly. Values are natural "
                    + "logarithms with --log."
            ], need: .samples([StatRole("value", "The column of e-values")]),
            flags: [StatFlags.alpha, Flag("log", "The values are ln e")],
            examples: ["cairn stats evidence e.txt"], work: .whole(evidence)),
    ]

    private static func bootstrap(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        let resamples = try settings.count("resamples", or: 2_000)
        let (seed, policy) = (try settings.seed(), settings.nanPolicy)
        if settings.has("paired"), !data.hasB {
            throw StatError("--paired needs two columns: --a and --b")
        }
        let bootstrap =
            if !data.hasB {
                Bootstrap(meanOf: data.a, resamples: resamples, seed: seed, nanPolicy: policy)
            } else if settings.has("paired") {
                Bootstrap(
                    pairedDifferenceOf: data.a, data.b, resamples: resamples, seed: seed,
                    nanPolicy: policy)
            } else {
                Bootstrap(
                    differenceOf: data.a, data.b, resamples: resamples, seed: seed,
                    nanPolicy: policy)
            }
        let samples =
            data.sample(0).figures("a") + (data.hasB ? data.sample(1).figures("b") : [])
        guard let estimate = bootstrap.estimate,
            let interval = bootstrap.interval(confidence: 1 - alpha)
        else {
            return .undecided(
                "percentile bootstrap", bootstrap.status, figures: samples,
                needs: "two finite values a side, none of them NaN")
        }
        let isApart = data.hasB && !interval.contains(0)
        return StatAnswer(
            "percentile bootstrap", outcome: !data.hasB ? .none : isApart ? .rejected : .kept,
            figures: samples + [
                .number(
                    "estimate", data.hasB ? "difference" : "mean", estimate,
                    note: data.hasB ? "a - b" : ""),
                .interval(
                    "interval", "  interval", interval,
                    note: "\(Wording.percent(1 - alpha)) confidence"),
                .count("resamples", "resamples", resamples, note: "seed \(seed)"),
            ],
            verdict: !data.hasB
                ? ""
                : isApart
                    ? "0 is outside the interval: a is \(estimate > 0 ? "larger" : "smaller")"
                    : "0 is inside the interval: no difference of the means shown",
            notes: [data.sample(0).missingNote, data.sample(1).missingNote])
    }

    private static func permutation(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        let permutations = try settings.count("permutations", or: 999)
        let (a, b) = (data.a.filter { !$0.isNaN }, data.b.filter { !$0.isNaN })
        let samples = data.sample(0).figures("a") + data.sample(1).figures("b")
        let title = "permutation test of the means"
        guard !a.isEmpty, !b.isEmpty, (a + b).allSatisfy(\.isFinite) else {
            return .undecided(
                title, a.isEmpty || b.isEmpty ? .insufficientData : .invalidInput,
                figures: samples, needs: "a finite value a side")
        }
        let all = a + b
        let total = CompensatedSum(of: all).value
        let (countA, countB) = (Double(a.count), Double(b.count))
        let gap = { (first: Double) in first / countA - (total - first) / countB }
        let test = PermutationTest(
            count: all.count, permutations: permutations, seed: try settings.seed()
        ) { order in
            gap(order[..<a.count].reduce(0.0) { $0 + all[$1] }).magnitude
        }
        let difference = gap(CompensatedSum(of: a).value)
        let (outcome, verdict) = Wording.difference(
            "the means", p: test.p, alpha: alpha, aIsLarger: difference > 0)
        return StatAnswer(
            title, outcome: outcome,
            figures: samples + [
                .number("mean_diff", "difference", difference, note: "a - b"),
                .number("p", "p", test.p, note: "two-sided, of \(permutations) relabellings"),
            ], verdict: verdict,
            notes: [data.sample(0).missingNote, data.sample(1).missingNote])
    }

    private static func multipleTesting(_ data: StatData, _ settings: StatSettings)
        throws(StatError) -> StatAnswer
    {
        let alpha = try settings.alpha()
        let test = MultipleTesting(data.a)
        guard test.status == .ok else {
            return .undecided("multiple testing", test.status, needs: "p-values from 0 to 1")
        }
        let holm = MultipleTesting.rejections(test.holm, alpha: alpha)
        let bh = MultipleTesting.rejections(test.benjaminiHochberg, alpha: alpha)
        let rows: [[StatFigure?]] = data.a.indices.map { index in
            [
                .count("number", "no.", index + 1), .number("p", "p", data.a[index]),
                .number("bonferroni", "Bonferroni", test.bonferroni[index]),
                .number("holm", "Holm", test.holm[index]),
                .number("bh", "Benjamini-Hochberg", test.benjaminiHochberg[index]),
                StatFigure("holm_reject", "by Holm", .flag(holm[index])),
                StatFigure("bh_reject", "by B-H", .flag(bh[index])),
            ]
        }
        let (byHolm, byBH) = (holm.count { $0 }, bh.count { $0 })
        return StatAnswer(
            "multiple testing", outcome: byHolm > 0 ? .rejected : .kept,
            figures: [.count("count", "p-values", data.a.count), .number("alpha", "level", alpha)],
            rows: rows,
            verdict: "of \(data.a.count), Holm rejects \(byHolm) and Benjamini-Hochberg \(byBH)")
    }

    private static func evidence(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        let isLog = settings.has("log")
        guard !data.a.isEmpty, data.a.allSatisfy({ !$0.isNaN && (isLog || $0 >= 0) }) else {
            return .undecided(
                "combined evidence", data.a.isEmpty ? .insufficientData : .invalidInput,
                needs: "e-values from 0 up, or their logarithms with --log")
        }
        let logs = isLog ? data.a : data.a.map(naturalLog)
        let rejected = EvidenceCombination.holm(logs, alpha: alpha)
        let count = rejected.count { $0 }
        return StatAnswer(
            "combined evidence", outcome: count > 0 ? .rejected : .kept,
            figures: [
                .count("count", "e-values", logs.count), .number("alpha", "level", alpha),
                .number(
                    "log_e_independent", "together, independent",
                    EvidenceCombination.independent(logs), note: "ln e, their product"),
                .number(
                    "log_e_dependent", "together, dependent", EvidenceCombination.dependent(logs),
                    note: "ln e, their mean"),
            ],
            rows: logs.indices.map {
                [
                    .count("number", "no.", $0 + 1), .number("log_e", "ln e", logs[$0]),
                    StatFigure("reject", "by Holm", .flag(rejected[$0])),
                ]
            }, verdict: "of \(logs.count), Holm rejects \(count)")
    }
}
