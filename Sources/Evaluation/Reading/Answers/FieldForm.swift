/// Fields that all rows of a file have or none: which of them the first row has.
struct FieldForm: Sendable, Equatable {
    let isThere: [Bool]
}

extension RowCursor {
    /// Holds a row against the first one, which decides.
    ///
    /// - Parameters:
    ///   - form: `nil` before the first row.
    ///   - fields: that a row may lack, always in one order.
    func check(_ fields: [(name: String, isThere: Bool)], _ form: inout FieldForm?)
        throws(InputError)
    {
        guard let first = form else {
            form = FieldForm(isThere: fields.map(\.isThere))
            return
        }
        for (place, field) in fields.enumerated() where field.isThere != first.isThere[place] {
            throw rowFailure(
                field.isThere
                    ? "'\(field.name)', which the lines before lack"
                    : "no '\(field.name)', which the lines before have")
        }
    }
}
