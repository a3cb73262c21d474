import CairnTestKit
import Testing

@testable import Evaluation

/// Every metric of the catalogue that the vectors have, from blocks of answers to values: against
/// scikit-learn, SciPy, sacreBLEU, rouge_score, jiwer, trec_eval and the other programs of their
/// `meta`.
@Suite struct MetricVectorTests {
    /// Checks each metric against the expected number at its path.
    ///
    /// A metric of one example each must also be the mean of what is kept of the examples, and one that
    /// is resampled must come out of what is kept as it came out of the answers.
    private func check(_ vector: VectorCase, _ answered: Answered, _ paths: [String: String])
        throws
    {
        // No reader lets pass what is not of one length; what a metric makes of it, its own tests say.
        guard answered.answers.count == answered.examples.count else {
            #expect(vector.status == "invalid_input", "\(vector.id)")
            return
        }
        let metrics = try answered.metrics(paths.keys.sorted())
        let got = try answered.measure(metrics)
        for metric in metrics {
            let result = got[metric]
            if let status = vector.status {
                let prefix = status.replacing("_", with: " ")
                #expect(
                    result?.problem?.hasPrefix(prefix) == true,
                    "\(vector.id) \(metric): \(String(describing: result))")
                continue
            }
            guard let path = paths[metric.name], let want = vector.wanted(path) else { continue }
            if want.isNaN {
                #expect(result?.problem?.hasPrefix("undefined: ") == true, "\(vector.id) \(metric)")
                continue
            }
            let value = result?.value ?? .nan
            #expect(
                vector.agrees(value, want),
                "\(vector.id) \(metric): \(value) \(result?.problem ?? ""), expected \(want)")
            checkMean(of: metric, got, value, vector)
        }
        checkResampled(metrics, got, answered, vector)
        for workerCount in [1, 3, 7] {
            let other = try answered.measure(metrics, workerCount: workerCount)
            // Bytes and not values: what is no number differs from itself.
            #expect(other.examples.packed == got.examples.packed, "\(vector.id)")
            #expect(other.metrics == got.metrics, "\(vector.id)")
        }
    }

    private func checkMean(
        of metric: EvaluationMetric, _ got: Measurement, _ value: Double, _ vector: VectorCase
    ) {
        guard let column = metric.column else { return }
        guard let values = got.examples.values(of: column) else {
            Issue.record("\(vector.id): nothing of \(metric) is kept")
            return
        }
        let mean = values.reduce(0, +) / Double(values.count)
        #expect(
            Vectors.agree(mean, value, relative: 1e-9),
            "\(vector.id) \(metric): the mean of the examples is \(mean) and not \(value)")
    }

    private func checkResampled(
        _ metrics: [EvaluationMetric], _ got: Measurement, _ answered: Answered,
        _ vector: VectorCase
    ) {
        let resampled = metrics.filter { $0.evidence == .resampled && got[$0]?.value != nil }
        let basis = ResamplingBasis(
            answered.examples, task: answered.task, zeroDivision: answered.zeroDivision,
            workerCount: 1)
        guard !resampled.isEmpty, vector.status == nil else { return }
        let all = (0..<Int32(answered.examples.count)).map(\.self)
        let again = Resamplers(resampled, got.examples, basis)?.values(all) ?? [:]
        for metric in resampled {
            let (value, want) = (again[metric] ?? .nan, got[metric]?.value ?? .nan)
            #expect(
                Vectors.agree(value, want, relative: 1e-9),
                "\(vector.id) \(metric): measured again it is \(value) and not \(want)")
        }
    }

    @Test func theVectorsAreThere() { #expect(VectorCase.all.count > 100) }

    @Test(arguments: VectorCase.of("classification"))
    func classification(_ vector: VectorCase) throws {
        let answered = Answered.classes(vector)
        var paths = [
            "accuracy": "accuracy", "balanced_accuracy": "balanced_accuracy", "mcc": "mcc",
        ]
        if vector.options["labels"] == nil {
            paths["cohen_kappa"] = "kappa"
            paths["cohen_kappa_linear"] = "kappa_linear"
            paths["cohen_kappa_quadratic"] = "kappa_quadratic"
            // scikit-learn's Jaccard knows no undefined one.
            let scores =
                ["precision", "recall", "f1"]
                + (answered.zeroDivision == .undefined ? [] : ["jaccard"])
            for average in ["micro", "macro", "weighted"] {
                for score in scores { paths["\(score)_\(average)"] = "\(average)/\(score)" }
                paths["fbeta_\(average)@0.5"] = "\(average)/f0.5"
                paths["fbeta_\(average)@2"] = "\(average)/f2"
            }
        }
        try check(vector, answered, paths)
        guard vector.status == nil, vector.options["labels"] == nil else { return }
        try checkClasses(vector, answered)
    }

    private func checkClasses(_ vector: VectorCase, _ answered: Answered) throws {
        for score in ["precision", "recall", "f1"] {
            let want = vector.expect["per_class"]?[score]?.array?.map { $0.double ?? .nan } ?? []
            let metrics = try answered.metrics(answered.names.map { "\(score)_of@\($0)" })
            let got = try answered.measure(metrics).metrics.map { $0.value ?? .nan }
            #expect(got.count == want.count, "\(vector.id)")
            for (got, want) in zip(got, want) {
                #expect(vector.agrees(got, want), "\(vector.id) \(score): \(got), not \(want)")
            }
        }
        guard answered.examples.weights == nil else { return }
        let confusion = try answered.measure([.accuracy]).confusion
        let want = vector.expect["confusion"]?.array?.flatMap { $0.ints ?? [] }
        #expect(confusion.map(Int.init) == want, "\(vector.id)")
    }

    @Test(arguments: VectorCase.of("binary_probability"))
    func binaryProbability(_ vector: VectorCase) throws {
        let answered = Answered.probabilities(vector)
        var paths: [String: String] = [:]
        for name in [
            "log_loss", "brier", "roc_auc", "average_precision", "pr_auc_trapezoid", "ks", "gini",
            "best_f1", "best_f1_threshold",
        ] { paths[name] = name }
        // Scores of any size have an order; probabilities are from 0 to 1.
        if vector.status != nil {
            paths = paths.filter { ["log_loss", "brier"].contains($0.key) }
        }
        // The vectors' bins have no weights.
        if answered.examples.weights == nil, vector.status == nil {
            for bins in [10, 15] {
                paths["ece@\(bins)"] = "ece_l1_\(bins)"
                paths["rms_calibration@\(bins)"] = "ece_l2_\(bins)"
                paths["mce@\(bins)"] = "ece_max_\(bins)"
            }
        }
        try check(vector, answered, paths)
    }

    @Test(arguments: VectorCase.of("binary_score"))
    func binaryScore(_ vector: VectorCase) throws {
        let answered = Answered.binary(vector.ints("y"), vector.doubles("score") ?? [])
        let metrics = try answered.metrics(["roc_auc", "average_precision"])
        let got = try answered.measure(metrics)
        for metric in metrics {
            let (value, want) = (got[metric]?.value ?? .nan, vector.wanted(metric.name) ?? .nan)
            #expect(vector.agrees(value, want), "\(vector.id) \(metric): \(value), not \(want)")
        }
    }

    @Test(arguments: VectorCase.of("multiclass_probability"))
    func multiclassProbability(_ vector: VectorCase) throws {
        var paths = [
            "log_loss": "log_loss", "brier": "brier", "roc_auc_ovr_macro": "roc_auc_ovr_macro",
            "roc_auc_ovr_weighted": "roc_auc_ovr_weighted",
            "roc_auc_ovo_macro": "roc_auc_ovo_macro",
            "average_precision_macro": "average_precision_macro",
        ]
        for k in 1...5 { paths["top_k_accuracy@\(k)"] = "top_\(k)" }
        for bins in [10, 15] {
            paths["ece@\(bins)"] = "ece_l1_\(bins)"
            paths["mce@\(bins)"] = "ece_max_\(bins)"
        }
        try check(vector, Answered.classProbabilities(vector), paths)
    }

    @Test(arguments: VectorCase.of("multilabel"))
    func multilabel(_ vector: VectorCase) throws {
        var paths = ["subset_accuracy": "subset_accuracy", "hamming_loss": "hamming_loss"]
        for average in ["micro", "macro", "weighted", "samples"] {
            for score in ["precision", "recall", "f1", "jaccard"] {
                paths["\(score)_\(average)"] = "\(average)/\(score)"
            }
        }
        try check(vector, Answered.labelSets(vector), paths)
    }

    @Test(arguments: VectorCase.of("regression"))
    func regression(_ vector: VectorCase) throws {
        let answered = Answered.numbers(vector)
        var paths: [String: String] = [:]
        for name in [
            "mse", "rmse", "mae", "median_ae", "max_error", "mean_error", "r2",
            "explained_variance", "mape", "smape", "msle",
        ] { paths[name] = name }
        for quantile in ["0.1", "0.5", "0.9"] {
            paths["pinball@\(quantile)"] = "pinball_\(quantile)"
        }
        // The vectors' correlations have no weights.
        if answered.examples.weights == nil {
            for name in ["pearson", "spearman", "kendall_tau_b", "concordance"] {
                paths[name] = name
            }
        }
        try check(vector, answered, paths)
    }

    @Test(arguments: VectorCase.of("language_model"))
    func languageModel(_ vector: VectorCase) throws {
        try check(
            vector, Answered.likelihoods(vector),
            [
                "cross_entropy": "nll_per_token", "perplexity": "perplexity",
                "bits_per_token": "bits_per_token", "bits_per_byte": "bits_per_byte",
                "byte_perplexity": "byte_perplexity", "word_perplexity": "word_perplexity",
                "perplexity_of_document_mean": "perplexity_of_document_mean",
            ])
    }

    @Test(arguments: VectorCase.of("multiple_choice"))
    func multipleChoice(_ vector: VectorCase) throws {
        try check(vector, Answered.choices(vector), ["acc": "acc", "acc_norm": "acc_norm"])
    }

    @Test(arguments: VectorCase.of("pass_at_k"))
    func passAtK(_ vector: VectorCase) throws {
        let k = vector.options["k"]?.int ?? 0
        try check(vector, Answered.trials(vector), ["pass@\(k)": "value"])
    }

    @Test(arguments: VectorCase.of("ranking"))
    func ranking(_ vector: VectorCase) throws {
        var paths = [
            "map": "map", "mrr": "recip_rank", "ndcg": "ndcg",
            "ndcg_tie_averaged": "ndcg_sklearn_ties_averaged",
        ]
        for k in [1, 3, 5, 10] {
            paths["precision@\(k)"] = "P_\(k)"
            paths["recall@\(k)"] = "recall_\(k)"
            paths["hit@\(k)"] = "success_\(k)"
            paths["ndcg@\(k)"] = "ndcg_cut_\(k)"
        }
        try check(vector, Answered.rankings(vector), paths)
    }

    @Test(arguments: VectorCase.of("serving"))
    func serving(_ vector: VectorCase) throws {
        var paths = ["latency_mean": "mean", "latency_max": "max", "error_rate": "error_rate"]
        for (percentile, part) in [
            ("50", "0.5"), ("90", "0.9"), ("95", "0.95"), ("99", "0.99"), ("99.9", "0.999"),
        ] {
            paths["latency_p\(percentile)"] = "percentile_linear/\(part)"
            paths["latency_nearest_p\(percentile)"] = "percentile_nearest_rank/\(part)"
        }
        let answered = Answered.requests(vector)
        // One request alone takes no longer than itself, whatever the case says.
        if answered.examples.count > 1 {
            paths["requests_per_second"] = "requests_per_second"
            paths["tokens_per_second"] = "tokens_per_second"
        }
        try check(vector, answered, paths)
    }

    // MARK: Texts

    @Test(arguments: VectorCase.of("bleu_corpus"))
    func bleu(_ vector: VectorCase) throws {
        var name = "bleu"
        if let tokenizer = vector.options["tokenize"]?.string, tokenizer != "13a" {
            name += "_" + tokenizer
        }
        if vector.options["lowercase"]?.bool == true { name += "_lc" }
        try check(vector, Answered.texts(vector), [name: "score"])
    }

    @Test(arguments: VectorCase.of("bleu_sentence"))
    func bleuOfSentences(_ vector: VectorCase) throws {
        // The catalogue's is with the effective order, as sacreBLEU's own is unless told otherwise.
        guard vector.options["effective_order"]?.bool != false else { return }
        let method = vector.options["smooth_method"]?.string
        let name =
            switch method {
            case "floor": "sentence_bleu_floor@0.1"
            case "add-k": "sentence_bleu_add_k@1"
            case "none": "sentence_bleu_unsmoothed"
            default: "sentence_bleu"
            }
        let answered = Answered.texts(vector)
        let metric = try answered.metrics([name])[0]
        let got = try answered.measure([metric])
        let wanted = vector.expect["scores"]?.doubles ?? []
        let kept = got.examples.values(of: metric.column!) ?? []
        #expect(kept.count == wanted.count)
        for (value, want) in zip(kept, wanted) {
            #expect(vector.agrees(value, want), "\(vector.id): \(value), expected \(want)")
        }
        let mean = wanted.reduce(0, +) / Double(wanted.count)
        #expect(vector.agrees(got[metric]?.value ?? .nan, mean), "\(vector.id)")
    }

    @Test(arguments: VectorCase.of("chrf"))
    func chrF(_ vector: VectorCase) throws {
        try check(vector, Answered.texts(vector), ["chrf": "chrf", "chrf_pp": "chrf_pp"])
    }

    @Test(arguments: VectorCase.of("ter"))
    func ter(_ vector: VectorCase) throws {
        try check(vector, Answered.texts(vector), ["ter": "score"])
    }

    @Test(arguments: VectorCase.of("rouge"))
    func rouge(_ vector: VectorCase) throws {
        let suffix = vector.options["stemmer"]?.bool == true ? "_stem" : ""
        var paths: [String: String] = [:]
        for name in ["rouge1", "rouge2", "rougeL", "rougeLsum"] {
            paths[name + suffix] = "\(name)/f"
        }
        try check(vector, Answered.texts(vector), paths)
    }

    @Test(arguments: VectorCase.of("wer"))
    func errorRates(_ vector: VectorCase) throws {
        var paths: [String: String] = [:]
        for name in ["wer", "cer", "mer", "wil", "wip"] { paths[name] = name }
        try check(vector, Answered.texts(vector), paths)
    }

    @Test(arguments: VectorCase.of("squad"))
    func squad(_ vector: VectorCase) throws {
        try check(
            vector, Answered.texts(vector), ["squad_em": "exact_match", "squad_f1": "f1"])
    }

    @Test(arguments: VectorCase.of("exact_match"))
    func exactMatch(_ vector: VectorCase) throws {
        try check(
            vector, Answered.texts(vector),
            [
                "exact_match": "exact", "exact_match_ignore_case": "ignore_case",
                "exact_match_ignore_case_punctuation": "ignore_case_punctuation",
            ])
    }
}
