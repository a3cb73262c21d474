/// What is right, taken from rows of a data set and kept as columns. One kind for each kind of task.
protocol TruthRows: Sendable {
    init(_ task: EvaluationTask)

    /// Reads the value of one of the columns that the task knows.
    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    /// Checks the row as a whole and adds it to the columns.
    /// - Parameter label: the name of the label column.
    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String)
        throws(InputError)
    /// Takes a column of a file of arrays as a whole.
    /// - Returns: `false` where rows must be read one by one; this is then given up.
    mutating func take(_ column: LoadedColumn, count: Int, _ role: DatasetRole) -> Bool
    /// Whether so many rows were taken as a whole.
    func isComplete(_ count: Int) -> Bool
    /// Adds the columns of the rows that follow.
    mutating func append(_ others: Self) throws(InputError)
    /// The whole, when all rows were read.
    func truth() throws(InputError) -> ExampleSet.Truth
}

extension TruthRows {
    mutating func take(_ column: LoadedColumn, count: Int, _ role: DatasetRole) -> Bool { false }
    func isComplete(_ count: Int) -> Bool { false }
}

/// Data sets of tasks that need no truth.
struct NoTruth: TruthRows {
    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor) {}
    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String) {}
    func isComplete(_ count: Int) -> Bool { true }
    mutating func append(_ others: NoTruth) {}
    func truth() -> ExampleSet.Truth { .unlabelled }
}

/// The numbers that a regression shall predict.
struct NumberTruth: TruthRows {
    private var numbers: [Double] = []
    private var number: Double?

    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        if !cursor.takeAbsent() { number = try cursor.labelNumber() }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String)
        throws(InputError)
    {
        guard let number else { throw cursor.lacksLabel(label) }
        numbers.append(number)
        self.number = nil
    }

    mutating func take(_ column: LoadedColumn, count: Int, _ role: DatasetRole) -> Bool {
        guard let numbers = column.finiteNumbers(count) else { return false }
        self.numbers = numbers
        return true
    }

    func isComplete(_ count: Int) -> Bool { numbers.count == count }

    mutating func append(_ others: NumberTruth) { numbers += others.numbers }

    func truth() -> ExampleSet.Truth { .numbers(numbers) }
}

/// The texts that a language model shall find likely.
struct TextTruth: TruthRows {
    private var texts = TextColumn()
    private var count = 0
    private var hasText = false

    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeNull() { return }
        texts.append(try cursor.text())
        hasText = true
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String)
        throws(InputError)
    {
        // A language model can be judged by likelihood alone; then no row has a text.
        let hadTexts = count > 0 && texts.count >= count
        if count > 0, hadTexts != hasText {
            throw hasText
                ? cursor.rowFailure("a label, but the rows before have none")
                : cursor.lacksLabel(label)
        }
        hasText = false
        count += 1
    }

    mutating func append(_ others: TextTruth) throws(InputError) {
        guard count == 0 || others.count == 0 || (texts.count == 0) == (others.texts.count == 0)
        else {
            throw InputError(
                "some rows have a label and some have none; a language model needs all or none")
        }
        texts.append(others.texts)
        count += others.count
    }

    func truth() -> ExampleSet.Truth { .texts(texts.count == 0 ? nil : texts) }
}

extension RowCursor {
    func lacksLabel(_ column: String) -> InputError {
        rowFailure("no value for \(InputError.excerpt(column)), the label column")
    }
}
