import CairnCore
import Statistics
import Testing

@testable import Evaluation

@Suite struct ReferenceCollectorTests {
    private func examples(_ count: Int, _ truth: ExampleSet.Truth) -> ExampleSet {
        ExampleSet(count: count, truth: truth)
    }

    /// All blocks in their order, looked at in any.
    private func collect(
        _ blocks: [PredictionBlock], _ context: BlockContext, size: Int = 1024
    ) -> SketchBundle {
        var collector = ReferenceCollector(size: size)
        let parts = blocks.reversed().map { collector.part(of: $0, context) }.reversed()
        for part in parts { collector.take(part) }
        return collector.bundle
    }

    private func block(from place: Int, _ answers: Answers, count: Int) -> PredictionBlock {
        PredictionBlock(count: count, examples: .consecutive(from: place), answers: answers)
    }

    @Test func predictedClassesAreCountedAndTheirScoresSketched() throws {
        let context = BlockContext(
            task: .multiclass,
            examples: examples(5, .classes(.uint8([0, 1, 2, 0, 1]), names: ["a", "b", "c"])),
            names: ["a", "b", "c"], scoredClasses: [1, 0, 2])
        let first = ClassAnswers(
            predicted: .uint8([0, 1, 2]),
            scores: .float32([0.25, 0.5, 0.25, 0.75, 0.125, 0.125, 0, 0, 1]))
        let second = ClassAnswers(
            predicted: .int32([0, 0]), scores: .float32([0.5, 0.5, 0, 0, 0.875, 0.125]))
        let bundle = collect(
            [
                block(from: 0, .classes(first), count: 3),
                block(from: 3, .classes(second), count: 2),
            ], context)
        #expect(bundle.rowCount == 5)
        #expect(bundle.names == ["output", "score"])
        guard case .categories(let output, 0) = bundle["output"],
            case .numbers(let score) = bundle["score"]
        else {
            Issue.record("other kinds: \(bundle)")
            return
        }
        #expect(output.categories.map(\.name) == ["a", "b", "c"])
        #expect(output.categories.map(\.count) == [3, 1, 1])
        // Of a: 0.5, 0.5, 0.875; of b: 0.75; of c: 1.
        #expect(score.quantiles.distribution.values == [0.5, 0.75, 0.875, 1])
        #expect(try SketchBundle(encoded: bundle.encoded) == bundle)
    }

    @Test func everyKindOfAnswerHasASketch() {
        var lists = ListColumn<Double>()
        lists.append([0.5, 2])
        lists.append([1])
        var texts = TextColumn()
        texts.append("é€".utf8)
        texts.append("".utf8)
        var sets = ListColumn<Int32>()
        sets.append([0, 1])
        sets.append([])
        let unlabelled = examples(2, .unlabelled)
        let cases: [(EvaluationTask, Answers, [String])] = [
            (
                .binary(positive: "1"),
                .classes(ClassAnswers(predicted: .uint8([1, 0]), scores: .float64([0.9, 0.2]))),
                ["output", "score"]
            ),
            (
                .multilabel, .labelSets(LabelSetAnswers(predicted: sets, scores: nil)),
                ["output", "output.count"]
            ),
            (.regression, .numbers(.float64([1, 2])), ["output"]),
            (
                .languageModel,
                .likelihoods(
                    LikelihoodAnswers(
                        logProbabilities: [-2, -.infinity], tokenCounts: [4, 0],
                        correctTokenCounts: nil, texts: texts)),
                ["score", "output.length"]
            ),
            (
                .multipleChoice, .choices(ChoiceAnswers(logLikelihoods: lists, lengths: nil)),
                ["score", "output"]
            ),
            (.textGeneration, .texts(texts), ["output.length"]),
            (.ranking, .rankings(lists), ["score", "output.count"]),
            (.code, .trials(drawn: [4, 0], passed: [1, 0]), ["output"]),
            (
                .serving,
                .requests(
                    RequestAnswers(
                        latencies: [10, 20], tokenCounts: [3, 4], failed: [false, true], starts: nil
                    )),
                ["latency", "tokens"]
            ),
        ]
        for (task, answers, names) in cases {
            let context = BlockContext(task: task, examples: unlabelled, names: ["x", "y"])
            let bundle = collect([block(from: 0, answers, count: 2)], context)
            #expect(bundle.names == names, "\(task)")
            #expect(bundle.rowCount == 2)
        }
    }

    @Test func largeDataSetsAreSampledByPlace() {
        let count = ReferenceCollector.sampleCount * 4
        let context = BlockContext(task: .regression, examples: examples(count, .unlabelled))
        let blocks = (0..<4).map { index in
            block(
                from: index * 1000, .numbers(.float64(Array(repeating: 1, count: 1000))),
                count: 1000)
        }
        let bundle = collect(blocks, context)
        #expect(bundle.rowCount == 4000)
        guard case .numbers(let output) = bundle["output"] else {
            Issue.record("no output")
            return
        }
        #expect((800...1200).contains(output.count), "\(output.count)")
        #expect(collect(blocks, context) == bundle)
    }
}
