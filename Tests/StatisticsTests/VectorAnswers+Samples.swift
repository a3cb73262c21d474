import CairnTestKit
import Dispatch
import Testing

@testable import Statistics

/// Kinds whose input is one or two samples, beside the tests of means.
extension VectorAnswers {
    static let samples: [String: Answer] = [
        "quantile_type7": { input in
            let sample = try #require(SortedSample(try input.numbers("x")))
            let quantiles = try input.numbers("p").map { try #require(sample.quantile($0)) }
            return ["q": list(quantiles)]
        },
        "iqr_outliers": { input in
            let values = try input.numbers("x")
            let fences = OutlierFences.interquartile(
                values, factor: try input.number("factor"),
                reduced: input["reduce_sensitivity"]?.bool ?? false)
            var answer = fields(["low_fence": fences?.low, "high_fence": fences?.high])
            answer["outlier_indices"] = list(fences?.indices(in: values) ?? [])
            return answer
        },
        "effect_size": { input in
            let (a, b, policy) = try input.samples()
            let effect = EffectSize(a, b, nanPolicy: policy)
            var answer = fields([
                "cohens_d": effect.cohensD, "hedges_g": effect.hedgesG, "a12": effect.a12,
                "cliffs_delta": effect.cliffsDelta, "hodges_lehmann": effect.hodgesLehmann,
                "mean_ratio": effect.meanRatio,
            ])
            answer["status"] = .string(effect.status.rawValue)
            return answer
        },
        "bootstrap_percentile": bootstrap,
    ]

    /// Any seed, any number of workers: the bounds must lie in the bands, and be the same bounds.
    private static let bootstrap: Answer = { input in
        let resamples = try input.integer("resamples")
        let confidence = try input.number("confidence")
        let seed = UInt64(input["seed"]?.int ?? 20_260_101)
        let a = try input.numbers("a")
        let bootstrap: Bootstrap
        switch input["statistic"]?.string {
        case "mean": bootstrap = Bootstrap(meanOf: a, resamples: resamples, seed: seed)
        case "mean_diff":
            bootstrap = Bootstrap(
                differenceOf: a, try input.numbers("b"), resamples: resamples, seed: seed)
        case "mean_diff_paired":
            bootstrap = Bootstrap(
                pairedDifferenceOf: a, try input.numbers("b"), resamples: resamples, seed: seed)
        case let other:
            throw UnknownOption(name: "statistic \(other ?? "(none)")")
        }
        let alone = bootstrap.interval(confidence: confidence)
        let together = bootstrap.interval(
            confidence: confidence, parallel: DispatchQueue.concurrentPerform)
        #expect(alone == together, "the bounds depend on the number of workers")
        var answer = fields([
            "estimate": bootstrap.estimate, "low_band": alone?.low, "high_band": alone?.high,
        ])
        answer["status"] = .string(bootstrap.status.rawValue)
        return answer
    }

    static let ranks: [String: Answer] = [
        "mann_whitney": { input in
            let (a, b, policy) = try input.samples()
            let test = MannWhitneyTest(a, b, nanPolicy: policy)
            var answer = fields([
                "U1": test.u1, "U2": test.u2, "tie_term": test.tieTerm,
                "p_two_sided": test.p?.twoSided,
            ])
            answer["status"] = .string(test.status.rawValue)
            answer.merge(tails("exact_p", test.exact)) { first, _ in first }
            answer.merge(tails("asymptotic_cc_p", test.asymptotic)) { first, _ in first }
            answer.merge(tails("asymptotic_nocc_p", test.uncorrected)) { first, _ in first }
            return answer
        },
        "ks_2samp": { input in
            let (a, b, policy) = try input.samples()
            let test = KolmogorovSmirnovTest(a, b, nanPolicy: policy)
            var answer = fields([
                "D": test.statistic, "asymptotic_p": test.asymptoticP, "exact_p": test.exactP,
            ])
            answer["status"] = .string(test.status.rawValue)
            return answer
        },
    ]

    private static func tails(
        _ name: String, _ tails: TailProbabilities?
    ) -> [String: JSONValue] {
        fields([
            name + "_two_sided": tails?.twoSided, name + "_greater": tails?.greater,
            name + "_less": tails?.less,
        ])
    }

    static let canary: [String: Answer] = [
        "canary_judge": { input in
            var rule = CanaryRule()
            rule.direction = try #require(
                CanaryRule.Direction(rawValue: input["direction"]?.string ?? "either"))
            rule.confidence = try input.number("confidence")
            rule.allowedIncrease = try input.number("allowed_increase")
            rule.allowedDecrease = try input.number("allowed_decrease")
            rule.tolerance = try input.number("tolerance")
            rule.minimumCount = 1
            let judgement = CanaryJudgement(
                candidate: try input.numbers("canary"), baseline: try input.numbers("control"),
                rule: rule)
            var answer = fields([
                "p_greater": judgement.p?.greater, "p_less": judgement.p?.less,
                "a12": judgement.a12, "shift_low": judgement.shift?.low,
                "shift_estimate": judgement.shift?.estimate,
                "shift_high": judgement.shift?.high, "mean_ratio": judgement.meanRatio ?? .nan,
            ])
            answer["class"] = .string(judgement.metricClass.rawValue)
            answer["class_shift_rule"] = .string(judgement.shiftRuleClass.rawValue)
            return answer
        }
    ]
}

/// An input asks for something that no answer is written for.
struct UnknownOption: Error { let name: String }
