/// What a generated text may be: `references`, or the label alone.
struct ReferenceTruth: TruthRows {
    private var lists = TextListColumn()
    private var (label, references) = ([UInt8]?.none, [[UInt8]]?.none)

    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeNull() { return }
        guard role == .references else {
            label = Array(try cursor.text())
            return
        }
        if cursor.takeAbsent() { return }
        var texts: [[UInt8]] = []
        try cursor.texts(areLabels: false) { text in texts.append(Array(text)) }
        guard !texts.isEmpty else { throw cursor.failure("no reference; expected one or more") }
        references = texts
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label name: String)
        throws(InputError)
    {
        guard let own = references ?? label.map({ [$0] }) else {
            throw cursor.rowFailure(
                "no value for \(InputError.excerpt(name)), the label column, and no 'references'")
        }
        lists.append(own)
        (label, references) = (nil, nil)
    }

    mutating func append(_ others: ReferenceTruth) { lists.append(others.lists) }

    func truth() -> ExampleSet.Truth { .references(lists) }
}
