/// Rows that stand one after the other in a file, as they were read: not yet held against the data set.
struct RowBlock: Sendable {
    /// Of the file, bad ones too; blank lines are none.
    var rowCount = 0
    /// For each row that was kept its place among the block's rows; `nil`: all were kept.
    var kept: [Int32]?
    var rows = RowPlaces.lines(from: 0, listed: nil)
    /// How many lines the block takes up, of a text file.
    var lineCount = 0
    var ids: TextColumn?
    /// The labels that the predictions repeat.
    var labels = RepeatedLabels.none
    var answers: Answers
    /// Class names that were not known before the block was read; their places follow those of the
    /// `knownNameCount` others.
    var newNames = NameTable()
    var knownNameCount = 0
    var failures = RowFailures()

    init(answers: Answers) { self.answers = answers }

    var keptCount: Int { answers.count }

    /// The place among the block's rows of the row that was kept as `index`.
    func row(_ index: Int) -> Int { kept.map { Int($0[index]) } ?? index }
}

/// Where rows stand in their file, for errors.
enum RowPlaces: Sendable {
    /// Of a text file: each kept row's line where they are listed, else one line after the other.
    case lines(from: Int, listed: [Int32]?)
    /// Of a file of columns.
    case rows(from: Int, part: String?)

    /// The same, so many lines further down.
    func moved(by lines: Int) -> RowPlaces {
        if case .lines(let first, let listed) = self {
            .lines(from: first + lines, listed: listed)
        } else {
            self
        }
    }

    /// - Parameters:
    ///   - index: of the row among those that were kept.
    ///   - row: its place in the block.
    func place(_ index: Int, row: Int) -> InputError.Place {
        switch self {
        case .lines(let first, let listed):
            .line(first + (listed.map { Int($0[index]) } ?? row) + 1)
        case .rows(let first, let part): .row(first + row + 1, part: part)
        }
    }
}

/// What the rows say is right; compared with the data set, never believed.
enum RepeatedLabels: Sendable {
    case none
    /// Places among the names of the data set, −1 where a row repeats none; from the data set's count
    /// on, places in `unknown`.
    case classes([Int32], unknown: [String])
    /// NaN where a row repeats none.
    case numbers([Double])
}
