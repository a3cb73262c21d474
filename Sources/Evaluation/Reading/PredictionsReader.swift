/// Reads a predictions file (JSON Lines, docs/reference/predictions.md) that arrives in pieces.
///
/// The truth comes from the data set alone: by `id` where the lines have one, else by the order of
/// the rows. A `label` in a line is only compared with it.
public struct PredictionsReader {
    private var lines = LineSplitter()
    private var table: PredictionTable

    public init(task: EvaluationTask, examples: Examples) {
        table = PredictionTable(task: task, examples: examples)
    }

    public mutating func append(_ bytes: UnsafeRawBufferPointer) throws(InputError) {
        try lines.append(bytes) { line, bytes throws(InputError) in
            try table.read(bytes, line: line)
        }
    }

    /// The predictions, when the file has ended.
    /// - Throws: also when an example was left out.
    public mutating func finish() throws(InputError) -> Predictions {
        try lines.finish { line, bytes throws(InputError) in try table.read(bytes, line: line) }
        return try table.predictions()
    }
}

/// The lines of a predictions file, each at the place of its example.
private struct PredictionTable {
    private let task: EvaluationTask
    private var order: ExampleOrder
    private var columns: any AnswerColumns
    private var scores: [Double] = []

    init(task: EvaluationTask, examples: Examples) {
        self.task = task
        order = ExampleOrder(examples)
        switch examples.truth {
        case .classes(let truth, let names):
            columns = ClassColumns(task: task, truth: truth, names: names)
        case .numbers(let truth): columns = NumberColumns(truth: truth)
        case .texts: columns = TextColumns(count: examples.count)
        }
    }

    mutating func read(_ bytes: UnsafeRawBufferPointer, line: Int) throws(InputError) {
        var json = JSONLine(bytes, line: line)
        if json.isBlank { return }
        let read = try PredictionLine(&json, task: task, scores: &scores)
        let example = try order.place(of: read)
        try columns.take(read, scores: scores, at: example)
    }

    func predictions() throws(InputError) -> Predictions {
        try order.checkComplete()
        return try columns.predictions()
    }
}

/// Which example a line speaks of; each is spoken of once.
private struct ExampleOrder {
    private let ids: [String]?
    private let count: Int
    private let places: [String: Int]
    private var firstLines: [Int]
    private var taken = 0
    private var usesIDs: Bool?

    init(_ examples: Examples) {
        (ids, count) = (examples.ids, examples.count)
        places = Dictionary(
            uniqueKeysWithValues: (examples.ids ?? []).enumerated().map { ($0.element, $0.offset) })
        firstLines = Array(repeating: 0, count: examples.count)
    }

    mutating func place(of read: PredictionLine) throws(InputError) -> Int {
        if let usesIDs, usesIDs != (read.id != nil) {
            throw InputError(
                line: read.line,
                usesIDs
                    ? "no id, but the lines before have one"
                    : "an id, but the lines before have none")
        }
        usesIDs = read.id != nil
        let place = try read.id.map { id throws(InputError) in try find(id, read.line) } ?? taken
        guard place < count else {
            throw InputError(
                line: read.line, "one line too many: the data set has \(count) examples")
        }
        guard firstLines[place] == 0 else {
            throw InputError(
                line: read.line,
                "the example \(InputError.excerpt(read.id ?? "")) was answered in line "
                    + "\(firstLines[place]) already")
        }
        firstLines[place] = read.line
        taken += 1
        return place
    }

    private func find(_ id: String, _ line: Int) throws(InputError) -> Int {
        if let place = places[id] { return place }
        throw InputError(
            line: line,
            ids == nil
                ? "an id, but the data set has no column 'id'; without ids, lines follow its rows"
                : "the data set has no example with the id \(InputError.excerpt(id))")
    }

    func checkComplete() throws(InputError) {
        guard taken < count, let missing = firstLines.firstIndex(of: 0) else { return }
        let which =
            usesIDs == true
            ? ids.map { "; the id \(InputError.excerpt($0[missing])) is missing" } : ""
        throw InputError(
            "\(taken) predictions for \(count) examples\(which ?? ""); every example needs one")
    }
}
