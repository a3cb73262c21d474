import CairnCore

/// Holds rows against a schema.
struct SchemaCheck: Sendable {
    let schema: DatasetSchema
    private let places: [String: Int]
    private let allowed: [Set<String>]

    init(_ schema: DatasetSchema) {
        self.schema = schema
        places = Dictionary(
            schema.columns.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first })
        allowed = schema.columns.map { Set($0.allowed) }
    }

    /// The names of a CSV file.
    func header(_ names: [String]) throws(InputError) {
        do throws(InputError) { try columns(names) } catch {
            throw InputError(line: 1, error.text)
        }
    }

    /// The names of all columns that a file has.
    func columns(_ names: [String]) throws(InputError) {
        if let text = names.lazy.compactMap(unknown).first { throw InputError(text) }
        try finish(names)
    }

    /// Columns that the schema has and a table has not.
    func absent(from names: [String]) -> [String] {
        schema.columns.map(\.name).filter { !names.contains($0) }
    }

    /// - Throws: where a column that must be there is not.
    func finish(_ names: [String]) throws(InputError) {
        for column in schema.columns where !names.contains(column.name) && !column.isNullable {
            let near = Nearest.word(to: column.name, among: names)
            let hint = near.map { "; did you mean \(InputError.excerpt($0))?" } ?? ""
            throw InputError(
                "the schema wants a column \(InputError.excerpt(column.name)), which is not there"
                    + hint)
        }
    }

    /// What is wrong with a column that the schema does not list.
    private func unknown(_ name: String) -> String? {
        guard places[name] == nil, !schema.allowsOthers else { return nil }
        let near = Nearest.word(to: name, among: schema.columns.map(\.name))
        let hint = near.map { "; did you mean \(InputError.excerpt($0))?" } ?? ""
        return "the column \(InputError.excerpt(name)) is not in the schema, which allows no others"
            + hint
    }

    /// - Throws: the first thing that is wrong with the row.
    func row(_ values: [(name: String, value: InputValue)]) throws(InputError) {
        if let first = problems(in: values).first { throw InputError(first.text) }
    }

    /// All that is wrong with a row, by column.
    func problems(in values: [(name: String, value: InputValue)])
        -> [(column: String, text: String)]
    {
        var seen = Array(repeating: false, count: schema.columns.count)
        var problems: [(column: String, text: String)] = []
        for (name, value) in values {
            guard let place = places[name] else {
                if let text = unknown(name) { problems.append((name, text)) }
                continue
            }
            seen[place] = true
            if fits(value, place) { continue }
            let column = schema.columns[place]
            problems.append(
                (
                    name,
                    "\(InputError.excerpt(name)) is \(Self.shown(value)); the schema wants "
                        + expected(column)
                ))
        }
        for (place, column) in schema.columns.enumerated()
        where !seen[place] && !column.isNullable {
            problems.append(
                (
                    column.name,
                    "\(InputError.excerpt(column.name)) is not there; the schema wants "
                        + expected(column)
                ))
        }
        return problems
    }

    private func fits(_ value: InputValue, _ place: Int) -> Bool {
        let column = schema.columns[place]
        let bounds = (column.minimum ?? -.infinity)...(column.maximum ?? .infinity)
        switch (value, column.kind) {
        case (.missing, _): return column.isNullable
        case (.number(let number), .number): return bounds.contains(number)
        case (.number(let number), .integer):
            return bounds.contains(number) && number == number.rounded() && number.isFinite
        case (.text(let text), .text):
            return bounds.contains(Double(text.count { $0 & 0xC0 != 0x80 }))
        case (.text(let text), .category):
            return isAllowed(String(decoding: text, as: UTF8.self), place)
        case (.number(let number), .category):
            // Classes may be whole numbers.
            return Int64(exactly: number).map { isAllowed(String($0), place) } ?? false
        // A field of CSV that is all digits is a text too.
        case (.number, .text): return true
        case (.text(let text), .boolean):
            return ["true", "false"].contains(String(decoding: text, as: UTF8.self).lowercased())
        case (.number(let number), .boolean): return number == 0 || number == 1
        case (.vector(let vector), .vector):
            return vector.count == column.dimension ?? vector.count
                && vector.allSatisfy(bounds.contains)
        case (.text, .number), (.text, .integer), (.text, .vector), (.number, .vector),
            (.vector, _), (.names, _), (.other, _):
            return false
        }
    }

    private func isAllowed(_ name: String, _ place: Int) -> Bool {
        allowed[place].isEmpty || allowed[place].contains(name)
    }

    private static func shown(_ number: Double) -> String {
        Int64(exactly: number).map { "\($0)" } ?? number.text(digits: 9)
    }

    private static func shown(_ value: InputValue) -> String {
        switch value {
        case .missing: "missing"
        case .number(let number): shown(number)
        case .text(let text): InputError.excerpt(String(decoding: text.prefix(200), as: UTF8.self))
        case .vector(let vector): "a list of \(vector.count) numbers"
        case .names(let names): "a list of \(names.count) texts"
        case .other: "an object or a list of other things than numbers"
        }
    }

    /// The column's rule in words.
    private func expected(_ column: DatasetSchema.Column) -> String {
        var words: String
        switch column.kind {
        case .number: words = "a number"
        case .integer: words = "a whole number"
        case .text: words = "a text"
        case .category: words = "a name"
        case .boolean: words = "true or false"
        case .vector:
            words = column.dimension.map { "a list of \($0) numbers" } ?? "a list of numbers"
        }
        if !column.allowed.isEmpty { words = "one of \(InputError.list(column.allowed))" }
        let unit = column.kind == .text ? " characters" : ""
        switch (column.minimum, column.maximum) {
        case (let low?, let high?):
            words += " of \(Self.shown(low)) to \(Self.shown(high))\(unit)"
        case (let low?, nil): words += " of at least \(Self.shown(low))\(unit)"
        case (nil, let high?): words += " of at most \(Self.shown(high))\(unit)"
        case (nil, nil): break
        }
        return words + (column.isNullable ? " or nothing" : "")
    }
}
