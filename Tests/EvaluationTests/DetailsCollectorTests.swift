import CairnCore
import Testing

@testable import Evaluation

/// Every task's details, and that they do not depend on how the file was cut into blocks.
@Suite struct DetailsCollectorTests {
    private func collected(
        _ task: EvaluationTask, _ examples: ExampleSet, names: [String] = [], scored: [Int32] = [],
        _ blocks: [PredictionBlock]
    ) -> PredictionDetails {
        var collector = DetailsCollector(task, examples)
        let context = BlockContext(
            task: task, examples: examples, names: names, scoredClasses: scored)
        for block in blocks { collector.take(collector.part(of: block, context)) }
        return collector.details
    }

    private func cut<Value>(_ values: [Value], _ size: Int) -> [(start: Int, part: [Value])] {
        stride(from: 0, to: values.count, by: size).map {
            ($0, Array(values[$0..<min(values.count, $0 + size)]))
        }
    }

    @Test func aBinaryTaskHasCurvesCalibrationAndItsWorst() throws {
        var random = SeededRandom(seed: 5)
        let truth = (0..<3_000).map { _ in UInt8.random(in: 0...1, using: &random) }
        let scores = truth.map { label -> Float in
            let p = Float.random(in: 0...1, using: &random)
            return label == 1 ? max(p, 1 - p) : p
        }
        var ids = TextColumn()
        for index in truth.indices { ids.append("<e\(index)>".utf8) }
        let examples = ExampleSet(
            count: 3_000, truth: .classes(.uint8(truth), names: ["no", "yes"]), ids: ids)
        let details = { (size: Int) in
            collected(
                .binary(positive: "yes"), examples, names: ["no", "yes"],
                cut(scores, size).map { start, part in
                    PredictionBlock(
                        count: part.count, examples: .consecutive(from: start),
                        answers: .classes(
                            ClassAnswers(
                                predicted: .uint8(part.map { $0 < 0.5 ? 0 : 1 }),
                                scores: .float32(part))))
                })
        }
        let whole = details(3_000)
        #expect(whole == details(700) && whole == details(1))
        #expect(whole.curves.map(\.kind) == [.roc, .precisionRecall])
        #expect(whole.calibration.count == 15)
        #expect(whole.histograms.map(\.name) == ["score of positives", "score of negatives"])
        let positives = truth.count { $0 == 1 }
        #expect(whole.histograms[0].counts.reduce(0, +) == UInt64(positives))
        #expect(whole.worst.count == 100)
        let first = try #require(whole.worst.first)
        let given = scores.indices.map { truth[$0] == 1 ? scores[$0] : 1 - scores[$0] }
        let lowest = try #require(given.min())
        #expect(given[first.place] == lowest)
        #expect(first.id == "<e\(first.place)>" && first.lossName == "log_loss")
        #expect(whole.worst.map(\.loss) == whole.worst.map(\.loss).sorted(by: >))
    }

    @Test func aTaskOfSeveralClassesHasACurveForEach() throws {
        var random = SeededRandom(seed: 6)
        let names = (0..<20).map { "class \($0)" }
        // The higher the class, the rarer.
        let truth = (0..<4_000).map { _ -> Int32 in
            min(
                Int32.random(in: 0..<20, using: &random), Int32.random(in: 0..<20, using: &random))
        }
        let scores = truth.flatMap { label -> [Double] in
            var row = (0..<20).map { _ in Double.random(in: 0...1, using: &random) }
            row[Int(label)] += 0.5
            let sum = row.reduce(0, +)
            return row.map { $0 / sum }
        }
        let examples = ExampleSet(count: 4_000, truth: .classes(.int32(truth), names: names))
        let details = { (size: Int) in
            collected(
                .multiclass, examples, names: names, scored: (0..<20).map { $0 },
                cut(Array(0..<4_000), size).map { start, part in
                    PredictionBlock(
                        count: part.count, examples: .listed(part.map(Int32.init)),
                        answers: .classes(
                            ClassAnswers(
                                predicted: .int32(Array(truth[start..<start + part.count])),
                                scores: .float64(
                                    Array(scores[start * 20..<(start + part.count) * 20])))))
                })
        }
        let whole = details(4_000)
        #expect(whole == details(333))
        #expect(whole.curves.count == 24)
        #expect(Set(whole.curves.map(\.label)) == Set(names.prefix(12)))
        #expect(
            whole.histograms.map(\.name) == ["confidence where right", "confidence where wrong"])
        #expect(whole.calibration.reduce(0) { $0 + $1.count } == 4_000)
    }

    @Test func withoutScoresTheWrongAnswersAreListed() {
        let examples = ExampleSet(
            count: 4, truth: .classes(.uint8([0, 1, 1, 0]), names: ["a", "b"]))
        let block = PredictionBlock(
            count: 4, examples: .consecutive(from: 0),
            answers: .classes(ClassAnswers(predicted: .uint8([0, 0, 1, 1]), scores: nil)))
        let details = collected(.multiclass, examples, names: ["a", "b"], [block])
        #expect(details.worst.map(\.place) == [1, 3])
        #expect(details.worst.map(\.predicted) == ["a", "b"])
        #expect(details.curves.isEmpty && details.calibration.isEmpty)
    }

    @Test func errorsOfNumbers() throws {
        let examples = ExampleSet(count: 3, truth: .numbers([1, 2, 3]))
        let block = PredictionBlock(
            count: 3, examples: .listed([2, 0, 1]), answers: .numbers(.float64([3, 1.5, -2])))
        let details = collected(.regression, examples, [block])
        #expect(details.worst.map(\.place) == [1, 0, 2])
        #expect(details.worst.map(\.loss) == [4, 0.5, 0])
        let scatter = try #require(details.curves.first)
        #expect(scatter.kind == .predictedOverTruth)
        #expect(scatter.points.map(\.x) == [1, 2, 3] && scatter.points.map(\.y) == [1.5, -2, 3])
        #expect(details.histograms[0].counts.reduce(0, +) == 3)
    }

    @Test func labelsOfSets() {
        var (truth, predicted) = (ListColumn<Int32>(), ListColumn<Int32>())
        for (right, said) in [([0, 2], [0]), ([], [1]), ([1], [1])] as [([Int32], [Int32])] {
            truth.append(right)
            predicted.append(said)
        }
        let examples = ExampleSet(count: 3, truth: .labelSets(truth, names: ["x", "y", "z"]))
        let block = { (scores: ScoreColumn?) in
            PredictionBlock(
                count: 3, examples: .consecutive(from: 0),
                answers: .labelSets(LabelSetAnswers(predicted: predicted, scores: scores)))
        }
        let bare = collected(.multilabel, examples, names: ["x", "y", "z"], [block(nil)])
        #expect(bare.worst.map(\.place) == [0, 1])
        #expect(bare.worst.map(\.truth) == ["x, z", ""])
        let scored = collected(
            .multilabel, examples, names: ["x", "y", "z"],
            [block(.float32([0.9, 0.1, 0.1, 0.1, 0.8, 0.1, 0.2, 0.9, 0.1]))])
        #expect(scored.worst.map(\.place) == [0, 1, 2])
        #expect(scored.histograms[0].counts.reduce(0, +) == 3)
        #expect(scored.histograms[1].counts.reduce(0, +) == 6)
        #expect(scored.curves.count == 6)
    }

    @Test func likelihoodsAndChoices() throws {
        let likely = LikelihoodAnswers(
            logProbabilities: [-3, -.infinity, -8], tokenCounts: [3, 2, 2], correctTokenCounts: nil,
            texts: nil)
        let language = collected(
            .languageModel, ExampleSet(count: 3, truth: .texts(nil)),
            [
                PredictionBlock(
                    count: 3, examples: .consecutive(from: 0), answers: .likelihoods(likely))
            ])
        #expect(language.worst.map(\.place) == [1, 2, 0])
        #expect(language.worst.map(\.loss) == [.infinity, 4, 1])
        #expect(language.histograms.map { $0.counts.reduce(0, +) } == [2, 3])

        var choices = ListColumn<Double>()
        for row in [[-1, -2], [-5, -1, -.infinity], [-1, -1]] as [[Double]] { choices.append(row) }
        let chosen = collected(
            .multipleChoice, ExampleSet(count: 3, truth: .choices(gold: [0, 0, 1], lengths: nil)),
            [
                PredictionBlock(
                    count: 3, examples: .consecutive(from: 0),
                    answers: .choices(ChoiceAnswers(logLikelihoods: choices, lengths: nil)))
            ])
        let first = try #require(chosen.worst.first)
        #expect(first.place == 1 && first.loss == 4)
        #expect(first.truth == "choice 0" && first.predicted == "choice 1")
        #expect(chosen.calibration.reduce(0) { $0 + $1.count } == 3)
    }

    @Test func textsRankingsTrialsAndRequests() throws {
        var (answers, references) = (TextColumn(), TextListColumn())
        for text in ["the cat sat", "nothing", "Grüße"] { answers.append(text.utf8) }
        references.append(["a dog".utf8, "the cat sat down".utf8])
        references.append(["else".utf8])
        references.append(["Grüße".utf8])
        let texts = collected(
            .textGeneration, ExampleSet(count: 3, truth: .references(references)),
            [PredictionBlock(count: 3, examples: .consecutive(from: 0), answers: .texts(answers))])
        #expect(texts.worst.map(\.place) == [1, 0, 2])
        #expect((texts.worst[1].loss - (1 - 6.0 / 7)).magnitude < 1e-12)

        var (relevance, scores) = (ListColumn<Double>(), ListColumn<Double>())
        for (right, said) in [([0, 1], [2, 1]), ([1, 0], [2, 1]), ([0, 0], [1, 2])]
            as [([Double], [Double])]
        {
            relevance.append(right)
            scores.append(said)
        }
        let rankings = collected(
            .ranking, ExampleSet(count: 3, truth: .relevance(relevance)),
            [PredictionBlock(count: 3, examples: .consecutive(from: 0), answers: .rankings(scores))]
        )
        #expect(rankings.worst.map(\.place) == [0, 1])
        #expect((rankings.worst[0].loss - (1 - 0.6309297535714575)).magnitude < 1e-12)
        #expect(rankings.worst[0].predicted == "the first of them at rank 2")

        let trials = collected(
            .code, ExampleSet(count: 2, truth: .unlabelled),
            [
                PredictionBlock(
                    count: 2, examples: .consecutive(from: 0),
                    answers: .trials(drawn: [4, 2], passed: [1, 2]))
            ])
        #expect(trials.worst.map(\.loss) == [0.75, 0])

        let requests = collected(
            .serving, ExampleSet(count: 2, truth: .unlabelled),
            [
                PredictionBlock(
                    count: 2, examples: .consecutive(from: 0),
                    answers: .requests(
                        RequestAnswers(
                            latencies: [0.25, 2], tokenCounts: nil, failed: [false, true],
                            starts: nil)))
            ])
        #expect(requests.worst.map(\.place) == [1, 0])
        #expect(requests.worst[0].predicted == "failed")
    }
}
