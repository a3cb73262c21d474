/// The reader of blocks for a format and a task.
enum PredictionSources {
    static func open(
        _ source: any ByteSource, _ format: PredictionFormat, _ task: EvaluationTask,
        stopsAtError: Bool, workerCount: Int, pieceByteCount: Int
    ) throws(InputError) -> any RowBlockSource {
        func text<Rows: AnswerRows>(_ rows: Rows.Type) throws(InputError) -> any RowBlockSource {
            try TextBlocks<Rows>(
                source, format: format == .csv ? .csv : .jsonLines, stopsAtError: stopsAtError,
                workerCount: workerCount, pieceByteCount: pieceByteCount)
        }
        switch task {
        case .binary, .multiclass: return try text(ClassRows.self)
        case .regression: return try text(NumberRows.self)
        case .languageModel, .multilabel, .multipleChoice, .textGeneration, .ranking, .code,
            .serving:
            throw InputError("predictions of \(task) tasks are not read")
        }
    }
}
