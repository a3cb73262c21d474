import CairnCore
import CairnTestKit
import Testing

@testable import Evaluation

/// Real predictions of real data sets, through the files and the readers, against scikit-learn's
/// numbers (Tests/Vectors/metrics.json).
@Suite struct MeasuringVectorTests {
    private struct Case {
        let id: String
        let inputs: JSONValue
        let expect: JSONValue
        let relative: Double
    }

    /// The cases of a kind that are over a whole data set, without weights and other options.
    private func cases(_ kind: String) throws -> [Case] {
        let file = try Vectors.load("metrics.json")
        return (file["cases"]?.array ?? []).compactMap { entry in
            guard entry["kind"]?.string == kind, entry["options"] == nil,
                let name = entry["data"]?.string, let data = file["data"]?[name],
                let expect = entry["expect"]
            else { return nil }
            return Case(
                id: entry["id"]?.string ?? "", inputs: data, expect: expect,
                relative: entry["rel_tol"]?.double ?? 1e-9)
        }
    }

    private func measure(
        _ task: EvaluationTask, labels: [String], lines: [String]
    ) throws -> Measurement {
        let data = "label\n" + labels.joined(separator: "\n") + "\n"
        let examples = try Reading.examples(data, task)
        let predictions = try Reading.predictions(
            lines.joined(separator: "\n"), task, examples)
        return Measurement(
            EvaluationMetric.all(of: task), task: task, examples: examples,
            predictions: predictions, workerCount: 2)
    }

    private func check(
        _ got: Measurement, _ metric: EvaluationMetric, _ want: JSONValue?, _ vector: Case
    ) {
        guard let want = want?.double else { return }
        let value = got[metric]?.value ?? .nan
        #expect(
            Vectors.agree(value, want, relative: vector.relative),
            "\(vector.id) \(metric): \(value), expected \(want)")
    }

    @Test func labelsGiveScikitLearnsAveragesAndConfusions() throws {
        let cases = try cases("classification")
        #expect(cases.count >= 3)
        for vector in cases {
            let labels = (vector.inputs["y"]?.ints ?? []).map(String.init)
            let lines = (vector.inputs["pred"]?.ints ?? []).map { "{\"prediction\": \($0)}" }
            let got = try measure(.multiclass, labels: labels, lines: lines)
            check(got, .accuracy, vector.expect["accuracy"], vector)
            check(got, .balancedAccuracy, vector.expect["balanced_accuracy"], vector)
            let averages: [(String, [EvaluationMetric])] = [
                ("micro", [.precisionMicro, .recallMicro, .f1Micro]),
                ("macro", [.precisionMacro, .recallMacro, .f1Macro]),
                ("weighted", [.precisionWeighted, .recallWeighted, .f1Weighted]),
            ]
            for (average, metrics) in averages {
                for (name, metric) in zip(["precision", "recall", "f1"], metrics) {
                    check(got, metric, vector.expect[average]?[name], vector)
                }
            }
            let confusion = vector.expect["confusion"]?.array?.flatMap { $0.ints ?? [] }
            #expect(got.confusion.map(Int.init) == confusion, "\(vector.id)")
        }
    }

    @Test func probabilitiesGiveScikitLearnsLogLoss() throws {
        for vector in try cases("multiclass_probability") {
            let labels = (vector.inputs["y"]?.ints ?? []).map(String.init)
            let lines = (vector.inputs["prob"]?.array ?? []).map { row in
                "{\"scores\": [\((row.doubles ?? []).map { "\($0)" }.joined(separator: ", "))]}"
            }
            let got = try measure(.multiclass, labels: labels, lines: lines)
            check(got, .logLoss, vector.expect["log_loss"], vector)
        }
        let binary = try cases("binary_probability")
        #expect(binary.count >= 2)
        for vector in binary {
            let labels = (vector.inputs["y"]?.ints ?? []).map(String.init)
            let lines = (vector.inputs["prob"]?.array ?? []).map { row in
                "{\"score\": \(row.doubles?.last ?? .nan)}"
            }
            let got = try measure(.binary(positive: "1"), labels: labels, lines: lines)
            check(got, .logLoss, vector.expect["log_loss"], vector)
        }
    }

    @Test func numbersGiveScikitLearnsErrors() throws {
        let cases = try cases("regression")
        #expect(cases.count >= 2)
        for vector in cases {
            let labels = (vector.inputs["t"]?.doubles ?? []).map { "\($0)" }
            let lines = (vector.inputs["pred"]?.doubles ?? []).map { "{\"prediction\": \($0)}" }
            let got = try measure(.regression, labels: labels, lines: lines)
            check(got, .mse, vector.expect["mse"], vector)
            check(got, .rmse, vector.expect["rmse"], vector)
            check(got, .mae, vector.expect["mae"], vector)
        }
    }
}

@Suite struct MeasuringTests {
    /// More than two blocks, with values whose sum depends on the order.
    private let count = 150_000

    private func metrics(_ workerCount: Int) -> (Measurement, Measurement, Measurement) {
        var random = SeededRandom(seed: 42)
        let names = (0..<7).map(String.init)
        let draw = { (random: inout SeededRandom) in Int32.random(in: 0..<7, using: &random) }
        let truth = (0..<count).map { _ in draw(&random) }
        let classes = ClassPredictions(
            names: names, truth: truth, predicted: (0..<count).map { _ in draw(&random) },
            scores: (0..<(count * 7)).map { _ in Double.random(in: 0...1, using: &random) },
            scoredClasses: Array(0..<7))
        let numbers = (0..<count).map { _ in
            Double.random(in: 0...1, using: &random)
                * Double(1 << Int.random(in: 0...40, using: &random))
        }
        let texts = TextPredictions(
            logProbabilities: numbers.map { -$0 }, tokenCounts: Array(repeating: 3, count: count),
            correctTokenCounts: nil, texts: nil)
        let measure = { (task: EvaluationTask, truth: Examples.Truth, predictions: Predictions) in
            Measurement(
                EvaluationMetric.all(of: task), task: task,
                examples: Examples(truth, ids: nil, count: count), predictions: predictions,
                workerCount: workerCount)
        }
        return (
            measure(.multiclass, .classes(truth, names: names), .classes(classes)),
            measure(
                .regression, .numbers(Array(repeating: 0.1, count: count)), .numbers(numbers)),
            measure(.languageModel, .texts(nil), .likelihoods(texts))
        )
    }

    @Test func theSamePredictionsGiveTheSameBitsForAnyNumberOfWorkers() {
        let one = metrics(1)
        for workerCount in [2, 7] {
            let many = metrics(workerCount)
            #expect(many.0 == one.0, "\(workerCount) workers")
            #expect(many.1 == one.1, "\(workerCount) workers")
            #expect(many.2 == one.2, "\(workerCount) workers")
        }
    }

    private func language(_ data: String, _ lines: String) throws -> Measurement {
        let examples = try Reading.examples(data, .languageModel)
        let predictions = try Reading.predictions(lines, .languageModel, examples)
        return Measurement(
            EvaluationMetric.all(of: .languageModel), task: .languageModel, examples: examples,
            predictions: predictions, workerCount: 2)
    }

    /// The first language-model case of Tests/Vectors/metrics.json.
    @Test func perplexityWeighsTokensAndNotTexts() throws {
        let label = { (count: Int) in String(repeating: "x", count: count) }
        let got = try language(
            "label\n\(label(39))\n\(label(12))\n\(label(11))\n",
            """
            {"log_probs": [-2.05724, -3.6356, -4.16602, -0.0212, -3.0582, -0.1576, -1.93586, -4.0926]}
            {"log_prob": -0.12795, "token_count": 1}
            {"log_prob": -0.61623, "token_count": 1}
            """)
        let want: [(EvaluationMetric, Double)] = [
            (.crossEntropy, 1.98685), (.perplexity, 7.29252608707126),
            (.bitsPerToken, 2.866418641990237), (.bitsPerByte, 0.4623255874177801),
        ]
        for (metric, value) in want {
            #expect(
                Vectors.agree(got[metric]?.value ?? .nan, value, relative: 1e-9), "\(metric)")
        }
        #expect(got[.tokenAccuracy]?.problem?.contains("correct_token_count") == true)
        let losses = got.examples.columns[.negativeLogLikelihood] ?? []
        #expect((losses.reduce(0, +) / 3 - 1.98685).magnitude < 1e-12)
    }

    @Test func whatCannotBeComputedSaysWhy() throws {
        let got = try language("prompt\nhi\n", "{\"log_prob\": 0, \"token_count\": 0}")
        #expect(got[.perplexity]?.problem == "insufficient data: no tokens")
        #expect(got[.bitsPerByte]?.problem == "insufficient data: the data set has no label column")
        let impossible = try language("label\nab\n", "{\"log_probs\": [-1, -Infinity]}")
        #expect(impossible[.perplexity]?.value == .infinity)
    }

    @Test func aPositiveClassThatNeverOccursIsNoZero() throws {
        let task = EvaluationTask.binary(positive: "1")
        let examples = try Reading.examples("label\n0\n0\n", task)
        let predictions = try Reading.predictions(
            "{\"prediction\": 0}\n{\"prediction\": 0}", task, examples)
        let got = Measurement(
            EvaluationMetric.all(of: task), task: task, examples: examples,
            predictions: predictions, workerCount: 1)
        #expect(got[.accuracy]?.value == 1)
        #expect(got[.precision]?.problem == "undefined: the positive label occurs nowhere")
        #expect(got[.logLoss]?.problem == "insufficient data: the predictions give no scores")
    }
}
