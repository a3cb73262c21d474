import CommandTable
import Statistics

extension StatTool {
    static let counts: [StatTool] = rates + tables

    private static let correct = [
        StatRole("a", "Per example: 1 where a was right, else 0"),
        StatRole("b", "Per example: 1 where b was right, else 0"),
    ]

    private static let rates: [StatTool] = [
        StatTool(
            "two-proportions", "whether two success rates differ", .counts,
            details: [
                "The pooled z-test, with Newcombe's interval for the difference and Wilson's for each "
                    + "rate. From counts, or from columns of 1 and 0. With --margin also whether a "
                    + "is not below b by more than that."
            ],
            need: .orFlags(
                [.candidate, .baseline], areRows: false,
                instead: ["successes-a", "trials-a", "successes-b", "trials-b"]),
            flags: [
                count("successes-a", "Successes of a"), count("trials-a", "Trials of a"),
                count("successes-b", "Successes of b"), count("trials-b", "Trials of b"),
                Flag("margin", .decimal("X"), "How far below b is still good enough"),
                StatFlags.alternative, StatFlags.alpha, StatFlags.nan,
            ],
            examples: [
                "cairn stats two-proportions right.csv --a new --b old"
            ], work: .whole(twoProportions)),
        StatTool(
            "mcnemar", "which of two is right more often on the same examples",
            .counts,
            details: [
                "Only examples where the two disagree count. Exact by default; the two chi-square "
                    + "forms are for comparison with other tools."
            ], need: .orFlags(correct, areRows: true, instead: ["only-a", "only-b"]),
            flags: [
                count("only-a", "Examples that only a got right"),
                count("only-b", "Examples that only b got right"), StatFlags.alpha, StatFlags.nan,
            ], examples: ["cairn stats mcnemar --only-a 10 --only-b 30"], work: .whole(mcNemar)),
        StatTool(
            "binomial", "whether a success rate fits a given one, exactly", .counts,
            details: ["From counts, or from a column of 1 and 0."],
            need: .orFlags([.value], areRows: false, instead: ["successes", "trials"]),
            flags: [
                Flag("rate", .decimal("P"), "The rate to hold against", isRequired: true),
                count("successes", "Successes"), count("trials", "Trials"),
                StatFlags.alternative, StatFlags.alpha, StatFlags.nan,
            ], examples: ["cairn stats binomial --successes 7 --trials 200 --rate 0.02"],
            work: .whole(binomial)),
    ]

    static func count(_ name: String, _ help: String) -> Flag {
        Flag(name, .number("N", 0...Int64(largestCount)), help)
    }

    private static func twoProportions(_ data: StatData, _ settings: StatSettings)
        throws(StatError) -> StatAnswer
    {
        let alpha = try settings.alpha()
        let (sampleA, sampleB) = (data.sample(0), data.sample(1))
        let areCounts = settings.has("successes-a") || settings.has("trials-a")
        let a =
            areCounts
            ? (try settings.needed("successes-a"), try settings.needed("trials-a"))
            : try sampleA.successes()
        let b =
            areCounts
            ? (try settings.needed("successes-b"), try settings.needed("trials-b"))
            : try sampleB.successes()
        let test = TwoProportionTest(
            successesA: a.0, trialsA: a.1, successesB: b.0, trialsB: b.1)
        guard let tails = test.p, let rateA = test.a, let rateB = test.b else {
            return .undecided(
                "two-proportion z-test", test.status,
                needs: "trials on both sides, and no more successes than trials")
        }
        let detectable = test.standardError.flatMap {
            MinimumDetectableEffect.of(standardError: $0, alpha: alpha)
        }
        let difference = rateA.value - rateB.value
        var (outcome, verdict) = Wording.difference(
            "the rates", p: settings.alternative.p(of: tails), alpha: alpha,
            aIsLarger: difference > 0, detectable: detectable)
        if let margin = try settings.number("margin") {
            let answer = test.nonInferiority(margin: margin, alpha: alpha)
            outcome = answer == .pass ? .rejected : answer == .fail ? .kept : .undecided
            verdict +=
                "; that a is not below b by more than \(Wording.plain(margin)): \(answer.rawValue)"
        }
        let confidence = "\(Wording.percent(1 - alpha)) confidence"
        let isThin =
            min(a.0, a.1 - a.0, b.0, b.1 - b.0) < 5 && test.status == .ok
        return StatAnswer(
            "two-proportion z-test", status: test.status, outcome: outcome,
            figures: [
                .number("rate_a", "rate of a", rateA.value, note: "\(a.0) of \(a.1)"),
                .interval(
                    "wilson_a", "  interval", rateA.wilson(confidence: 1 - alpha), note: confidence),
                .number("rate_b", "rate of b", rateB.value, note: "\(b.0) of \(b.1)"),
                .interval(
                    "wilson_b", "  interval", rateB.wilson(confidence: 1 - alpha), note: confidence),
                .number("difference", "difference", difference, note: "a - b"),
                .interval(
                    "newcombe", "  interval", test.newcombe(confidence: 1 - alpha), note: confidence
                ),
                .number("z", "z", test.z),
            ] + StatFigure.tails(tails, settings.alternative) + [
                .number("minimum_detectable", "could have seen", detectable, note: "at 80 % power")
            ], verdict: verdict,
            notes: [isThin ? "few successes or failures: `cairn stats fisher` is exact" : nil])
    }

    private static func mcNemar(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        var (onlyA, onlyB, both, neither) = (0, 0, 0, 0)
        if settings.has("only-a") || settings.has("only-b") {
            (onlyA, onlyB) = (try settings.needed("only-a"), try settings.needed("only-b"))
        } else {
            _ = (try data.sample(0).successes(), try data.sample(1).successes())
            for (a, b) in zip(data.a, data.b) where !a.isNaN && !b.isNaN {
                if a == b { a == 1 ? (both += 1) : (neither += 1) }
                if a > b { onlyA += 1 } else if b > a { onlyB += 1 }
            }
        }
        let test = McNemarTest(onlyACorrect: onlyA, onlyBCorrect: onlyB)
        guard let p = test.exactP else {
            return .undecided("McNemar test", test.status, needs: "counts from 0 up")
        }
        let (outcome, verdict) = Wording.difference(
            "the rates of right answers", p: p, alpha: alpha, aIsLarger: onlyA > onlyB)
        let seen = both + neither
        return StatAnswer(
            "McNemar test", status: test.status, outcome: outcome,
            figures: [
                .count("only_a_correct", "only a right", onlyA),
                .count("only_b_correct", "only b right", onlyB),
                seen == 0 ? nil : .count("both_correct", "both right", both),
                seen == 0 ? nil : .count("neither_correct", "neither right", neither),
                .number("exact_p", "p", p, note: "exact, two-sided"),
                .number(
                    "chi2_cc", "chi-square", test.corrected?.statistic, note: "with continuity"),
                .number("chi2_cc_p", "  p", test.corrected?.p),
                .number("chi2", "", test.uncorrected?.statistic),
                .number("chi2_p", "", test.uncorrected?.p),
            ], verdict: verdict,
            notes: [test.status == .degenerateEqual ? "the two never disagree" : nil])
    }

    private static func binomial(_ data: StatData, _ settings: StatSettings) throws(StatError)
        -> StatAnswer
    {
        let alpha = try settings.alpha()
        let rate = try settings.number("rate", or: 0.5)
        let counts =
            settings.has("successes") || settings.has("trials")
            ? (try settings.needed("successes"), try settings.needed("trials"))
            : try data.sample(0).successes()
        let test = BinomialTest(successes: counts.0, trials: counts.1, probability: rate)
        guard let tails = test.p, let seen = Proportion(successes: counts.0, trials: counts.1)
        else {
            return .undecided(
                "binomial test", test.status,
                needs: "trials, no more successes than those, and a rate from 0 to 1")
        }
        let isRejected = settings.alternative.p(of: tails) <= alpha
        let level = "at level \(Wording.plain(alpha))"
        return StatAnswer(
            "binomial test", status: test.status, outcome: isRejected ? .rejected : .kept,
            figures: [
                .number("rate", "rate", seen.value, note: "\(counts.0) of \(counts.1)"),
                .interval(
                    "wilson", "  interval", seen.wilson(confidence: 1 - alpha),
                    note: "\(Wording.percent(1 - alpha)) confidence"),
                .number("rate_0", "held against", rate),
            ] + StatFigure.tails(tails, settings.alternative),
            verdict: isRejected
                ? "the rate is not \(Wording.plain(rate)), \(level)"
                : "no difference from \(Wording.plain(rate)) shown \(level)")
    }
}
