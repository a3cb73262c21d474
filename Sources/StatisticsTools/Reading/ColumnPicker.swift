import CairnCore

/// Which columns of a table a tool reads, settled by its first line.
struct ColumnPicker: Sendable, Equatable {
    private let columns: [String]

    init(_ columns: [String]) { self.columns = columns }

    /// The place of a column, by its name or by its number from 1.
    func place(_ wanted: String, flag: String) throws(StatError) -> Int {
        if let place = columns.firstIndex(of: wanted) { return place }
        if let number = Int(wanted), columns.indices.contains(number - 1) { return number - 1 }
        let near = Nearest.word(to: wanted, among: columns).map { "; did you mean '\($0)'?" }
        throw StatError("--\(flag): there is no column '\(wanted)'\(near ?? "; \(list)")")
    }

    private var list: String {
        let shown = columns.prefix(12).joined(separator: ", ")
        return "there are \(shown)\(columns.count > 12 ? ", …" : "")"
    }

    /// A place for each role, those of optional ones at the end and only while they have one.
    ///
    /// By its flag, else by its own name, else by position where there are just as many columns as
    /// roles.
    func places(
        of roles: [StatRole], optional: [StatRole], _ settings: StatSettings
    ) throws(StatError) -> [Int] {
        var places: [Int] = []
        for (position, role) in (roles + optional).enumerated() {
            if let wanted = settings.text(role.name) {
                places.append(try place(wanted, flag: role.name))
            } else if let place = columns.firstIndex(of: role.name) {
                places.append(place)
            } else if columns.count == roles.count || columns.count == roles.count + optional.count,
                columns.indices.contains(position)
            {
                places.append(position)
            } else if position < roles.count {
                let flags = roles.map { "--\($0.name) COLUMN" }.joined(separator: " ")
                throw StatError("which columns are meant? \(list); say \(flags)")
            } else {
                break
            }
        }
        return places
    }

    /// The one column of a table that holds a single role.
    func only(_ role: StatRole, _ settings: StatSettings) throws(StatError) -> Int {
        try places(of: [role], optional: [], settings)[0]
    }

    var count: Int { columns.count }
    subscript(place: Int) -> String { columns[place] }
}

/// A cell as a number.
struct NumberCell {
    /// - Returns: NaN for a cell without a value, or one that says NaN.
    /// - Throws: with line and column.
    static func number(_ row: TableReader.Row, _ place: Int, _ columns: ColumnPicker)
        throws(StatError) -> Double
    {
        let cell = row.cells[place]
        if isMissing(cell) { return .nan }
        if let number = Double(cell) { return number }
        let hint =
            cell.contains(",") ? " (decimals are written with a point)" : ""
        throw StatError(
            "line \(row.line), column '\(columns[place])': \(excerpt(cell)) is not a number\(hint)")
    }

    static func isMissing(_ cell: String) -> Bool {
        cell.isEmpty || ["NA", "N/A", "null", "None"].contains(cell)
    }

    static func missing(
        _ row: TableReader.Row, _ place: Int, _ columns: ColumnPicker, canOmit: Bool
    ) -> StatError {
        let what = isMissing(row.cells[place]) ? "no value" : "NaN"
        return StatError(
            "line \(row.line), column '\(columns[place])': \(what); expected a number"
                + (canOmit ? " (--nan omit leaves such rows out)" : ""))
    }

    static func excerpt(_ text: String) -> String {
        let kept = text.prefix(40).map { character in
            character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
                ? character : "?"
        }
        return "'\(String(kept))\(text.count > 40 ? "…" : "")'"
    }
}
