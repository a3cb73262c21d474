import CairnCore
import Evaluation
import Messages
import Ports
import Statistics

/// Predictions drawn under a seed, and the records that an evaluator would make of them: the numbers
/// are computed from the predictions, as it computes them.
struct Simulated {
    static let start: Int64 = 1_800_000_000_000

    /// A binary task: the better the version, the further apart are the scores of both classes.
    static func binary(_ number: String, skill: Double, seed: UInt64, count: Int = 4_000)
        -> (record: EvaluationRecord, details: EvaluationDetails, right: [Bool])
    {
        var random = SeededRandom(seed: 1)
        let truth = (0..<count).map { _ in UInt8(Int.random(in: 0..<10, using: &random) < 3 ? 1 : 0)
        }
        var noise = SeededRandom(seed: seed)
        let scores = truth.map { label -> Float in
            let draw = (0..<6).reduce(-3.0) { sum, _ in
                sum + Double.random(in: 0...1, using: &noise)
            }
            let logit = (label == 1 ? skill : -skill) + draw * 1.6
            return Float(logistic(logit))
        }
        let names = ["ham", "spam"]
        var ids = TextColumn()
        for index in 0..<count { ids.append("mail-\(index + 1)".utf8) }
        let examples = ExampleSet(
            count: count, truth: .classes(.uint8(truth), names: names), ids: ids)
        let predicted = scores.map { UInt8($0 < 0.5 ? 0 : 1) }
        let task = EvaluationTask.binary(positive: "spam")
        let block = PredictionBlock(
            count: count, examples: .consecutive(from: 0),
            answers: .classes(
                ClassAnswers(predicted: .uint8(predicted), scores: .float32(scores))))
        let right = zip(truth, predicted).map { $0 == $1 }
        var record = record(number, "spam-filter", right, names, truth, predicted)
        let details = details(
            task, examples, names, [], block, record: record)
        record.gates = [gate(.atLeast, "accuracy", 0.85, record)]
        record.verdict = record.gates[0].verdict
        return (record, details, right)
    }

    static func details(
        _ task: EvaluationTask, _ examples: ExampleSet, _ names: [String], _ scored: [Int32],
        _ block: PredictionBlock, record: EvaluationRecord
    ) -> EvaluationDetails {
        var collector = DetailsCollector(task, examples)
        let context = BlockContext(
            task: task, examples: examples, names: names, scoredClasses: scored)
        collector.take(collector.part(of: block, context))
        var details = collector.details.message
        details.record = record
        return details
    }

    static func record<Label: BinaryInteger>(
        _ number: String, _ suite: String, _ right: [Bool], _ names: [String], _ truth: [Label],
        _ predicted: [Label]
    ) -> EvaluationRecord {
        var confusion = [UInt64](repeating: 0, count: names.count * names.count)
        for (truth, predicted) in zip(truth, predicted) {
            confusion[Int(truth) * names.count + Int(predicted)] += 1
        }
        let recalls = names.indices.map { row in
            let cells = confusion[row * names.count..<(row + 1) * names.count]
            return Double(cells[row * names.count + row]) / Double(max(1, cells.reduce(0, +)))
        }
        return EvaluationRecord(
            evaluationId: Array(Digest(of: Array(number.utf8)).bytes.prefix(16)), model: "chat",
            number: number, manifestDigest: Digest(of: Array("manifest \(number)".utf8)).bytes,
            suite: suite, suiteDigest: Digest(of: Array(suite.utf8)).bytes,
            datasetDigest: Digest(of: Array("data of \(suite)".utf8)).bytes, verdict: .pass,
            metrics: [
                metric("accuracy", share(right), right.count),
                metric(
                    "balanced_accuracy", recalls.reduce(0, +) / Double(recalls.count), right.count),
            ] + zip(names, recalls).prefix(6).map { metric("recall_\($0)", $1, right.count) },
            parent: "", startedUnixMs: start, endedUnixMs: start + 42_000, labels: names,
            confusion: confusion, state: "done", exampleCount: UInt64(right.count),
            slices: ["de", "en", "fr", "pt-BR"].enumerated().map { index, language in
                let part = right.indices.filter { $0 % 4 == index }.map { right[$0] }
                return SliceResult(
                    column: "language", value: language, exampleCount: UInt64(part.count),
                    metrics: [metric("accuracy", share(part), part.count)])
            })
    }

    static func metric(_ name: String, _ value: Double, _ count: Int) -> MetricResult {
        MetricResult(name: name, value: value, exampleCount: UInt64(count))
    }

    private static func share(_ right: [Bool]) -> Double {
        Double(right.count { $0 }) / Double(max(1, right.count))
    }

    private static func gate(
        _ kind: GateKind, _ name: String, _ bound: Double, _ record: EvaluationRecord
    ) -> GateResult {
        let value = record.metrics.first { $0.name == name }?.value ?? 0
        return GateResult(
            gate: Gate(metric: name, kind: kind, bound: bound, alpha: 0.05),
            verdict: value >= bound ? .pass : .fail,
            why: "\(name) \(value) is \(value >= bound ? "at least" : "under") \(bound)")
    }

    /// As the evaluator compares: McNemar's test and the paired t on right and wrong.
    static func comparison(
        _ a: EvaluationRecord, _ b: EvaluationRecord, _ rightA: [Bool], _ rightB: [Bool]
    )
        -> Comparison
    {
        let pairs = zip(rightA, rightB)
        let (onlyA, onlyB) = (pairs.count { $0 && !$1 }, pairs.count { !$0 && $1 })
        let row = { (name: String, rightA: [Bool], rightB: [Bool]) -> MetricComparison in
            let numbers = { (right: [Bool]) in right.map { $0 ? 1.0 : 0 } }
            let t = TTest.paired(numbers(rightB), numbers(rightA))
            let pairs = zip(rightA, rightB)
            let (a, b) = (pairs.count { $0 && !$1 }, pairs.count { !$0 && $1 })
            let p = McNemarTest(onlyACorrect: a, onlyBCorrect: b).exactP ?? 1
            return MetricComparison(
                name: name, valueA: share(rightA), valueB: share(rightB),
                difference: share(rightB) - share(rightA),
                intervalLow: t.interval()?.low ?? .nan, intervalHigh: t.interval()?.high ?? .nan,
                test: "McNemar exact", statistic: Double(min(a, b)), p: p,
                conclusion: p > 0.05
                    ? "no difference shown" : a > b ? "a is better" : "b is better",
                minimumDetectable: t.minimumDetectableEffect() ?? .nan, effectName: "odds ratio",
                effect: a == 0 ? .nan : Double(b) / Double(a))
        }
        return Comparison(
            model: a.model, numberA: a.number, numberB: b.number, suite: a.suite,
            datasetDigest: a.datasetDigest, exampleCount: a.exampleCount,
            metrics: [row("accuracy", rightA, rightB)], onlyACorrect: UInt64(onlyA),
            onlyBCorrect: UInt64(onlyB),
            summary: "v\(b.number) alone is right on \(onlyB) of \(rightA.count) examples, "
                + "v\(a.number) alone on \(onlyA)",
            slices: ["de", "en", "fr", "pt-BR"].enumerated().map { index, language in
                let places = rightA.indices.filter { $0 % 4 == index }
                return SliceComparison(
                    column: "language", value: language, exampleCount: UInt64(places.count),
                    metrics: [
                        row("accuracy", places.map { rightA[$0] }, places.map { rightB[$0] })
                    ])
            }.sorted { $0.metrics[0].difference < $1.metrics[0].difference })
    }
}
