/// How relevant each document of a query is; 0 is not at all.
struct RelevanceTruth: TruthRows {
    private var lists = ListColumn<Double>()
    private var own: [Double]?

    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        // In CSV, nothing between two commas is a query without documents.
        if cursor.takeNull() { return }
        var values: [Double] = []
        try cursor.numbers { value in values.append(value) }
        for value in values where !(value >= 0 && value.isFinite) {
            throw cursor.failure("a relevance of \(value); expected numbers from 0 on")
        }
        own = values
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String)
        throws(InputError)
    {
        guard let own else { throw cursor.lacksLabel(label) }
        lists.append(own)
        self.own = nil
    }

    mutating func append(_ others: RelevanceTruth) { lists.append(others.lists) }

    func truth() -> ExampleSet.Truth { .relevance(lists) }
}
