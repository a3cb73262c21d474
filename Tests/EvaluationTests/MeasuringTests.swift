import CairnCore
import CairnTestKit
import Testing

@testable import Evaluation

@Suite struct MeasuringTests {
    /// More than two blocks of the usual size, with values whose sum depends on the order.
    private let count = 150_000

    private func classes(_ random: inout SeededRandom) -> Answered {
        let names = (0..<7).map(String.init)
        let draw = { (random: inout SeededRandom) in UInt8.random(in: 0..<7, using: &random) }
        let truth = (0..<count).map { _ in draw(&random) }
        let scores = (0..<(count * 7)).map { _ in Float.random(in: 0...1, using: &random) }
        return Answered(
            task: .multiclass,
            examples: ExampleSet(
                count: count, truth: .classes(.uint8(truth), names: names),
                weights: (0..<count).map { _ in Double.random(in: 0...3, using: &random) },
                slices: [
                    SliceColumn(
                        name: "language", values: ["de", "en", "fr"],
                        places: (0..<count).map { _ in Int32.random(in: 0..<3, using: &random) })
                ]),
            answers: .classes(
                ClassAnswers(
                    predicted: .uint8((0..<count).map { _ in draw(&random) }),
                    scores: .float32(scores))),
            names: names, classesOfScores: (0..<7).map(\.self))
    }

    private func numbers(_ random: inout SeededRandom) -> Answered {
        let numbers = (0..<count).map { _ in
            Double.random(in: 0...1, using: &random)
                * Double(1 << Int.random(in: 0...40, using: &random))
        }
        return Answered(
            task: .regression,
            examples: ExampleSet(
                count: count, truth: .numbers(Array(repeating: 0.1, count: count))),
            answers: .numbers(.float64(numbers)))
    }

    /// By as many threads as there may be, over blocks of the usual length.
    private func measured(_ answered: Answered, _ workerCount: Int) throws -> Measurement {
        let metrics = EvaluationMetric.shown(of: answered.task)
        let pass = MeasuringPass(
            metrics, task: answered.task, examples: answered.examples, workerCount: workerCount)
        var source = ListedBlocks(
            answered.answers, names: answered.names, classesOfScores: answered.classesOfScores,
            rowCount: PredictionBlock.usualRowCount)
        return try pass.run(&source)
    }

    @Test func theSamePredictionsGiveTheSameBitsForAnyNumberOfWorkers() throws {
        var random = SeededRandom(seed: 42)
        for answered in [classes(&random), numbers(&random)] {
            let one = try measured(answered, 1)
            #expect(one.metrics.contains { $0.value != nil })
            for workerCount in [2, 3, 7] {
                #expect(try measured(answered, workerCount) == one, "\(workerCount) workers")
            }
        }
    }

    /// Through a data set's and a predictions file's bytes.
    private func read(
        _ task: EvaluationTask, _ data: String, _ lines: String, skipsInvalid: Bool = false,
        columns: DatasetColumns = DatasetColumns(), workerCount: Int = 2
    ) throws -> Measurement {
        let examples = try Reading.set(data, task, columns: columns)
        var reader = try PredictionReader(
            BytesInMemory(Array(lines.utf8)), format: .jsonLines, task: task, examples: examples,
            skipsInvalid: skipsInvalid, workerCount: workerCount,
            cutting: RowCutting(pieceByteCount: 64))
        let pass = MeasuringPass(
            EvaluationMetric.shown(of: task), task: task, examples: examples,
            workerCount: workerCount)
        return try pass.run(&reader)
    }

    @Test func aPositiveClassThatNeverOccursIsNoZero() throws {
        let got = try read(
            .binary(positive: "1"), "label\n0\n0\n", "{\"prediction\": 0}\n{\"prediction\": 0}")
        let metric = { (name: String) in
            try EvaluationMetric(named: name, of: .binary(positive: "1"))
        }
        #expect(got[try metric("accuracy")]?.value == 1)
        #expect(
            got[try metric("precision")]?.problem == "undefined: the positive label occurs nowhere")
        #expect(
            got[try metric("log_loss")]?.problem
                == "insufficient data: the predictions give no scores")
    }

    @Test func badRowsAreLeftOutAndCounted() throws {
        let lines = "{\"prediction\": \"a\"}\nnonsense\n{\"prediction\": \"a\"}\n"
        let data = "label\na\nb\nb\n"
        #expect(throws: InputError.self) { try read(.multiclass, data, lines) }
        let got = try read(.multiclass, data, lines, skipsInvalid: true)
        #expect(got.skipped.count == 1)
        #expect(got.skipped.described.first?.hasPrefix("line 2") == true)
        #expect(got[.accuracy]?.value == 0.5)
        #expect((0..<3).map { got.examples.isPresent($0) } == [true, false, true])
        #expect(ExampleResults(packed: got.examples.packed) == got.examples)
    }

    @Test func slicesAndWeightsComeFromTheDataSet() throws {
        let data = "label,lang,w\na,de,1\nb,de,3\na,en,2\nb,en,0\n"
        let lines = ["a", "a", "a", "a"].map { "{\"prediction\": \"\($0)\"}" }
            .joined(separator: "\n")
        let columns = DatasetColumns(weight: "w", slices: ["lang"])
        let got = try read(.multiclass, data, lines, columns: columns)
        #expect(got[.accuracy]?.value == 0.5)
        #expect(got.slices.map(\.value) == ["de", "en"])
        #expect(got.slices.map(\.exampleCount) == [2, 2])
        #expect(got.slices.map { $0[.accuracy]?.value } == [0.25, 1])
        #expect(got.confusion.isEmpty, "counts of weighted examples are no counts")
        let values = got.examples.values(of: .correct) ?? []
        #expect(values.reduce(0, +) / 4 == 0.5)
    }
}
