import Evaluation
import Glibc
import LinuxHost
import Ports

/// A data set and predictions on disk: how long it takes to read both, and to measure them.
enum ReadingBench {
    static func run(_ options: BenchOptions) throws {
        LargeBlocks.keep()
        let files = try Files(options)
        let names = options.text("metrics", or: "").split(separator: ",").map(String.init)
        let metrics = try names.map { try EvaluationMetric(named: $0, of: files.task) }
        for _ in 0..<(try options.number("rounds", or: 5)) {
            var (began, work) = (nanoseconds(), clock())
            let examples = try files.examples()
            let dataset = seconds(since: began)
            began = nanoseconds()
            var reader = try files.reader(examples)
            var (rowCount, values) = (0, "")
            if metrics.isEmpty {
                while let blocks = try reader.next() {
                    rowCount += blocks.reduce(0) { $0 + $1.count }
                }
            } else {
                let measured = try MeasuringPass(
                    metrics, task: files.task, examples: examples, workerCount: files.threads
                ).run(&reader)
                rowCount = measured.examples.count
                values = measured.metrics.map { "\($0.metric)=\($0.value ?? .nan)" }
                    .joined(separator: " ")
            }
            let predictions = seconds(since: began)
            work = clock() - work
            print(
                "rows=\(rowCount) dataset_s=\(dataset) predictions_s=\(predictions)",
                "cpu_s=\(Double(work) / Double(CLOCKS_PER_SEC))", values)
        }
    }

    private static func seconds(since began: Int64) -> Double {
        Double((nanoseconds() - began) / 1_000) / 1_000_000
    }

    private struct Files {
        let dataset: (path: String, format: RowFormat)
        let predictions: (path: String, format: RowFormat)
        let task: EvaluationTask
        let threads: Int

        init(_ options: BenchOptions) throws {
            func file(_ name: String) throws -> (String, RowFormat) {
                let path = try options.text(name)
                guard let format = RowFormat(fileName: path) else {
                    throw BenchError("--\(name) ends in none of \(RowFormat.endingsText)")
                }
                return (path, format)
            }
            (dataset, predictions) = (try file("dataset"), try file("predictions"))
            threads = try options.number("threads", or: 2)
            let name = try options.text("task")
            guard let task = EvaluationTask.kinds.first(where: { $0.description == name }) else {
                throw BenchError(
                    "--task is one of "
                        + EvaluationTask.kinds.map(\.description).joined(separator: ", "))
            }
            self.task = task
        }

        func examples() throws -> ExampleSet {
            try ExampleSet(
                reading: try FileBytes(dataset.path), format: dataset.format, task: task,
                workerCount: threads)
        }

        func reader(_ examples: ExampleSet) throws -> PredictionReader {
            try PredictionReader(
                try FileBytes(predictions.path), format: predictions.format, task: task,
                examples: examples, skipsInvalid: false, workerCount: threads)
        }
    }
}
