/// The answers of a classification, as labels, as probabilities, or as both.
struct ClassRows: AnswerRows {
    /// What the first row decides for all.
    struct Form: Sendable {
        /// How many scores a row has; 0: none.
        let width: Int
        /// The classes of the scores, where they come by name.
        let scoreNames: NameTable?
        /// The positive class of a binary task with scores.
        let positive: String?
    }

    static let fields = [
        RowField("label", .label), RowField("prediction", .label),
        RowField("score", .number), RowField("scores", .numbers),
    ]
    static let numbersField: String? = "scores"

    private(set) var form: Form?
    private let known: NameTable
    private let truthNameCount: Int
    private let positive: String?
    private let positivePlace: Int32?
    /// For each column of scores its class.
    private let scored: [Int32]

    private var newNames = NameTable()
    private var unknownLabels: [String] = []
    private var labels: [Int32] = []
    private var predicted: [Int32] = []
    private var scores: [Double] = []

    private var row = ClassRow()

    init(_ context: AnswerContext, form: Form?) {
        (self.form, known, truthNameCount) = (form, context.names, context.truthNameCount)
        if case .binary(let positive) = context.task {
            self.positive = positive
            positivePlace = known.place(of: positive)
        } else {
            (positive, positivePlace) = (nil, nil)
        }
        scored = form.map { Self.scoredClasses(of: $0, in: context.names) } ?? []
        row.names = form?.scoreNames
        row.opensNames = positive != nil
    }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        if header.shape.count == 2 { return "scores" }
        return task.isBinary && header.element.kind == .float ? "score" : "prediction"
    }

    static func names(of form: Form) -> [String] {
        form.positive.map { [$0] } ?? form.scoreNames?.names ?? []
    }

    static func scoredClasses(of form: Form, in names: NameTable) -> [Int32] {
        if let positive = form.positive { return names.place(of: positive).map { [$0] } ?? [] }
        guard let scoreNames = form.scoreNames else { return Array(0..<Int32(form.width)) }
        return scoreNames.names.map { names.place(of: $0) ?? -1 }
    }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        switch field {
        case 0: row.label = try label(&cursor)
        case 1: row.predicted = try prediction(&cursor)
        case 2:
            row.score = try cursor.probability("score")
        default: try row.readScores(&cursor)
        }
    }

    private mutating func label<Cursor: RowCursor>(_ cursor: inout Cursor) throws(InputError)
        -> Int32
    {
        let text = try cursor.label()
        if let place = known.place(of: text), place < truthNameCount { return place }
        unknownLabels.append(text.string)
        return Int32(truthNameCount + unknownLabels.count - 1)
    }

    private mutating func prediction<Cursor: RowCursor>(_ cursor: inout Cursor)
        throws(InputError) -> Int32
    {
        let text = try cursor.label()
        if let place = known.place(of: text) { return place }
        if let place = newNames.place(of: text) { return Int32(known.count) + place }
        guard text.isUTF8, !text.isEmpty else {
            throw cursor.failure(text.isEmpty ? "an empty label" : "a text that is not UTF-8")
        }
        if positive != nil, known.count >= 2 {
            throw cursor.failure(
                "\(InputError.excerpt(text.string)) is neither of the two labels "
                    + InputError.list(known.names))
        }
        guard known.count + newNames.count < ClassNames.countMax else {
            throw cursor.failure("more than \(ClassNames.countMax) different labels")
        }
        return Int32(known.count) + newNames.append(text)
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        let hasScores = row.score != nil || row.scoreCount != nil
        guard row.predicted != nil || hasScores else {
            throw cursor.lacks(
                "prediction", "'prediction' and no '\(positive != nil ? "score" : "scores")'")
        }
        try checkForm(hasScores, cursor)
        if positive != nil {
            if hasScores { scores.append(try positiveScore(cursor)) }
            predicted.append(row.predicted ?? (scores.last! >= 0.5 ? positivePlace ?? -2 : -1))
        } else {
            let best = hasScores ? try storeScores(cursor) : 0
            // The row that says the form is read once more, when its classes have their places.
            predicted.append(row.predicted ?? (scored.isEmpty ? 0 : scored[best]))
        }
        keepLabel()
        row.clear()
        row.newNameCount = newNames.count
    }

    mutating func dropRow() {
        row.clear()
        if form == nil { row.names = nil }
        newNames.removeLast(newNames.count - row.newNameCount)
    }

    func finish() -> RowBlock {
        var block = RowBlock(
            answers: .classes(
                ClassAnswers(
                    predicted: .int32(predicted),
                    scores: form.map { $0.width > 0 } == true ? .float64(scores) : nil)))
        if !labels.isEmpty { block.labels = .classes(labels, unknown: unknownLabels) }
        (block.newNames, block.knownNameCount) = (newNames, known.count)
        return block
    }

    private mutating func keepLabel() {
        if let label = row.label {
            while labels.count + 1 < predicted.count { labels.append(-1) }
            labels.append(label)
        } else if !labels.isEmpty {
            labels.append(-1)
        }
    }
}

extension ClassRows {
    /// The first row decides whether there are scores, and of which classes.
    private mutating func checkForm<Cursor: RowCursor>(
        _ hasScores: Bool, _ cursor: borrowing Cursor
    ) throws(InputError) {
        if let form {
            guard (form.width > 0) == hasScores else {
                throw cursor.rowFailure(
                    hasScores
                        ? "scores, which the lines before lack"
                        : "no scores, which the lines before have")
            }
            return
        }
        guard hasScores else {
            form = Form(width: 0, scoreNames: nil, positive: nil)
            return
        }
        if let positive {
            form = Form(width: 1, scoreNames: nil, positive: positive)
            return
        }
        try checkNames(cursor)
        form = Form(width: row.scoreCount!, scoreNames: row.names, positive: nil)
    }

    private func checkNames<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        let truthNames = (0..<truthNameCount).map { known[$0] }
        guard let names = row.names else {
            guard row.scoreCount == truthNameCount else {
                throw cursor.rowFailure(
                    "\(row.scoreCount ?? 0) scores for the \(truthNameCount) labels of the data set"
                        + " (\(InputError.list(truthNames))); name them for other classes")
            }
            return
        }
        for name in truthNames where names.place(of: name) == nil {
            throw cursor.rowFailure(
                "the scores name no \(InputError.excerpt(name)), a label of the data set")
        }
    }

    /// - Returns: the column of the largest score, the first among equals.
    private mutating func storeScores<Cursor: RowCursor>(_ cursor: borrowing Cursor)
        throws(InputError) -> Int
    {
        guard let form, row.scoreCount == form.width, row.isNamed == (form.scoreNames != nil)
        else {
            throw cursor.rowFailure(
                "\(row.scoreCount ?? 0) scores; the first line had \(form?.width ?? 0), as "
                    + (form?.scoreNames == nil ? "a list" : "an object"))
        }
        let best = try row.checkedBest(cursor)
        scores.append(contentsOf: row.scores)
        return best
    }

    /// The positive class's own score where a binary task gives scores for both.
    private func positiveScore<Cursor: RowCursor>(_ cursor: borrowing Cursor)
        throws(InputError) -> Double
    {
        if let score = row.score { return score }
        _ = try row.checkedBest(cursor)
        if row.isNamed {
            if let column = row.names?.place(of: positive!), Int(column) < row.scores.count,
                row.scores[Int(column)] != ClassRow.missing
            {
                return row.scores[Int(column)]
            }
        } else if row.scoreCount == 2, truthNameCount == 2, let positivePlace {
            return row.scores[Int(positivePlace)]
        }
        throw cursor.rowFailure(
            "no score for the positive label \(InputError.excerpt(positive!)); give 'score', its "
                + "probability")
    }
}
