import Evaluation

/// What the tests of this folder read data sets with.
enum Reading {
    static func set(
        _ text: String, _ task: EvaluationTask, format: RowFormat = .csv,
        columns: DatasetColumns = DatasetColumns(), workerCount: Int = 1,
        cutting: RowCutting = .usual
    ) throws(InputError) -> ExampleSet {
        try set(
            Array(text.utf8), task, format: format, columns: columns, workerCount: workerCount,
            cutting: cutting)
    }

    static func set(
        _ bytes: [UInt8], _ task: EvaluationTask, format: RowFormat = .csv,
        columns: DatasetColumns = DatasetColumns(), workerCount: Int = 1,
        cutting: RowCutting = .usual
    ) throws(InputError) -> ExampleSet {
        try ExampleSet(
            reading: BytesInMemory(bytes), format: format, task: task, columns: columns,
            workerCount: workerCount, cutting: cutting)
    }

    /// The error that `body` ends with, as a person sees it.
    static func error(_ body: () throws(InputError) -> Void) -> String {
        do throws(InputError) {
            try body()
            return "no error"
        } catch {
            return error.description
        }
    }
}
