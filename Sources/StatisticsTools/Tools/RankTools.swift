import CommandTable
import Statistics

extension StatTool {
    static let ranks: [StatTool] = [
        StatTool(
            "mann-whitney", "whether values of a tend to be larger than those of b", .ranks,
            details: [
                "By ranks alone: outliers and the unit do not matter. The exact p-value where there "
                    + "are no ties and at most 400 pairs, else the normal one with continuity."
            ], need: .samples([.candidate, .baseline]),
            flags: [StatFlags.alternative, StatFlags.alpha, StatFlags.nan],
            examples: ["cairn stats mann-whitney latency.csv --a new --b old"],
            work: .whole(mannWhitney)),
        StatTool(
            "ks", "whether two distributions differ anywhere", .ranks,
            details: [
                "The Kolmogorov-Smirnov test: the largest gap between the two distribution "
                    + "functions. With ties its p-value is an upper bound."
            ], need: .samples([.candidate, .baseline]),
            flags: [StatFlags.alpha, StatFlags.nan],
            examples: ["cairn stats ks scores.csv --by version --value score --a v2 --b v1"],
            work: .whole(kolmogorovSmirnov)),
    ]

    private static func mannWhitney(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        let test = MannWhitneyTest(data.a, data.b, nanPolicy: settings.nanPolicy)
        let samples = data.sample(0).figures("a") + data.sample(1).figures("b")
        guard let tails = test.p, let u1 = test.u1, let u2 = test.u2 else {
            return .undecided(
                "Mann-Whitney test", test.status, figures: samples,
                needs: "a value a side, none of them NaN")
        }
        let a12 = u1 / (u1 + u2)
        let (outcome, verdict) = Wording.difference(
            "the ranks", p: settings.alternative.p(of: tails), alpha: alpha, aIsLarger: a12 > 0.5)
        return StatAnswer(
            "Mann-Whitney test", status: test.status, outcome: outcome,
            figures: samples + [
                .number("U1", "U of a", u1), .number("U2", "", u2),
                .number("tie_term", "", test.tieTerm),
            ] + StatFigure.tails(tails, settings.alternative)
                + all("exact_p", test.exact) + all("asymptotic_cc_p", test.asymptotic)
                + all("asymptotic_nocc_p", test.uncorrected) + [
                    .number(
                        "a12", "effect", a12,
                        note: "chance that a value of a is above one of b, "
                            + Wording.size(ofA12: a12))
                ], verdict: verdict,
            notes: [
                test.exact == nil ? "p from the normal approximation" : "p is exact",
                data.sample(0).missingNote, data.sample(1).missingNote,
                test.status == .degenerateEqual ? "all values are tied" : nil,
            ])
    }

    private static func all(_ key: String, _ tails: TailProbabilities?) -> [StatFigure?] {
        [
            .number(key + "_two_sided", "", tails?.twoSided),
            .number(key + "_greater", "", tails?.greater), .number(key + "_less", "", tails?.less),
        ]
    }

    private static func kolmogorovSmirnov(_ data: StatData, _ settings: StatSettings)
        throws(StatError) -> StatAnswer
    {
        let alpha = try settings.alpha()
        let test = KolmogorovSmirnovTest(data.a, data.b, nanPolicy: settings.nanPolicy)
        let samples = data.sample(0).figures("a") + data.sample(1).figures("b")
        guard let p = test.p else {
            return .undecided(
                "Kolmogorov-Smirnov test", test.status, figures: samples,
                needs: "a value a side, none of them NaN")
        }
        let isRejected = p <= alpha
        let level = "at level \(Wording.plain(alpha))"
        return StatAnswer(
            "Kolmogorov-Smirnov test", status: test.status,
            outcome: isRejected ? .rejected : .kept,
            figures: samples + [
                .number("D", "D", test.statistic, note: "largest gap, from 0 to 1"),
                .number("p", "p", p), .number("exact_p", "", test.exactP),
                .number("asymptotic_p", "", test.asymptoticP),
                .number("limit_p", "", test.limitP),
            ],
            verdict: isRejected
                ? "the distributions differ \(level)"
                : "no difference of the distributions shown \(level)",
            notes: [
                test.exactP == nil ? "p from the finite-n approximation" : "p is exact",
                data.sample(0).missingNote, data.sample(1).missingNote,
            ])
    }
}
