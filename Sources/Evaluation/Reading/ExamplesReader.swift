import CairnCore

/// Collects the truth of a data set whose bytes arrive in pieces.
public struct ExamplesReader {
    private let labelColumn: String
    private var rows: DatasetRows
    private var collected: CollectedLabels

    public init(format: DatasetFormat, task: EvaluationTask, labelColumn: String) {
        self.labelColumn = labelColumn
        rows = DatasetRows(format: format, labelColumn: labelColumn)
        collected = CollectedLabels(task: task)
    }

    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(InputError) {
        try rows.append(bytes) { row throws(InputError) in try collected.take(row) }
        try checkColumn()
    }

    /// What was collected, when the file has ended.
    public mutating func finish() throws(InputError) -> Examples {
        try rows.finish { row throws(InputError) in try collected.take(row) }
        try checkColumn()
        return try collected.examples()
    }

    private func checkColumn() throws(InputError) {
        guard let line = collected.firstMissingLabel else { return }
        let column = InputError.excerpt(labelColumn)
        guard let columns = rows.columns else {
            throw InputError(line: line, "no value for \(column), the label column")
        }
        let near = Nearest.word(to: labelColumn, among: columns)
        let hint = near.map { "did you mean \(InputError.excerpt($0))?" }
        throw InputError(
            line: 1,
            "the header has no column \(column); " + (hint ?? "it has \(InputError.list(columns))"))
    }
}
