/// The right class of each example.
struct ClassTruth: TruthRows {
    private let task: EvaluationTask
    private var classes = NamedPlaces()
    private var place: Int32?

    init(_ task: EvaluationTask) { self.task = task }

    mutating func take<Cursor: RowCursor>(_ role: DatasetRole, _ cursor: inout Cursor)
        throws(InputError)
    {
        if !cursor.takeAbsent() { place = try cursor.classPlace(in: &classes) }
    }

    mutating func endRow<Cursor: RowCursor>(_ cursor: borrowing Cursor, label: String)
        throws(InputError)
    {
        guard let place else { throw cursor.lacksLabel(label) }
        classes.append(place: place)
        self.place = nil
    }

    mutating func take(_ column: LoadedColumn, count: Int, _ role: DatasetRole) -> Bool {
        classes.append(column, count: count) { name in name.problemAsName == nil }
    }

    func isComplete(_ count: Int) -> Bool { classes.count == count }

    mutating func append(_ others: ClassTruth) throws(InputError) {
        guard classes.append(others.classes, countMax: ClassNames.countMax) else {
            throw InputError(
                "more than \(ClassNames.countMax) different labels; is this a regression?")
        }
    }

    func truth() throws(InputError) -> ExampleSet.Truth {
        if case .binary(let positive) = task { try check(positive: positive) }
        let (names, map) = classes.sorted
        let column: ClassColumn =
            names.count <= 256
            ? .uint8(classes.places(by: map, as: UInt8.self))
            : .int32(classes.places(by: map, as: Int32.self))
        return .classes(column, names: names)
    }

    private func check(positive: String) throws(InputError) {
        let names = classes.names.names
        guard names.count <= 2 else {
            throw InputError(
                "a binary task has two labels, this data set \(names.count): "
                    + InputError.list(names))
        }
        guard names.count < 2 || names.contains(positive) else {
            throw InputError(
                "no row has the positive label \(InputError.excerpt(positive)); the labels are "
                    + "\(InputError.list(names)). Say which is meant with positive_label.")
        }
    }
}

extension RowCursor {
    /// The place of the class that is named here, which becomes one where it is new.
    mutating func classPlace(in classes: inout NamedPlaces) throws(InputError) -> Int32 {
        let name = try label()
        if let place = classes.names.place(of: name) { return place }
        if let problem = name.problemAsName { throw failure(problem) }
        guard let place = classes.place(of: name, countMax: ClassNames.countMax) else {
            throw failure(
                "more than \(ClassNames.countMax) different labels; is this a regression?")
        }
        return place
    }
}

extension ByteSpan {
    /// Why this can be no name of a class; `nil`: it can.
    var problemAsName: String? {
        if isEmpty { return "the label is empty" }
        return isUTF8 ? nil : "a text that is not UTF-8"
    }
}
