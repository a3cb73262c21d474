import CairnTestKit

@testable import Evaluation

/// The inputs of cases as data sets and answers.
extension Answered {
    static func classes(_ vector: VectorCase) -> Answered {
        let (truth, predicted) = (vector.ints("y"), vector.ints("pred"))
        let labels = Set(truth + predicted).sorted()
        let column = { (values: [Int]) in
            ClassColumn.int32(values.map { Int32(labels.firstIndex(of: $0) ?? 0) })
        }
        var answered = Answered(
            task: .multiclass,
            examples: ExampleSet(
                count: truth.count,
                truth: .classes(column(truth), names: labels.map(String.init)),
                weights: vector.doubles("weight")),
            answers: .classes(ClassAnswers(predicted: column(predicted), scores: nil)),
            names: labels.map(String.init))
        switch vector.options["zero_division"]?.double {
        case let value? where value.isNaN: answered.zeroDivision = .undefined
        case 1: answered.zeroDivision = .one
        default: break
        }
        return answered
    }

    static func probabilities(_ vector: VectorCase) -> Answered {
        let truth = vector.ints("y")
        let scores = vector["prob"]?.array?.map { $0[1]?.double ?? $0.double ?? .nan } ?? []
        return binary(truth, scores, weights: vector.doubles("weight"))
    }

    static func binary(_ truth: [Int], _ scores: [Double], weights: [Double]? = nil) -> Answered {
        Answered(
            task: .binary(positive: "1"),
            examples: ExampleSet(
                count: truth.count,
                truth: .classes(.uint8(truth.map { UInt8($0) }), names: ["0", "1"]),
                weights: weights),
            answers: .classes(
                ClassAnswers(
                    predicted: .uint8(scores.map { $0 >= 0.5 ? 1 : 0 }), scores: .float64(scores))),
            names: ["0", "1"], classesOfScores: [1])
    }

    static func classProbabilities(_ vector: VectorCase) -> Answered {
        let (truth, rows) = (vector.ints("y"), vector.rows("prob"))
        let width = rows.first?.count ?? 0
        let names = (0..<width).map(String.init)
        let predicted = rows.map { row in UInt8(row.firstIndex(of: row.max() ?? 0) ?? 0) }
        return Answered(
            task: .multiclass,
            examples: ExampleSet(
                count: truth.count, truth: .classes(.uint8(truth.map { UInt8($0) }), names: names)),
            answers: .classes(
                ClassAnswers(
                    predicted: .uint8(predicted), scores: .float64(Array(rows.joined())))),
            names: names, classesOfScores: (0..<Int32(width)).map(\.self))
    }

    static func labelSets(_ vector: VectorCase) -> Answered {
        let sets = { (name: String) in
            vector.rows(name).map { row in row.indices.filter { row[$0] == 1 }.map { Int32($0) } }
        }
        let width = vector.rows("y").first?.count ?? 0
        let names = (0..<width).map(String.init)
        let truth = sets("y")
        return Answered(
            task: .multilabel,
            examples: ExampleSet(
                count: truth.count, truth: .labelSets(ListColumn(truth), names: names)),
            answers: .labelSets(
                LabelSetAnswers(predicted: ListColumn(sets("pred")), scores: nil)),
            names: names)
    }

    static func numbers(_ vector: VectorCase) -> Answered {
        let truth = vector.doubles("t") ?? []
        return Answered(
            task: .regression,
            examples: ExampleSet(
                count: truth.count, truth: .numbers(truth), weights: vector.doubles("weight")),
            answers: .numbers(.float64(vector.doubles("pred") ?? [])))
    }

    /// With texts of as many bytes and words.
    static func likelihoods(_ vector: VectorCase) -> Answered {
        let rows = vector.rows("logprobs")
        let texts = zip(vector.ints("bytes"), vector.ints("words")).map { bytes, words in
            String(repeating: "x ", count: max(0, words - 1))
                + String(repeating: "x", count: bytes - max(0, 2 * (words - 1)))
        }
        return Answered(
            task: .languageModel,
            examples: ExampleSet(count: rows.count, truth: .texts(TextColumn(texts))),
            answers: .likelihoods(
                LikelihoodAnswers(
                    logProbabilities: rows.map { $0.reduce(0, +) },
                    tokenCounts: rows.map { Int32($0.count) }, correctTokenCounts: nil, texts: nil))
        )
    }

    static func choices(_ vector: VectorCase) -> Answered {
        let lengths = vector.rows("choice_bytes").map { $0.map { Int32($0) } }
        let gold = vector.ints("gold")
        return Answered(
            task: .multipleChoice,
            examples: ExampleSet(
                count: gold.count, truth: .choices(gold: gold.map { Int32($0) }, lengths: nil)),
            answers: .choices(
                ChoiceAnswers(
                    logLikelihoods: ListColumn(vector.rows("loglikelihoods")),
                    lengths: ListColumn(lengths))))
    }

    /// One reference each, or, as sacreBLEU has them, so many lists of one each.
    static func texts(_ vector: VectorCase) -> Answered {
        let texts = vector["hyp"]?.strings ?? vector.strings("pred")
        var references = TextListColumn()
        for row in texts.indices {
            let own: [String] =
                if let one = vector["ref"]?.strings {
                    [one[row]]
                } else if vector.kind == "squad" {
                    vector["refs"]?[row]?.strings ?? []
                } else {
                    vector["refs"]?.array?.compactMap { $0[row]?.string } ?? []
                }
            references.append(own.map { Array($0.utf8) })
        }
        return Answered(
            task: .textGeneration,
            examples: ExampleSet(count: texts.count, truth: .references(references)),
            answers: .texts(TextColumn(texts)))
    }

    static func trials(_ vector: VectorCase) -> Answered {
        let drawn = vector.ints("n").map { Int32($0) }
        return Answered(
            task: .code, examples: ExampleSet(count: drawn.count, truth: .unlabelled),
            answers: .trials(drawn: drawn, passed: vector.ints("c").map { Int32($0) }))
    }

    static func rankings(_ vector: VectorCase) -> Answered {
        let relevance = vector.rows("relevance")
        return Answered(
            task: .ranking,
            examples: ExampleSet(count: relevance.count, truth: .relevance(ListColumn(relevance))),
            answers: .rankings(ListColumn(vector.rows("score"))))
    }

    /// The first request begins at 0, and the last ends when the case says that all was over.
    static func requests(_ vector: VectorCase) -> Answered {
        let latencies = vector.doubles("latency_ms") ?? []
        let wall = vector["wall_seconds"]?.double ?? 0
        var starts = [Double](repeating: 0, count: latencies.count)
        if let last = latencies.last, latencies.count > 1 {
            starts[latencies.count - 1] = wall - last / 1_000
        }
        return Answered(
            task: .serving, examples: ExampleSet(count: latencies.count, truth: .unlabelled),
            answers: .requests(
                RequestAnswers(
                    latencies: latencies, tokenCounts: vector.ints("tokens").map { Int32($0) },
                    failed: vector.ints("error").map { $0 != 0 }, starts: starts)))
    }
}
