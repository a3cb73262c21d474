/// What one version did on each example, in the data set's order. Kept with its evaluation.
public struct ExampleResults: Sendable, Equatable {
    public let count: Int
    /// What was kept; `values(of:)` has what follows from it too.
    let columns: [ExampleColumn: ExampleValues]
    /// The examples that were answered; `nil`: all.
    public let present: ExampleBits?
    /// The tokens into which a language model cut the data set; `nil` for other tasks.
    public let tokenCount: Int?

    init(
        count: Int, values: [ExampleColumn: ExampleValues], present: ExampleBits? = nil,
        tokenCount: Int? = nil
    ) {
        for (column, values) in values {
            let own = values.count ?? count
            precondition(own == count, "\(column): \(own) values of \(count)")
        }
        (self.count, columns, self.present) = (count, values, present)
        self.tokenCount = tokenCount
    }

    public init(count: Int, columns: [ExampleColumn: [Double]], tokenCount: Int? = nil) {
        self.init(
            count: count, values: columns.mapValues { ExampleValues($0) }, tokenCount: tokenCount)
    }

    /// Whether examples weigh differently; then all values have their weights in them.
    public var isWeighted: Bool { columns[.weight] != nil }

    /// Whether values of a column are 0 or 1 for each example, and count alike.
    func isRightOrWrong(_ column: ExampleColumn) -> Bool {
        if case .bits = columns[column] { !isWeighted } else { false }
    }

    public func isPresent(_ index: Int) -> Bool { present?[index] ?? true }
}
