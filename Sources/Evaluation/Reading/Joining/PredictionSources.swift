/// The reader of blocks for a format and a task.
struct PredictionSources {
    let source: any ByteSource
    let format: RowFormat
    let task: EvaluationTask
    let stopsAtError: Bool
    let workerCount: Int
    let cutting: RowCutting

    func open() throws(InputError) -> any RowBlockSource {
        switch task {
        case .binary, .multiclass: try rows(ClassRows.self)
        case .regression: try rows(NumberRows.self)
        case .multilabel: try rows(LabelSetRows.self)
        case .languageModel: try rows(LikelihoodRows.self)
        case .multipleChoice: try rows(ChoiceRows.self)
        case .textGeneration: try rows(TextRows.self)
        case .ranking: try rows(RankingRows.self)
        case .code: try rows(TrialRows.self)
        case .serving: try rows(RequestRows.self)
        }
    }

    private func rows<Rows: AnswerRows>(_ rows: Rows.Type) throws(InputError)
        -> any RowBlockSource
    {
        switch format {
        case .text(let format):
            try TextBlocks<Rows>(
                source, format: format, stopsAtError: stopsAtError, workerCount: workerCount,
                pieceByteCount: cutting.pieceByteCount)
        case .arrays(let isArchive):
            try ArrayBlocks<Rows>(
                source, isArchive: isArchive, task, stopsAtError: stopsAtError,
                workerCount: workerCount, blockRowCount: cutting.blockRowCount)
        }
    }
}

/// Where files are cut; tests cut them everywhere.
public struct RowCutting: Sendable {
    /// Text files, about so.
    public let pieceByteCount: Int
    /// Files of columns; with fewer rows where they are long.
    public let blockRowCount: Int

    public init(
        pieceByteCount: Int = 2 << 20, blockRowCount: Int = PredictionBlock.usualRowCount
    ) {
        self.pieceByteCount = max(1, pieceByteCount)
        self.blockRowCount = max(1, blockRowCount)
    }

    public static let usual = RowCutting()
}
