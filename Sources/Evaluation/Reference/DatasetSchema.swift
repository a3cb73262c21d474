/// What a data set's columns shall be; checked row by row when the data set is added.
public struct DatasetSchema: Equatable, Sendable {
    public enum Kind: String, Equatable, Sendable, CaseIterable {
        case number, integer, text, category, boolean, vector
    }

    public struct Column: Equatable, Sendable {
        public var name: String
        public var kind: Kind
        /// Whether a value may be missing: null, or nothing between two commas.
        public var isNullable = false
        /// Of numbers; of a text's length in characters; of each number of a vector.
        public var minimum: Double?
        public var maximum: Double?
        /// Of a category; empty: any name.
        public var allowed: [String] = []
        /// Of a vector.
        public var dimension: Int?

        public init(name: String, kind: Kind) { (self.name, self.kind) = (name, kind) }
    }

    public var columns: [Column]
    /// Whether the data set may have columns that are not listed.
    public var allowsOthers = true

    public static let columnCountMax = TableColumns.columnCountMax

    public init(columns: [Column]) { self.columns = columns }

    /// What is wrong with the schema itself, or `nil`.
    public var problem: String? {
        if columns.isEmpty { return "a schema without columns says nothing" }
        if columns.count > Self.columnCountMax {
            return "\(columns.count) columns; a schema has at most \(Self.columnCountMax)"
        }
        var seen: Set<String> = []
        for column in columns {
            if !seen.insert(column.name).inserted {
                return "the column \(InputError.excerpt(column.name)) stands twice"
            }
            if let problem = column.problem {
                return "the column \(InputError.excerpt(column.name)): \(problem)"
            }
        }
        return nil
    }
}

extension DatasetSchema.Column {
    /// What is wrong with this column's rule, or `nil`.
    public var problem: String? {
        if name.isEmpty { return "a column needs a name" }
        if let minimum, let maximum, minimum > maximum {
            return "its minimum \(minimum) is above its maximum \(maximum)"
        }
        if minimum?.isNaN == true || maximum?.isNaN == true { return "a bound is no number" }
        if !allowed.isEmpty && kind != .category { return "only a category has allowed values" }
        if Set(allowed).count < allowed.count { return "an allowed value stands twice" }
        if dimension != nil && kind != .vector { return "only a vector has a dimension" }
        if let dimension, dimension < 1 { return "a vector has at least one dimension" }
        let hasBounds = minimum != nil || maximum != nil
        if hasBounds && (kind == .category || kind == .boolean) {
            return "a \(kind.rawValue) has no bounds"
        }
        return nil
    }
}
