import CairnCore

/// The answers of one task, taken from rows of text and kept as columns.
protocol AnswerRows: RowSink, Sendable {
    /// What all rows of a file have in common; the first good row says it.
    associatedtype Form: Sendable

    /// The fields that the task knows, besides `id`.
    static var fields: [String] { get }
    /// The one of them that CSV may have as many columns.
    static var numbersField: String? { get }

    init(_ context: AnswerContext, form: Form?)

    /// `nil` until the first row was read.
    var form: Form? { get }
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

    init(task: EvaluationTask, truth: ExampleSet.Truth) {
        (self.task, self.truth) = (task, truth)
        switch truth {
        case .classes(_, let names), .labelSets(_, let names): self.names = NameTable(names)
        case .numbers, .texts, .choices, .references, .relevance, .unlabelled: names = NameTable()
        }
        truthNameCount = names.count
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
