import Evaluation
import Messages

extension Evaluation.DatasetSchema {
    /// As the wire and the store have it.
    public var message: Messages.DatasetSchema {
        Messages.DatasetSchema(
            columns: columns.map(\.message), refusesOthers: !allowsOthers)
    }

    /// - Throws: where it is no schema; the text says why.
    public init(_ message: Messages.DatasetSchema) throws(InputError) {
        var columns: [Column] = []
        for column in message.columns { columns.append(try Column(column)) }
        self.init(columns: columns)
        allowsOthers = !message.refusesOthers
        if let problem { throw InputError("the schema: \(problem)") }
    }
}

extension Evaluation.DatasetSchema.Column {
    fileprivate var message: ColumnSchema {
        ColumnSchema(
            name: name, kind: kind.rawValue, nullable: isNullable, hasMinimum: minimum != nil,
            minimum: minimum ?? 0, hasMaximum: maximum != nil, maximum: maximum ?? 0,
            allowed: allowed, dimension: UInt32(clamping: dimension ?? 0))
    }

    fileprivate init(_ message: ColumnSchema) throws(InputError) {
        guard let kind = DatasetSchema.Kind(rawValue: message.kind) else {
            let known = DatasetSchema.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw InputError(
                "the schema: a column of the kind '\(message.kind.prefix(40))'; expected one of "
                    + known)
        }
        self.init(name: message.name, kind: kind)
        isNullable = message.nullable
        minimum = message.hasMinimum ? message.minimum : nil
        maximum = message.hasMaximum ? message.maximum : nil
        allowed = message.allowed
        dimension = message.dimension == 0 ? nil : Int(message.dimension)
    }
}
