import CairnCore
import Messages
import Ports

/// An evaluator with results of three versions on one suite, and an ingest with a long run.
extension FakeServices {
    static let accuracies = ["1.0.0": 0.91, "1.1.0": 0.87, "1.2.0": 0.95]

    static func result(_ number: String) -> EvaluationRecord {
        let accuracy = accuracies[number] ?? 0
        return EvaluationRecord(
            evaluationId: Array(digest(number).prefix(16)), model: "chat", number: number,
            manifestDigest: digest("manifest \(number)"), suite: "digits",
            suiteDigest: digest("suite"), datasetDigest: digest("d"),
            verdict: accuracy >= 0.9 ? .pass : .fail,
            metrics: [
                MetricResult(name: "accuracy", value: accuracy, exampleCount: 500),
                MetricResult(name: "log_loss", value: 1 - accuracy, exampleCount: 500),
            ],
            gates: [
                GateResult(
                    gate: Gate(metric: "accuracy", kind: .atLeast, bound: 0.9, alpha: 0.05),
                    verdict: accuracy >= 0.9 ? .pass : .fail,
                    why: "accuracy \(accuracy) is \(accuracy >= 0.9 ? "at least" : "under") 0.9")
            ],
            parent: number == "1.0.0" ? "" : "1.0.0", startedUnixMs: start,
            endedUnixMs: start + 60_000, state: "done", exampleCount: 500)
    }

    static func comparison(_ a: String, _ b: String) throws -> Comparison {
        guard let valueA = accuracies[a], let valueB = accuracies[b] else {
            throw RPCError(.notFound, "chat@v\(accuracies[a] == nil ? a : b) has no result")
        }
        let row = { (scale: Double) in
            MetricComparison(
                name: "accuracy", valueA: valueA * scale, valueB: valueB * scale,
                difference: (valueB - valueA) * scale,
                intervalLow: (valueB - valueA) * scale - 0.028,
                intervalHigh: (valueB - valueA) * scale + 0.028, test: "McNemar exact",
                statistic: 8, p: 0.0042,
                conclusion: valueB > valueA ? "b is better" : "a is better",
                minimumDetectable: 0.03, effectName: "odds ratio", effect: 3.5)
        }
        return Comparison(
            model: "chat", numberA: a, numberB: b, suite: "digits", datasetDigest: digest("d"),
            exampleCount: 500,
            metrics: [
                row(1),
                MetricComparison(
                    name: "log_loss", valueA: 1 - valueA, valueB: 1 - valueB,
                    difference: valueA - valueB, intervalLow: -0.02, intervalHigh: 0.02,
                    test: "paired t", statistic: 0.4, p: 0.69, conclusion: "no difference shown",
                    minimumDetectable: 0.028, effectName: "Cohen's d", effect: 0.02),
                MetricComparison(
                    name: "f1_macro", valueA: valueA, valueB: valueB, difference: valueB - valueA,
                    intervalLow: .nan, intervalHigh: .nan, statistic: .nan, p: .nan,
                    conclusion: "not tested: f1_macro is no mean over examples",
                    minimumDetectable: .nan),
            ], onlyACorrect: 8, onlyBCorrect: 28,
            summary: "v\(b) alone is right on 28 of 500 examples, v\(a) alone on 8",
            slices: [
                SliceComparison(
                    column: "language", value: "de", exampleCount: 120, metrics: [row(0.9)]),
                SliceComparison(
                    column: "language", value: "en", exampleCount: 380, metrics: [row(1)]),
            ])
    }

    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    static func addResults(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.listEvaluations) { request, _ in
            guard request.model == "chat" else { return EvaluationList() }
            // Newest first, and an older result of one version behind its newer one.
            var old = result("1.2.0")
            (old.evaluationId, old.metrics[0].value) = ([9], 0.5)
            return EvaluationList(
                evaluations: ["1.2.0", "1.1.0", "1.0.0"].map(result) + [old])
        }
        routes.unary(EvaluatorMethods.getEvaluation) { request, _ in
            for number in accuracies.keys
            where request.evaluationId == Array(digest(number).prefix(16)) {
                return result(number)
            }
            throw RPCError(.notFound, "there is no such evaluation")
        }
        routes.unary(EvaluatorMethods.getEvaluationDetails) { request, _ in
            guard request.evaluationId == Array(digest("1.2.0").prefix(16)) else {
                throw RPCError(.notFound, "it was measured before details were kept")
            }
            return EvaluationDetails(
                record: result("1.2.0"),
                worst: [
                    WorstExample(
                        row: 17, id: "e17", truth: "4", predicted: "9 (score 0.99)", loss: 4.6,
                        lossName: "log_loss")
                ])
        }
        routes.serverStream(EvaluatorMethods.getRunnerLog) { request, out, _ in
            guard request.number == "1.2.0" || request.evaluationId == [7, 7] + zeros(14) else {
                throw RPCError(.notFound, "no runner has run for this evaluation")
            }
            try await out.send(
                RunnerLogPart(), attachment: SharedBytes(Array("layer 1\nlayer".utf8)))
            try await out.send(
                RunnerLogPart(offset: 13),
                attachment: SharedBytes(Array(" 2 of \(request.suite)\nlast words".utf8)))
        }
        routes.unary(EvaluatorMethods.getReference) { request, _ in
            guard request.number == "1.2.0" else {
                throw RPCError(.notFound, "chat@\(request.number) was not evaluated")
            }
            return reference
        }
        routes.unary(EvaluatorMethods.compare) { request, _ in
            try comparison(request.numberA, request.numberB)
        }
    }

    /// A run of a thousand points that comes in two parts.
    static func addSeries(to routes: inout RPCRoutes) {
        routes.serverStream(IngestMethods.getMetricHistory) { request, out, _ in
            guard request.key == "accuracy" else { return }
            for part in [0..<600, 600..<1_000] {
                try await out.send(
                    MetricSeries(
                        runId: Array(digest("run").prefix(16)),
                        points: MetricPoints(
                            key: "accuracy", step: part.map { Int64($0 * 10) },
                            timeUnixMs: part.map { start + Int64($0) * 1_000 },
                            value: part.map { 1 - 1 / Double($0 + 2) })))
            }
        }
    }
}

/// What version 1.2.0 did on a thousand examples: ages from 1 to 100, three languages, scores in
/// hundredths.
extension FakeServices {
    static var reference: ReferenceDistributions {
        let points = (0...100).map { Double($0) }
        let numbers = { (name: String, scale: Double, missing: UInt64) in
            DistributionSketch(
                name: name, kind: "quantiles", count: 1000, missingCount: missing,
                probability: points.map { $0 / 100 }, value: points.map { max(1, $0) * scale },
                mean: 50.5 * scale, standardDeviation: 28.9 * scale)
        }
        var age = ColumnSchema(name: "age", kind: "integer", hasMinimum: true, minimum: 0)
        (age.hasMaximum, age.maximum) = (true, 120)
        return ReferenceDistributions(
            evaluationId: Array(digest("1.2.0").prefix(16)), datasetDigest: digest("d"),
            exampleCount: 1000,
            sketches: [
                numbers("input.age", 1, 12),
                DistributionSketch(
                    name: "input.language", kind: "categories", count: 1000, mean: .nan,
                    standardDeviation: .nan, category: ["de", "en", "fr"],
                    categoryCount: [500, 400, 100]),
                DistributionSketch(
                    name: "input.label", kind: "categories", count: 1000, mean: .nan,
                    standardDeviation: .nan, category: ["ham", "spam"], categoryCount: [700, 300]),
                DistributionSketch(
                    name: "input.embedding", kind: "vector", count: 1000, mean: .nan,
                    standardDeviation: .nan, vectorMean: [0.5, 0.5], vectorVariance: [0.1, 0.1]),
                numbers("score", 0.01, 0),
            ],
            schema: Messages.DatasetSchema(columns: [
                age, ColumnSchema(name: "language", kind: "category", allowed: ["de", "en", "fr"]),
                ColumnSchema(name: "label", kind: "category"),
            ]), model: "chat", number: "1.2.0", suite: "digits", dataset: "digits-test@2",
            task: "binary", positiveLabel: "spam")
    }
}
