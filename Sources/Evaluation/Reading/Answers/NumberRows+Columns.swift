/// Blocks of arrays, column by column.
extension NumberRows {
    static func block(
        _ block: ArrayBlock, field: (Int) -> LoadedColumn?, _ context: AnswerContext, _ form: Void
    ) -> RowBlock? {
        let count = block.rows.count
        guard let numbers = field(1)?.finiteNumbers(count) else { return nil }
        var made = RowBlock(answers: .numbers(.float64(numbers)))
        if let column = field(0) {
            guard let labels = column.finiteNumbers(count) else { return nil }
            made.labels = .numbers(labels)
        }
        return made
    }
}
