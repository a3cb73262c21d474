import Evaluation
import Glibc
import LinuxHost
import Ports

/// From a predictions file on disk to blocks: how long it takes, and that all of it was read.
enum ReadingBench {
    static func run(_ options: BenchOptions) throws {
        let path = try options.text("predictions")
        guard let format = RowFormat(fileName: path) else {
            throw BenchError("--predictions ends in none of \(RowFormat.endingsText)")
        }
        let task = try task(try options.text("task"))
        let workerCount = try options.number("threads", or: 2)
        let dataset = try options.text("dataset")
        guard let datasetFormat = RowFormat(fileName: dataset) else {
            throw BenchError("--dataset ends in none of \(RowFormat.endingsText)")
        }
        var began = nanoseconds()
        let examples = try ExampleSet(
            reading: try FileBytes(dataset), format: datasetFormat, task: task,
            workerCount: workerCount)
        print("dataset rows=\(examples.count) seconds=\(seconds(since: began))")
        for _ in 0..<(try options.number("rounds", or: 5)) {
            began = nanoseconds()
            var reader = try PredictionReader(
                try FileBytes(path), format: format, task: task, examples: examples,
                skipsInvalid: false, workerCount: workerCount)
            var (rowCount, blockCount) = (0, 0)
            while let blocks = try reader.next() {
                rowCount += blocks.reduce(0) { $0 + $1.count }
                blockCount += blocks.count
            }
            print("rows=\(rowCount) blocks=\(blockCount) seconds=\(seconds(since: began))")
        }
    }

    private static func seconds(since began: Int64) -> Double {
        Double((nanoseconds() - began) / 1_000_000) / 1_000
    }

    private static func task(_ name: String) throws -> EvaluationTask {
        let all: [EvaluationTask] = [
            .binary(positive: "1"), .multiclass, .regression, .languageModel, .multilabel,
            .multipleChoice, .textGeneration, .ranking, .code, .serving,
        ]
        guard let task = all.first(where: { $0.description == name }) else {
            throw BenchError(
                "--task is one of \(all.map(\.description).joined(separator: ", "))")
        }
        return task
    }
}
