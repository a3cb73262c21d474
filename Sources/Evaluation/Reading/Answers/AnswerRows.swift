import CairnCore

/// A field of the rows of predictions.
struct RowField: Sendable {
    let name: String
    /// What it holds.
    let kind: ArrayField

    init(_ name: String, _ kind: ArrayField) { (self.name, self.kind) = (name, kind) }
}

/// The answers of one task, taken from rows and kept as columns.
protocol AnswerRows: RowSink, Sendable {
    /// What all rows of a file have in common; the first good row says it.
    associatedtype Form: Sendable

    /// The fields that the task knows, besides `id`.
    static var fields: [RowField] { get }
    /// The one of them that CSV may have as many columns.
    static var numbersField: String? { get }

    init(_ context: AnswerContext, form: Form?)

    /// `nil` until the first row was read.
    var form: Form? { get }
    /// The field that an array is which stands alone in its file, without a name.
    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) throws(InputError)
        -> String
    /// Classes of which the form speaks: they are known from the first row on.
    static func names(of form: Form) -> [String]
    /// For each column of scores the place of its class.
    static func scoredClasses(of form: Form, in names: NameTable) -> [Int32]
    /// Puts the columns into a block.
    func finish() -> RowBlock
}

extension AnswerRows {
    static func names(of form: Form) -> [String] { [] }
    static func scoredClasses(of form: Form, in names: NameTable) -> [Int32] { [] }
}

/// What answers are read by.
struct AnswerContext: Sendable {
    let task: EvaluationTask
    let truth: ExampleSet.Truth
    /// Classes known so far: the data set's, then those of the predictions.
    var names: NameTable
    let truthNameCount: Int
    /// Those of the data set alone.
    let truthNames: NameTable

    init(task: EvaluationTask, truth: ExampleSet.Truth) {
        (self.task, self.truth) = (task, truth)
        switch truth {
        case .classes(_, let names), .labelSets(_, let names): self.names = NameTable(names)
        case .numbers, .texts, .choices, .references, .relevance, .unlabelled: names = NameTable()
        }
        (truthNameCount, truthNames) = (names.count, names)
    }
}

extension RowCursor {
    /// What a row lacks, with the nearest name that the format has instead.
    func lacks(_ name: String, _ what: String) -> InputError {
        let near = Nearest.word(to: name, among: strangeNames.filter { $0 != name })
        let hint = near.map { "; did you mean it with \(InputError.excerpt($0))?" }
        return rowFailure("no \(what)\(hint ?? "")")
    }
}
