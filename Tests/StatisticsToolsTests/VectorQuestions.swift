import CairnTestKit
import StatisticsTools
import Testing

/// How each kind of question in `statistics.json` is put to a tool.
enum VectorQuestions {
    typealias Question = @Sendable (VectorInput) throws -> [String: JSONValue]

    static let all: [String: Question] = [samples, counts, streams].reduce(into: [:]) {
        $0.merge($1) { first, _ in first }
    }

    private static func twoSamples(_ tool: String) -> Question {
        { question in
            let settings = question.settings(["nan": "nan_policy"])
            var got = try question.answer(
                tool, [question.numbers("a"), question.numbers("b")], settings)
            got["ci95"] = got["ci"]
            if tool == "mann-whitney" { got["p_two_sided"] = got["p"] }
            return got
        }
    }

    static let samples: [String: Question] = [
        "t_pooled_equal_n": twoSamples("t-pooled"), "t_pooled": twoSamples("t-pooled"),
        "t_welch": twoSamples("welch"), "t_paired": twoSamples("t-paired"),
        "mann_whitney": twoSamples("mann-whitney"), "ks_2samp": twoSamples("ks"),
        "effect_size": twoSamples("effect-size"),
        "noninferiority_welch": { question in
            let isHigh = question.input["higher_is_better"]?.bool ?? true
            var got = try question.answer(
                "non-inferiority", [question.numbers("canary"), question.numbers("baseline")],
                question.settings(["margin": "margin"], isHigh ? [:] : ["lower-is-better": ""]))
            got["noninferior_at_0.05"] = .bool(got["outcome"] == .string("rejected"))
            return got
        },
        "quantile_type7": { question in
            let got = try question.answer(
                "quantiles", [question.numbers("x")], question.settings(["at": "p"]))
            return ["q": column("quantile", of: got)]
        },
        "iqr_outliers": { question in
            var got = try question.answer(
                "outliers", [question.numbers("x")],
                question.settings(["factor": "factor", "reduced": "reduce_sensitivity"]))
            got["outlier_indices"] = column("index", of: got)
            return got
        },
        "bootstrap_percentile": { question in
            let isPaired = try question.text("statistic") == "mean_diff_paired"
            let b = question.input["b"]?.doubles
            var settings = isPaired ? ["paired": ""] : [:]
            let confidence = try #require(question.input["confidence"]?.double)
            settings["alpha"] = "\(1 - confidence)"
            var got = try question.answer(
                "bootstrap", [question.numbers("a")] + (b.map { [$0] } ?? []),
                question.settings(["resamples": "resamples"], settings))
            got["low_band"] = got["interval"]?[0]
            got["high_band"] = got["interval"]?[1]
            return got
        },
        "psi": { question in
            var got = try question.answer(
                "psi", [question.numbers("current"), question.numbers("reference")],
                question.settings(["bins": "bins", "edges": "edges", "epsilon": "epsilon"]))
            got["null_threshold_alpha_0.01"] = got["null_threshold"]
            got["counts_current"] = column("counts_current", of: got)
            got["counts_reference"] = column("counts_reference", of: got)
            got["drift_calibrated"] = .bool(got["outcome"] == .string("rejected"))
            return got
        },
        "jensen_shannon": { question in
            try question.answer(
                "jensen-shannon", [question.numbers("p"), question.numbers("q")],
                StatSettings(["weights": ""]))
        },
        "canary_judge": { question in
            try question.answer(
                "canary", [question.numbers("canary"), question.numbers("control")],
                question.settings(
                    [
                        "direction": "direction", "confidence": "confidence",
                        "allowed-increase": "allowed_increase",
                        "allowed-decrease": "allowed_decrease", "tolerance": "tolerance",
                    ], ["min-count": "1"]))
        },
    ]

    static let counts: [String: Question] = [
        "chi_square_gof": { question in
            try question.answer(
                "chi-square", [],
                question.settings(["counts": "observed", "expected": "expected_probs"]))
        },
        "chi_square_contingency": { question in
            try question.answer(
                "chi-square", [],
                question.settings(["yates": "yates"], ["table": table(question.input)]))
        },
        "fisher_exact": { question in
            try question.answer("fisher", [], StatSettings(["table": table(question.input)]))
        },
        "two_proportion_z": { question in
            var got = try question.answer(
                "two-proportions", [],
                question.settings([
                    "successes-a": "success_a", "trials-a": "n_a", "successes-b": "success_b",
                    "trials-b": "n_b",
                ]))
            got["newcombe95_diff"] = got["newcombe"]
            (got["wilson95_a"], got["wilson95_b"]) = (got["wilson_a"], got["wilson_b"])
            return got
        },
        "mcnemar": { question in
            try question.answer(
                "mcnemar", [],
                question.settings(["only-a": "only_a_correct", "only-b": "only_b_correct"]))
        },
        "multiple_testing": { question in
            let got = try question.answer(
                "multiple-testing", [question.numbers("p")], question.settings(["alpha": "alpha"]))
            return Dictionary(
                uniqueKeysWithValues: ["bonferroni", "holm", "bh", "holm_reject", "bh_reject"].map {
                    ($0, column($0, of: got))
                })
        },
        "group_sequential": { question in
            let spending = try question.text("spending") == "pocock" ? "pocock" : "obrien-fleming"
            let got = try question.answer(
                "group-sequential", [],
                question.settings(
                    ["fractions": "information_fractions", "alpha": "alpha"],
                    ["spending": spending]))
            return ["z_boundaries": column("z_boundary", of: got)]
        },
    ]

    private static func table(_ input: JSONValue) -> String {
        (input["table"]?.array ?? []).map(VectorInput.text).joined(separator: ";")
    }

    /// One figure of every row of an answer.
    static func column(_ key: String, of answer: [String: JSONValue]) -> JSONValue {
        .array((answer["rows"]?.array ?? []).map { $0[key] ?? .null })
    }
}
