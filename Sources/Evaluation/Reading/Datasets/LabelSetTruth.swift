/// The labels of each example.
struct LabelSetTruth: TruthRows {
    private var names = NamedPlaces()
    private var sets = ListColumn<Int32>()
    private var own: [Int32]?

    init(_ task: EvaluationTask) {}

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        // In CSV, nothing between two commas is an example without labels.
        if cursor.takeNull() { return }
        var (places, problem) = ([Int32](), String?.none)
        try cursor.texts(areLabels: true) { text in
            if let found = text.problemAsName {
                problem = problem ?? found
            } else if let place = names.place(of: text, countMax: ClassNames.countMax) {
                places.append(place)
            } else {
                problem = "more than \(ClassNames.countMax) different labels"
            }
        }
        if let problem { throw cursor.failure(problem) }
        guard Set(places).count == places.count else {
            throw cursor.failure("a label stands twice in the row")
        }
        own = places
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String)
        throws(InputError)
    {
        guard let own else { throw cursor.lacksLabel(label) }
        sets.append(own)
        self.own = nil
    }

    mutating func append(_ others: LabelSetTruth) throws(InputError) {
        guard let map = names.adopt(others.names.names, countMax: ClassNames.countMax) else {
            throw InputError("more than \(ClassNames.countMax) different labels")
        }
        for row in 0..<others.sets.count {
            sets.append(others.sets[row].map { map[Int($0)] })
        }
    }

    func truth() throws(InputError) -> ExampleSet.Truth {
        let (sorted, map) = names.sorted
        guard !sorted.isEmpty else { throw InputError("no example of the data set has a label") }
        var all = ListColumn<Int32>()
        for row in 0..<sets.count { all.append(sets[row].map { map[Int($0)] }.sorted()) }
        return .labelSets(all, names: sorted)
    }
}
