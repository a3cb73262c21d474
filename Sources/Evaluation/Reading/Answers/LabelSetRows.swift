/// The answers of a multilabel task: the labels of each example, their probabilities, or both.
struct LabelSetRows: AnswerRows {
    struct Form: Sendable {
        let hasScores: Bool
        /// The labels of the scores, where they come by name.
        let scoreNames: NameTable?
    }

    static let fields = [RowField("prediction", .labels), RowField("scores", .numbers)]
    static let numbersField: String? = "scores"

    private(set) var form: Form?
    private let known: NameTable
    private let labelCount: Int
    /// Places in `known`, behind it those in `newNames`.
    private var newNames = NameTable()
    private var newNameCount = 0
    private var predicted = ListColumn<Int32>()
    private var scores: [Double] = []

    private var ownLabels: [Int32]?
    private var ownScores: [Double]?
    /// Of the scores of this row.
    private var names: NameTable?
    private var isNamed = false

    init(_ context: AnswerContext, form: Form?) {
        (self.form, known, labelCount) = (form, context.names, context.truthNameCount)
        names = form?.scoreNames
    }

    static func field(ofPlain header: ArrayHeader, _ task: EvaluationTask) -> String {
        header.element.kind == .float ? "scores" : "prediction"
    }

    /// Scores are put in the order of the data set's labels, whatever theirs was.
    static func scoredClasses(of form: Form, in names: NameTable) -> [Int32] { [] }

    mutating func take<Cursor: RowCursor>(_ field: Int, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeNull() { return }
        if field == 0 { return try takeLabels(&cursor) }
        if cursor.takeAbsent() { return }
        if cursor.isNamed {
            try takeNamedScores(&cursor)
        } else {
            var values: [Double] = []
            try cursor.numbers { value in values.append(value) }
            (ownScores, isNamed) = (values, false)
        }
    }

    private mutating func takeLabels<Cursor: RowCursor>(_ cursor: inout Cursor)
        throws(InputError)
    {
        var (places, problem) = ([Int32](), String?.none)
        try cursor.texts(areLabels: true) { text in
            if let place = known.place(of: text) {
                places.append(place)
            } else if let place = newNames.place(of: text) {
                places.append(Int32(known.count) + place)
            } else if let found = text.problemAsName {
                problem = problem ?? found
            } else if known.count + newNames.count < ClassNames.countMax {
                places.append(Int32(known.count) + newNames.append(text))
            } else {
                problem = "more than \(ClassNames.countMax) different labels"
            }
        }
        if let problem { throw cursor.failure(problem) }
        places.sort()
        for index in places.indices.dropFirst() where places[index] == places[index - 1] {
            let place = Int(places[index])
            let name = place < known.count ? known[place] : newNames[place - known.count]
            throw cursor.failure("the label \(InputError.excerpt(name)) stands twice in the row")
        }
        ownLabels = places
    }

    private mutating func takeNamedScores<Cursor: RowCursor>(_ cursor: inout Cursor)
        throws(InputError)
    {
        var table = names ?? NameTable()
        var values = ownScores ?? []
        try cursor.namedNumbers(&table, isOpen: names == nil) { place, value in
            while values.count <= place { values.append(.nan) }
            values[place] = value
        }
        (names, ownScores, isNamed) = (table, values, true)
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor) throws(InputError) {
        guard ownLabels != nil || ownScores != nil else {
            throw cursor.lacks("prediction", "'prediction' and no 'scores'")
        }
        let hasScores = ownScores != nil
        if let form, form.hasScores != hasScores {
            throw cursor.rowFailure(
                hasScores
                    ? "scores, which the lines before lack"
                    : "no scores, which the lines before have")
        }
        let ordered = try orderedScores(cursor)
        if form == nil {
            form = Form(hasScores: hasScores, scoreNames: isNamed ? names : nil)
        }
        predicted.append(
            ownLabels ?? ordered.indices.filter { ordered[$0] >= 0.5 }.map { Int32($0) })
        scores += ordered
        newNameCount = newNames.count
        clear()
    }

    /// The scores in the order of the data set's labels; none where the row has none.
    private func orderedScores<Cursor: RowCursor>(_ cursor: borrowing Cursor)
        throws(InputError) -> [Double]
    {
        guard let ownScores else { return [] }
        guard ownScores.count == labelCount else {
            throw cursor.rowFailure(
                "\(ownScores.count) scores for the \(labelCount) labels of the data set ("
                    + "\(InputError.list((0..<labelCount).map { known[$0] })))")
        }
        var ordered = ownScores
        if isNamed, let names {
            for label in 0..<labelCount {
                guard let place = names.place(of: known[label]) else {
                    throw cursor.rowFailure(
                        "the scores name no \(InputError.excerpt(known[label])), a label of the "
                            + "data set")
                }
                ordered[label] = ownScores[Int(place)]
            }
        }
        for value in ordered where !(0...1).contains(value) {
            throw cursor.rowFailure(
                value.isNaN && isNamed
                    ? "a label has no score; every label needs one"
                    : "a score of \(value); scores are probabilities from 0 to 1 (logits are not)")
        }
        return ordered
    }

    mutating func dropRow() {
        clear()
        newNames.removeLast(newNames.count - newNameCount)
    }

    private mutating func clear() {
        (ownLabels, ownScores, isNamed) = (nil, nil, false)
        names = form?.scoreNames
    }

    func finish() -> RowBlock {
        var block = RowBlock(
            answers: .labelSets(
                LabelSetAnswers(
                    predicted: predicted,
                    scores: form?.hasScores == true ? .float64(scores) : nil)))
        (block.newNames, block.knownNameCount) = (newNames, known.count)
        return block
    }
}
