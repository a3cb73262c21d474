import Evaluation

/// A predictions file that was read to its end, for tests to look at.
struct ReadPredictions: Equatable {
    var blocks: [PredictionBlock] = []
    var names: [String] = []
    var scoredClasses: [Int] = []
    var skipped = PredictionReader.Skipped()

    init(
        _ bytes: [UInt8], _ format: RowFormat = .jsonLines, _ task: EvaluationTask,
        _ examples: ExampleSet, skipsInvalid: Bool = false, workerCount: Int = 1,
        cutting: RowCutting = .usual
    ) throws(InputError) {
        var reader = try PredictionReader(
            BytesInMemory(bytes), format: format, task: task, examples: examples,
            skipsInvalid: skipsInvalid, workerCount: workerCount, cutting: cutting)
        while let next = try reader.next() { blocks += next }
        (names, scoredClasses) = (reader.names, reader.scoredClasses)
        skipped = reader.skipped
    }

    /// The examples that were answered, in the order of the file.
    var places: [Int] {
        blocks.flatMap { block in (0..<block.count).map { block.examples.place($0) } }
    }

    /// The class that each row predicts.
    var predicted: [String] {
        blocks.flatMap { block -> [String] in
            guard case .classes(let answers) = block.answers else { return ["no class"] }
            return (0..<block.count).map { names[answers.predicted[$0]] }
        }
    }

    var scores: [Double]? {
        var all: [Double] = []
        for block in blocks {
            guard case .classes(let answers) = block.answers, let scores = answers.scores else {
                return nil
            }
            all += (0..<scores.count).map { scores[$0] }
        }
        return all
    }

    var numbers: [Double] {
        blocks.flatMap { block -> [Double] in
            guard case .numbers(let numbers) = block.answers else { return [.nan] }
            return (0..<block.count).map { numbers[$0] }
        }
    }
}
