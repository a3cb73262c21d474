/// The right one of several choices.
///
/// Labels are places of choices, from 0, where all of them can be; else texts of choices.
struct ChoiceTruth: TruthRows {
    /// −1 where the label is no place.
    private var places: [Int32] = []
    /// Where the label's text stands among the choices; −1 where it does not, or more than once.
    private var byText: [Int32] = []
    private var lengths = ListColumn<Int32>()

    private var label: [UInt8]?
    private var choices: [[UInt8]]?

    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        if cursor.takeAbsent() { return }
        if role == .choices {
            var texts: [[UInt8]] = []
            try cursor.texts(areLabels: false) { text in texts.append(Array(text)) }
            guard !texts.isEmpty, !texts.contains([]) else {
                throw cursor.failure("an empty choice; expected the text of each choice")
            }
            choices = texts
        } else {
            label = Array(try cursor.label())
        }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label name: String)
        throws(InputError)
    {
        guard let label else { throw cursor.lacksLabel(name) }
        if !places.isEmpty, (choices != nil) != (lengths.count > 0) {
            throw cursor.rowFailure(
                choices == nil
                    ? "no 'choices', which the rows before have"
                    : "'choices', which the rows before lack")
        }
        var place = Int32(String(decoding: label, as: UTF8.self)) ?? -1
        var text: Int32 = -1
        if let choices {
            if place >= choices.count { place = -1 }
            let found = choices.indices.filter { choices[$0] == label }
            if found.count == 1 { text = Int32(found[0]) }
            lengths.append(
                choices.map { Int32(String(decoding: $0, as: UTF8.self).unicodeScalars.count) })
        }
        guard place >= 0 || text >= 0 else {
            throw cursor.rowFailure(
                "the label \(InputError.excerpt(String(decoding: label, as: UTF8.self))); expected "
                    + (choices == nil
                        ? "the place of the right choice, from 0"
                        : "the place of one of the \(choices!.count) choices, from 0, or its text"))
        }
        places.append(max(-1, place))
        byText.append(text)
        (self.label, self.choices) = (nil, nil)
    }

    mutating func append(_ others: ChoiceTruth) throws(InputError) {
        guard
            places.isEmpty || others.places.isEmpty
                || (lengths.count > 0) == (others.lengths.count > 0)
        else { throw InputError("some rows have 'choices' and some have none") }
        places += others.places
        byText += others.byText
        lengths.append(others.lengths)
    }

    func truth() throws(InputError) -> ExampleSet.Truth {
        var gold = places
        if places.contains(-1) {
            if let row = byText.firstIndex(of: -1) {
                throw InputError(
                    .row(row + 1),
                    "the label is the place of a choice, but in row \(places.firstIndex(of: -1)! + 1) "
                        + "it is the text of one; write all in one way")
            }
            gold = byText
        }
        return .choices(gold: gold, lengths: lengths.count > 0 ? lengths : nil)
    }
}
