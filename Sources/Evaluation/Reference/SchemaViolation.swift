/// What of a table does not meet its schema, of one column.
public struct SchemaViolation: Equatable, Sendable {
    public let column: String
    /// Rows that are wrong in it.
    public internal(set) var rowCount: Int
    /// The first of them: a line of a text, a row of columns.
    public let place: InputError.Place
    /// What is wrong there, and what was expected.
    public let text: String
}

/// The violations of some rows, by column, in the order in which they came.
struct SchemaTally: Equatable, Sendable {
    private(set) var violations: [SchemaViolation] = []
    private var places: [String: Int] = [:]
    /// A JSON file may have any number of columns that the schema does not know.
    private static let columnCountMax = TableColumns.columnCountMax

    mutating func add(_ column: String, _ text: String, _ place: InputError.Place) {
        add(SchemaViolation(column: column, rowCount: 1, place: place, text: text))
    }

    private mutating func add(_ violation: SchemaViolation) {
        if let place = places[violation.column] {
            violations[place].rowCount += violation.rowCount
        } else if violations.count < Self.columnCountMax {
            places[violation.column] = violations.count
            violations.append(violation)
        }
    }

    mutating func merge(_ other: SchemaTally) {
        for violation in other.violations { add(violation) }
    }
}
