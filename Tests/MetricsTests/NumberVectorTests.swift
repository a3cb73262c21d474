import CairnTestKit
import Metrics
import Testing

/// A case of metrics.json, and what came of it.
struct MetricCase: Sendable, CustomTestStringConvertible {
    let value: JSONValue
    let data: JSONValue
    var id: String { value["id"]?.string ?? "" }
    var kind: String { value["kind"]?.string ?? "" }
    var testDescription: String { id }
    var expect: JSONValue { value["expect"] ?? .null }
    /// The case's own inputs, or those of the data that it names.
    var input: JSONValue {
        value["input"] ?? value["data"]?.string.flatMap { data[$0] } ?? .null
    }

    static let all: [MetricCase] = {
        // A file that is missing fails the test that counts the cases.
        guard let file = try? Vectors.load("metrics.json"), let cases = file["cases"]?.array else {
            return []
        }
        return cases.map { MetricCase(value: $0, data: file["data"] ?? .null) }
    }()

    static func of(_ kinds: String...) -> [MetricCase] { all.filter { kinds.contains($0.kind) } }

    /// Compares every expected number but those that are not offered.
    func check(
        leavingOut names: Set<String> = [], _ body: () throws(MetricError) -> [String: Double?],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let got: [String: Double?]
        do throws(MetricError) {
            got = try body()
        } catch {
            let status: String
            switch error {
            case .insufficientData: status = "insufficient_data"
            case .invalidInput: status = "invalid_input"
            }
            #expect(
                expect["status"]?.string == status, "\(id): \(error)",
                sourceLocation: sourceLocation)
            return
        }
        #expect(expect["status"] == nil, "\(id) gives numbers", sourceLocation: sourceLocation)
        for (name, want) in Self.numbers(expect, "") where !names.contains(name) {
            guard let value = got[name] else {
                Issue.record("\(id): \(name) is not measured", sourceLocation: sourceLocation)
                continue
            }
            #expect(
                Vectors.agree(
                    value ?? .nan, want, relative: self.value["rel_tol"]?.double ?? 1e-9,
                    absolute: self.value["abs_tol"]?.double ?? 1e-12),
                "\(id): \(name) is \(value ?? .nan), expected \(want)",
                sourceLocation: sourceLocation)
        }
    }

    /// Every number by its path; lists by their indices.
    private static func numbers(_ value: JSONValue, _ path: String) -> [(String, Double)] {
        switch value {
        case .object(let members):
            return members.flatMap {
                numbers($0.value, path.isEmpty ? $0.key : path + "." + $0.key)
            }
        case .array(let items):
            return items.enumerated().flatMap { numbers($0.element, "\(path).\($0.offset)") }
        default: return value.double.map { [(path, $0)] } ?? []
        }
    }
}

extension Dictionary where Key == String, Value == Double? {
    mutating func add(_ name: String, _ values: [Double?]) {
        for (index, value) in values.enumerated() { self["\(name).\(index)"] = value }
    }
}

@Suite struct NumberVectorTests {
    @Test func theVectorsAreThere() { #expect(MetricCase.all.count > 100) }

    static func zero(_ test: MetricCase) -> Outcome.ZeroDivision {
        switch test.value["options"]?["zero_division"]?.double {
        case let value? where value.isNaN: .undefined
        case let value?: .value(value)
        case nil: .value(0)
        }
    }

    static let metrics: [(String, @Sendable (Outcome, Outcome.ZeroDivision) -> Double?)] = [
        ("precision", { $0.precision($1) }), ("recall", { $0.recall($1) }),
        ("f1", { $0.fBeta(1, $1) }), ("f0.5", { $0.fBeta(0.5, $1) }),
        ("f2", { $0.fBeta(2, $1) }),
        // scikit-learn's Jaccard knows no undefined one.
        ("jaccard", { $0.jaccard($1 == .undefined ? .value(0) : $1) }),
    ]

    @Test(arguments: MetricCase.of("classification"))
    func classification(_ test: MetricCase) {
        let input = test.input
        test.check { () throws(MetricError) in
            let counts = try ClassificationCounts(
                truth: input["y"]?.ints ?? [], prediction: input["pred"]?.ints ?? [],
                weights: input["weight"]?.doubles)
            let labels = test.value["options"]?["labels"]?.ints ?? counts.labels
            let (outcomes, zero) = (counts.outcomes(labels), Self.zero(test))
            var got: [String: Double?] = [
                "accuracy": counts.accuracy, "balanced_accuracy": counts.balancedAccuracy,
                "mcc": counts.matthews, "kappa": counts.kappa(),
                "kappa_linear": counts.kappa(.linear), "kappa_quadratic": counts.kappa(.quadratic),
            ]
            got.add("labels", labels.map(Double.init))
            for (row, values) in counts.matrix(labels).enumerated() {
                got.add("confusion.\(row)", values)
            }
            for (name, metric) in Self.metrics {
                got.add("per_class.\(name)", outcomes.map { metric($0, zero) })
                for average in ClassAverage.allCases {
                    got["\(average).\(name)"] = average.value(of: outcomes, zero, metric)
                }
            }
            got.add("per_class.support", outcomes.map(\.support))
            return got
        }
    }

    @Test(arguments: MetricCase.of("multilabel"))
    func multilabel(_ test: MetricCase) {
        let input = test.input
        test.check { () throws(MetricError) in
            let counts = try MultilabelCounts(
                truth: input["y"]?.array?.map { $0.ints ?? [] } ?? [],
                prediction: input["pred"]?.array?.map { $0.ints ?? [] } ?? [])
            var got: [String: Double?] = [
                "subset_accuracy": counts.subsetAccuracy, "hamming_loss": counts.hammingLoss,
            ]
            for (label, table) in counts.confusion.enumerated() {
                for (row, values) in table.enumerated() {
                    got.add("confusion.\(label).\(row)", values)
                }
            }
            for (name, metric) in Self.metrics {
                for average in ClassAverage.allCases {
                    got["\(average).\(name)"] = average.value(
                        of: counts.outcomes, Self.zero(test), metric)
                }
                got["samples.\(name)"] = counts.samples(Self.zero(test), metric)
            }
            return got
        }
    }

    @Test(arguments: MetricCase.of("binary_probability"))
    func binaryProbability(_ test: MetricCase) {
        let input = test.input
        let truth = input["y"]?.ints ?? []
        let probability =
            input["prob"]?.array?.map { $0[1]?.double ?? $0.double ?? .nan } ?? []
        let weights = input["weight"]?.doubles
        test.check { () throws(MetricError) in
            var got: [String: Double?] = [
                "log_loss": try Probabilities.logLoss(
                    truth: truth, probability: probability, weights: weights),
                "brier": try Probabilities.brier(
                    truth: truth, probability: probability, weights: weights),
            ]
            let curve = try ScoreCurve(truth: truth, score: probability, weights: weights)
            got.merge(Self.areas(of: curve)) { first, _ in first }
            for bins in [10, 15] {
                let calibration = try Calibration(
                    confidence: probability, isRight: truth.map { $0 == 1 }, binCount: bins)
                got["ece_l1_\(bins)"] = calibration.expectedError
                got["ece_l2_\(bins)"] = calibration.rootMeanSquareError
                got["ece_max_\(bins)"] = calibration.maximumError
            }
            return got
        }
    }

    static func areas(of curve: ScoreCurve) -> [String: Double?] {
        [
            "roc_auc": curve.rocAUC, "gini": curve.gini,
            "average_precision": curve.averagePrecision,
            "pr_auc_trapezoid": curve.trapezoidPrecisionRecallAUC,
            "ks": curve.kolmogorovSmirnov, "best_f1": curve.bestF1?.value,
            "best_f1_threshold": curve.bestF1?.threshold,
            "mann_whitney_u": curve.orderedPairs,
        ]
    }

    @Test(arguments: MetricCase.of("binary_score"))
    func binaryScore(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            Self.areas(
                of: try ScoreCurve(
                    truth: test.input["y"]?.ints ?? [],
                    score: test.input["score"]?.doubles ?? []))
        }
    }

    @Test(arguments: MetricCase.of("multiclass_probability"))
    func multiclassProbability(_ test: MetricCase) {
        let truth = test.input["y"]?.ints ?? []
        let rows = test.input["prob"]?.array?.map { $0.doubles ?? [] } ?? []
        test.check { () throws(MetricError) in
            var got: [String: Double?] = [
                "log_loss": try Probabilities.logLoss(truth: truth, rows: rows),
                "brier": try Probabilities.brier(truth: truth, rows: rows),
                "roc_auc_ovr_macro": try MulticlassAUC.oneVersusRest(truth: truth, rows: rows),
                "roc_auc_ovr_weighted": try MulticlassAUC.oneVersusRest(
                    truth: truth, rows: rows, isWeighted: true),
                "roc_auc_ovo_macro": try MulticlassAUC.oneVersusOne(truth: truth, rows: rows),
                "average_precision_macro": try MulticlassAUC.averagePrecision(
                    truth: truth, rows: rows),
            ]
            for k in 1...5 {
                got["top_\(k)"] = try Probabilities.topK(k, truth: truth, rows: rows)
            }
            for bins in [10, 15] {
                let calibration = try Calibration(truth: truth, rows: rows, binCount: bins)
                got["ece_l1_\(bins)"] = calibration.expectedError
                got["ece_max_\(bins)"] = calibration.maximumError
            }
            return got
        }
    }

    @Test(arguments: MetricCase.of("regression"))
    func regression(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            let regression = try Regression(
                truth: test.input["t"]?.doubles ?? [],
                prediction: test.input["pred"]?.doubles ?? [],
                weights: test.input["weight"]?.doubles)
            return [
                "mse": regression.meanSquaredError, "rmse": regression.rootMeanSquaredError,
                "mae": regression.meanAbsoluteError, "median_ae": regression.medianAbsoluteError,
                "max_error": regression.maximumError, "mean_error": regression.bias,
                "mape": regression.meanAbsolutePercentageError,
                "smape": regression.symmetricPercentageError,
                "msle": regression.meanSquaredLogError, "r2": regression.rSquared,
                "explained_variance": regression.explainedVariance,
                "pinball_0.1": regression.pinball(0.1), "pinball_0.5": regression.pinball(0.5),
                "pinball_0.9": regression.pinball(0.9), "pearson": regression.pearson,
                "spearman": regression.spearman, "kendall_tau_b": regression.kendallTauB,
                "concordance": regression.concordance,
            ]
        }
    }

    @Test(arguments: MetricCase.of("language_model"))
    func languageModel(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var model = LanguageModel()
            let documents = test.input["logprobs"]?.array ?? []
            for (index, document) in documents.enumerated() {
                try model.add(
                    logProbabilities: document.doubles ?? [],
                    byteCount: test.input["bytes"]?[index]?.int ?? 0,
                    wordCount: test.input["words"]?[index]?.int ?? 0)
            }
            return [
                "tokens": Double(model.tokenCount), "nll_per_token": try model.lossPerToken(),
                "perplexity": try model.perplexity(), "bits_per_token": try model.bitsPerToken(),
                "bits_per_byte": try model.bitsPerByte(),
                "byte_perplexity": try model.bytePerplexity(),
                "word_perplexity": try model.wordPerplexity(),
                "perplexity_of_document_mean": try model.perplexityOfDocumentMean(),
            ]
        }
    }

    @Test(arguments: MetricCase.of("token_logits"))
    func tokenLogits(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var logits = TokenLogits()
            for (row, target) in zip(
                test.input["logits"]?.array ?? [], test.input["target"]?.ints ?? [])
            {
                try logits.add(logits: row.doubles ?? [], target: target)
            }
            return [
                "cross_entropy": try logits.crossEntropy(), "perplexity": try logits.perplexity(),
                "token_accuracy": try logits.accuracy(), "counted": Double(logits.countedCount),
            ]
        }
    }

    @Test(arguments: MetricCase.of("multiple_choice"))
    func multipleChoice(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var choices = MultipleChoice()
            let rows = test.input["loglikelihoods"]?.array ?? []
            for (index, row) in rows.enumerated() {
                try choices.add(
                    logLikelihoods: row.doubles ?? [],
                    lengths: test.input["choice_bytes"]?[index]?.ints ?? [],
                    gold: test.input["gold"]?[index]?.int ?? -1)
            }
            return ["acc": choices.accuracy, "acc_norm": choices.normalizedAccuracy]
        }
    }

    @Test(arguments: MetricCase.of("pass_at_k"))
    func passAtK(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            let (drawn, passed) = (test.input["n"]?.ints ?? [], test.input["c"]?.ints ?? [])
            let k = test.value["options"]?["k"]?.int ?? 0
            var got: [String: Double?] = [
                "value": try PassAtK.mean(drawn: drawn, passed: passed, k: k)
            ]
            for (index, (n, c)) in zip(drawn, passed).enumerated() {
                got["each.\(index)"] = try PassAtK.estimate(drawn: n, passed: c, k: k)
            }
            return got
        }
    }

    @Test(arguments: MetricCase.of("ranking"))
    func ranking(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            var queries = RankedQueries()
            for (relevance, score) in zip(
                test.input["relevance"]?.array ?? [], test.input["score"]?.array ?? [])
            {
                try queries.add(relevance: relevance.doubles ?? [], score: score.doubles ?? [])
            }
            var got: [String: Double?] = [
                "map": queries.meanAveragePrecision, "recip_rank": queries.reciprocalRank,
                "ndcg": queries.nDCG(), "ndcg_sklearn_ties_averaged": queries.tieAveragedNDCG,
            ]
            for k in [1, 3, 5, 10] {
                got["P_\(k)"] = queries.precision(at: k)
                got["recall_\(k)"] = queries.recall(at: k)
                got["success_\(k)"] = queries.success(at: k)
                got["ndcg_cut_\(k)"] = queries.nDCG(at: k)
            }
            return got
        }
    }

    @Test(arguments: MetricCase.of("serving"))
    func serving(_ test: MetricCase) {
        test.check { () throws(MetricError) in
            let serving = try Serving(
                latencies: test.input["latency_ms"]?.doubles ?? [],
                tokens: test.input["tokens"]?.ints ?? [], isError: test.input["error"]?.ints ?? [],
                wallSeconds: test.input["wall_seconds"]?.double ?? 0)
            var got: [String: Double?] = [
                "mean": serving.mean, "max": serving.maximum, "error_rate": serving.errorRate,
                "requests_per_second": serving.requestsPerSecond,
                "tokens_per_second": serving.tokensPerSecond,
            ]
            for part in [0.5, 0.9, 0.95, 0.99, 0.999] {
                got["percentile_linear.\(part)"] = serving.percentile(part)
                got["percentile_nearest_rank.\(part)"] = serving.nearestRank(part)
            }
            return got
        }
    }
}
