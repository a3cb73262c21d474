import CairnCore
import Evaluation
import Messages

import func Glibc.exp

func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

extension Simulated {
    /// Ten digits, of which some look alike.
    static func digits(_ number: String, skill: Double, seed: UInt64, count: Int = 5_000)
        -> (record: EvaluationRecord, details: EvaluationDetails, right: [Bool])
    {
        var random = SeededRandom(seed: 2)
        let truth = (0..<count).map { _ in Int32.random(in: 0..<10, using: &random) }
        let alike: [Int32: Int] = [4: 9, 9: 4, 3: 8, 8: 3, 7: 1, 5: 6]
        var noise = SeededRandom(seed: seed)
        let scores = truth.flatMap { label -> [Float] in
            var logits = (0..<10).map { _ in Double.random(in: 0...3, using: &noise) }
            logits[Int(label)] += skill
            if let other = alike[label] { logits[other] += skill * 0.55 }
            let sum = logits.reduce(0) { $0 + exp($1) }
            return logits.map { Float(exp($0) / sum) }
        }
        let names = (0..<10).map { "\($0)" }
        let predicted = truth.indices.map { row -> Int32 in
            let part = scores[row * 10..<row * 10 + 10]
            return Int32(part.indices.max { part[$0] < part[$1] }! - row * 10)
        }
        let examples = ExampleSet(count: count, truth: .classes(.int32(truth), names: names))
        let block = PredictionBlock(
            count: count, examples: .consecutive(from: 0),
            answers: .classes(
                ClassAnswers(predicted: .int32(predicted), scores: .float32(scores))))
        let right = zip(truth, predicted).map { $0 == $1 }
        let record = record(number, "digits", right, names, truth, predicted)
        let details = details(
            .multiclass, examples, names, (0..<10).map { $0 }, block, record: record)
        return (record, details, right)
    }

    /// Prices, with a few that are far off.
    static func prices(_ number: String, seed: UInt64, count: Int = 3_000)
        -> (record: EvaluationRecord, details: EvaluationDetails)
    {
        var random = SeededRandom(seed: seed)
        let truth = (0..<count).map { _ in exp(Double.random(in: 10...14, using: &random)) }
        let predicted = truth.map { price -> Double in
            let isFar = Int.random(in: 0..<500, using: &random) == 0
            return price * (isFar ? 6 : exp(Double.random(in: -0.4...0.4, using: &random)))
        }
        let examples = ExampleSet(count: count, truth: .numbers(truth))
        let block = PredictionBlock(
            count: count, examples: .consecutive(from: 0), answers: .numbers(.float64(predicted)))
        let errors = zip(predicted, truth).map { ($0 - $1).magnitude }
        var record = EvaluationRecord(
            evaluationId: [1], model: "prices", number: number, suite: "houses",
            verdict: .inconclusive,
            metrics: [metric("mae", errors.reduce(0, +) / Double(count), count)],
            startedUnixMs: start, endedUnixMs: start + 900, state: "done",
            exampleCount: UInt64(count))
        record.reasons = ["this test set could have shown a difference of 2,100"]
        let details = details(.regression, examples, [], [], block, record: record)
        return (record, details)
    }
}
