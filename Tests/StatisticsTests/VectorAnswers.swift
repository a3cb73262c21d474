import CairnTestKit
import Testing

@testable import Statistics

/// What this module answers to each kind of question in `statistics.json`.
enum VectorAnswers {
    typealias Answer = @Sendable (JSONValue) throws -> [String: JSONValue]

    static let all: [String: Answer] = [
        specialFunctions, means, counts, samples, ranks, sequential, drift, canary,
    ].reduce(into: [:]) { $0.merge($1) { first, _ in first } }

    static let specialFunctions: [String: Answer] = [
        "special_betainc": { input in
            let beta = IncompleteBeta(
                a: try input.number("a"), b: try input.number("b"), x: try input.number("x"))
            return fields(["value": beta.lower])
        },
        "special_gammainc": { input in
            let gamma = IncompleteGamma(a: try input.number("a"), x: try input.number("x"))
            return fields(["P": gamma.p, "Q": gamma.q])
        },
        "special_normal": { input in
            let z = try input.number("z")
            return fields(["cdf": NormalDistribution.cdf(z), "sf": NormalDistribution.sf(z)])
        },
        "special_normal_quantile": { input in
            fields(["z": NormalDistribution.quantile(try input.number("p"))])
        },
        "special_student_t": { input in
            let t = StudentTDistribution(degreesOfFreedom: try input.number("df"))
            let value = try input.number("t")
            return fields([
                "two_sided_p": t.twoSided(value), "cdf": t.cdf(value), "sf": t.sf(value),
            ])
        },
        "special_student_t_quantile": { input in
            let t = StudentTDistribution(degreesOfFreedom: try input.number("df"))
            return fields(["t": t.quantile(try input.number("p"))])
        },
        "special_chi2_sf": { input in
            let chi2 = ChiSquaredDistribution(degreesOfFreedom: try input.number("df"))
            let x = try input.number("x")
            return fields(["sf": chi2.sf(x), "cdf": chi2.cdf(x)])
        },
        "special_kolmogorov_sf": { input in
            fields(["sf": KolmogorovDistribution.sf(try input.number("x"))])
        },
    ]

    static let means: [String: Answer] = [
        "t_pooled_equal_n": { input in
            let (a, b, policy) = try input.samples()
            return tTest(TTest.pooled(a, b, nanPolicy: policy))
        },
        "t_pooled": { input in
            let (a, b, policy) = try input.samples()
            return tTest(TTest.pooled(a, b, nanPolicy: policy))
        },
        "t_welch": { input in
            let (a, b, policy) = try input.samples()
            return tTest(TTest.welch(a, b, nanPolicy: policy))
        },
        "t_paired": { input in
            let (a, b, policy) = try input.samples()
            return tTest(TTest.paired(a, b, nanPolicy: policy))
        },
        "noninferiority_welch": { input in
            let test = NonInferiorityTest(
                candidate: try input.numbers("canary"), baseline: try input.numbers("baseline"),
                margin: try input.number("margin"),
                higherIsBetter: input["higher_is_better"]?.bool ?? true,
                nanPolicy: try input.nanPolicy())
            var answer = fields(["t": test.t, "df": test.degreesOfFreedom, "p": test.p])
            answer["status"] = .string(test.status.rawValue)
            answer["noninferior_at_0.05"] = .bool(test.verdict(alpha: 0.05) == .pass)
            return answer
        },
    ]

    private static func tTest(_ test: TTest) -> [String: JSONValue] {
        var answer = fields([
            "t": test.t, "df": test.degreesOfFreedom, "p_two_sided": test.p?.twoSided,
            "p_greater": test.p?.greater, "p_less": test.p?.less,
            "mean_diff": test.meanDifference, "std_err": test.standardError,
            "s_pooled": test.pooledDeviation, "cohens_d": test.cohensD,
        ])
        answer["status"] = .string(test.status.rawValue)
        answer["ci95"] = pair(test.interval(confidence: 0.95))
        return answer
    }

    static let counts: [String: Answer] = [
        "two_proportion_z": { input in
            let test = TwoProportionTest(
                successesA: try input.integer("success_a"), trialsA: try input.integer("n_a"),
                successesB: try input.integer("success_b"), trialsB: try input.integer("n_b"))
            var answer = fields([
                "z": test.z, "p_two_sided": test.p?.twoSided, "p_greater": test.p?.greater,
                "p_less": test.p?.less,
            ])
            answer["status"] = .string(test.status.rawValue)
            answer["newcombe95_diff"] = pair(test.newcombe(confidence: 0.95))
            answer["wilson95_a"] = pair(test.a?.wilson(confidence: 0.95))
            answer["wilson95_b"] = pair(test.b?.wilson(confidence: 0.95))
            return answer
        },
        "mcnemar": { input in
            let test = McNemarTest(
                onlyACorrect: try input.integer("only_a_correct"),
                onlyBCorrect: try input.integer("only_b_correct"))
            var answer = fields([
                "exact_p": test.exactP, "chi2_cc": test.corrected?.statistic,
                "chi2_cc_p": test.corrected?.p, "chi2": test.uncorrected?.statistic,
                "chi2_p": test.uncorrected?.p,
            ])
            answer["status"] = .string(test.status.rawValue)
            return answer
        },
        "chi_square_gof": { input in
            chiSquare(
                ChiSquareTest.goodnessOfFit(
                    observed: try input.integers("observed"),
                    probabilities: try input.numbers("expected_probs")))
        },
        "chi_square_contingency": { input in
            chiSquare(
                ChiSquareTest.contingency(
                    try input.table(), yates: input["yates"]?.bool ?? false))
        },
        "fisher_exact": { input in
            let test = FisherExactTest(try input.table())
            var answer = fields([
                "p_two_sided": test.p?.twoSided, "p_greater": test.p?.greater,
                "p_less": test.p?.less,
            ])
            answer["status"] = .string(test.status.rawValue)
            return answer
        },
        "multiple_testing": { input in
            let test = MultipleTesting(try input.numbers("p"))
            let alpha = try input.number("alpha")
            let rejections = { list(MultipleTesting.rejections($0, alpha: alpha)) }
            return [
                "status": .string(test.status.rawValue), "bonferroni": list(test.bonferroni),
                "holm": list(test.holm), "bh": list(test.benjaminiHochberg),
                "bonferroni_reject": rejections(test.bonferroni),
                "holm_reject": rejections(test.holm),
                "bh_reject": rejections(test.benjaminiHochberg),
            ]
        },
    ]

    private static func chiSquare(_ test: ChiSquareTest) -> [String: JSONValue] {
        var answer = fields([
            "chi2": test.statistic, "df": test.degreesOfFreedom.map(Double.init), "p": test.p,
        ])
        answer["status"] = .string(test.status.rawValue)
        return answer
    }
}
