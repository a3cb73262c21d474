import CairnCore

/// Answers in files whose values are no JSON: arrays, streams of columns, fields of CSV.
extension LiveAnswers {
    private static let names: Set<String> = [
        "prediction", "score", "scores", "log_prob", "log_probs", "token_count",
        "log_likelihoods", "drawn", "passed", "latency_ms",
    ]

    private static let lists: Set<String> = ["scores", "log_probs", "log_likelihoods"]

    /// What an array without a name is: as of predictions.
    func plainName(of header: ArrayHeader) -> String {
        let isFloat = header.element.kind == .float
        let isMatrix = header.shape.count == 2 && header.width > 1
        switch task {
        case .languageModel: return isMatrix ? "log_probs" : "prediction"
        case .multipleChoice: return isMatrix ? "log_likelihoods" : "prediction"
        case .multilabel: return isMatrix && isFloat ? "scores" : "prediction"
        case .binary: return isMatrix ? "scores" : isFloat ? "score" : "prediction"
        case .serving: return "latency_ms"
        case nil, .multiclass, .regression, .textGeneration, .ranking, .code:
            return isMatrix ? "scores" : "prediction"
        }
    }

    /// Whether a column is a matrix of 0 and 1 that says which labels each row has.
    static func isSet(_ name: String, _ column: LoadedColumn) -> Bool {
        guard name == "prediction", column.starts == nil, column.width > 1 else { return false }
        switch column.element.kind {
        case .bool, .signed, .unsigned: return true
        case .float, .unicode, .bytes, .text, .place: return false
        }
    }

    /// - Parameter classes: what the columns of a matrix of scores are; `nil`: the file does not say.
    func derived(fromColumns values: Values, _ classes: [String]?) -> Values {
        derived(
            from: values.compactMap { name, value in
                guard Self.names.contains(name) else { return nil }
                if name == "scores", case .vector(let scores) = value, let classes,
                    classes.count == scores.count
                {
                    let entries = zip(classes, scores).map { JSONText.Member($0, .number($1)) }
                    return JSONText.Member(name, .object(entries))
                }
                return Self.json(value, isList: name == "prediction").map {
                    JSONText.Member(name, $0)
                }
            })
    }

    /// In CSV scores stand in one column each, `scores.cat`, or lists in one with `|` between items.
    func derived(fromFields values: Values) -> Values {
        var (members, scores, sets) = ([JSONText.Member](), [JSONText.Member](), Values())
        for (name, value) in values {
            if name.hasPrefix(Self.scorePrefix), case .number(let score) = value {
                let name = String(name.dropFirst(Self.scorePrefix.count))
                scores.append(JSONText.Member(name, .number(score)))
            } else if name == "prediction", case .multilabel = task {
                let items = Self.items(value)
                members.append(JSONText.Member(name, .array(items.map { _ in .null })))
                sets = [("output", items.isEmpty ? .other : .names(items))]
            } else if Self.lists.contains(name) {
                let numbers = Self.items(value).map { InputValue(field: $0) }
                members.append(
                    JSONText.Member(name, .array(numbers.map { Self.json($0) ?? .null })))
            } else if Self.names.contains(name), let json = Self.json(value) {
                members.append(JSONText.Member(name, json))
            }
        }
        if !scores.isEmpty { members.append(JSONText.Member("scores", .object(scores))) }
        return sets + derived(from: members)
    }

    static let scorePrefix = "scores."

    /// Between the `|` of a field; none in an empty one.
    private static func items(_ value: InputValue) -> [[UInt8]] {
        switch value {
        case .text(let text):
            text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(
                Array.init)
        case .number(let number):
            [Array((Int64(exactly: number).map { "\($0)" } ?? "\(number)").utf8)]
        case .missing, .vector, .names, .other: []
        }
    }

    /// - Parameter isList: whether what is nothing else is a list without items.
    private static func json(_ value: InputValue, isList: Bool = false) -> JSONText? {
        switch value {
        case .missing: nil
        case .number(let number): Int64(exactly: number).map { JSONText($0) } ?? .number(number)
        case .text(let text): .string(String(decoding: text, as: UTF8.self))
        case .vector(let numbers): .array(numbers.map { .number($0) })
        case .names(let names): .array(names.map { .string(String(decoding: $0, as: UTF8.self)) })
        case .other: isList ? .array([]) : nil
        }
    }
}
