import CairnCore
import Evaluation

/// A data set's schema as a person writes it down: what each column shall be.
public struct SchemaFile: Sendable, Equatable {
    public let schema: DatasetSchema

    static let keys = ["columns", "others"]
    static let columnKeys = [
        "type", "required", "range", "at_least", "at_most", "categories", "dimension",
    ]

    public init(_ value: ConfigValue) throws(ConfigError) {
        let map = try ConfigMap(value, "a schema", keys: Self.keys)
        let columns = try map.required("columns")
        guard case .map(let entries) = columns.content else {
            throw ConfigError(
                "expected the names of columns, each with what it shall be, as "
                    + "`age: {type: integer, range: [0, 120]}`", at: columns.place)
        }
        var schema = DatasetSchema(columns: [])
        for entry in entries {
            let column = try Self.column(entry)
            if let problem = column.problem {
                throw ConfigError("the column '\(entry.key)': \(problem)", at: entry.place)
            }
            schema.columns.append(column)
        }
        schema.allowsOthers = try map.choice("others", ["allow", "refuse"]) != "refuse"
        if let problem = schema.problem { throw ConfigError(problem, at: columns.place) }
        self.schema = schema
    }

    private static func column(_ entry: ConfigValue.Entry) throws(ConfigError)
        -> DatasetSchema.Column
    {
        let map = try ConfigMap(entry.value, "a column", keys: columnKeys)
        let word = try map.required("type").choice(DatasetSchema.Kind.allCases.map(\.rawValue))
        guard let kind = DatasetSchema.Kind(rawValue: word) else {
            preconditionFailure("'\(word)' was chosen from a list without it")
        }
        var column = DatasetSchema.Column(name: entry.key, kind: kind)
        column.isNullable =
            try map.optional("required") { v throws(ConfigError) in try !v.bool() } ?? false
        column.allowed =
            try map.optional("categories") { v throws(ConfigError) in try v.texts() } ?? []
        column.dimension = try map.optional("dimension") { v throws(ConfigError) in
            try v.integer(in: 1...16_384)
        }
        (column.minimum, column.maximum) = try bounds(map)
        return column
    }

    private static func bounds(_ map: ConfigMap) throws(ConfigError) -> (Double?, Double?) {
        let low = try map.optional("at_least") { v throws(ConfigError) in try v.number() }
        let high = try map.optional("at_most") { v throws(ConfigError) in try v.number() }
        guard let range = map["range"] else { return (low, high) }
        guard low == nil, high == nil else {
            throw ConfigError(
                "'range' has both bounds already; expected no at_least or at_most beside it",
                at: range.place)
        }
        let ends = try range.list()
        guard ends.count == 2 else {
            throw ConfigError(
                "expected two bounds, as [0, 120], and not \(ends.count); for one bound there are "
                    + "at_least and at_most", at: range.place)
        }
        return (try ends[0].number(), try ends[1].number())
    }
}
