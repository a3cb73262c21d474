import CairnCore

/// What a line of live traffic says of the model's answer, by the names that references have.
///
/// Lines are as predictions have them: `scores` of all classes stand for the class and its score,
/// `log_prob` and `log_probs` for a score by token, a list of labels for how many there are.
enum LiveAnswer {
    /// Columns beside those that the line has.
    static func derived(from members: [JSONText.Member]) -> [(name: String, value: InputValue)] {
        func value(_ name: String) -> JSONText? { members.last { $0.name == name }?.value }
        var derived: [(name: String, value: InputValue)] = []
        if case .array(let labels)? = value("prediction") {
            derived.append(("output.count", .number(Double(labels.count))))
        }
        guard value("score") == nil else { return derived }
        if let scores = value("scores") {
            derived += ofScores(scores, prediction: value("prediction"))
        } else if case .array(let logs)? = value("log_probs") {
            let numbers = logs.compactMap(number)
            if !numbers.isEmpty, numbers.count == logs.count {
                let mean = numbers.reduce(0, +) / Double(numbers.count)
                derived.append(("score", .number(mean)))
            }
        } else if let log = value("log_prob").flatMap(number),
            let count = value("token_count").flatMap(number), count > 0
        {
            derived.append(("score", .number(log / count)))
        }
        return derived
    }

    /// The score of the class that was chosen; of no prediction, the class with the largest score.
    private static func ofScores(_ scores: JSONText, prediction: JSONText?)
        -> [(name: String, value: InputValue)]
    {
        switch scores {
        case .array(let items):
            return items.compactMap(number).max().map { [("score", .number($0))] } ?? []
        case .object(let classes):
            let known = classes.compactMap { entry in number(entry.value).map { (entry.name, $0) } }
            // The first among equals, as evaluations take it.
            guard var best = known.first else { return [] }
            for entry in known where entry.1 > best.1 { best = entry }
            guard let prediction else {
                return [("prediction", .text(Array(best.0.utf8))), ("score", .number(best.1))]
            }
            let name = name(prediction)
            return known.first { $0.0 == name }.map { [("score", .number($0.1))] } ?? []
        case .null, .bool, .integer, .number, .string: return []
        }
    }

    private static func number(_ value: JSONText) -> Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number): number
        case .null, .bool, .string, .array, .object: nil
        }
    }

    private static func name(_ value: JSONText) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .null, .bool, .number, .array, .object: nil
        }
    }
}
