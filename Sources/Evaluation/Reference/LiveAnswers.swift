import CairnCore

/// What live traffic says of a model's answers, by the names that references have.
///
/// Rows are as predictions have them (docs/reference/predictions.md), and what a reference sketches of
/// them follows from the task: of a binary one the probability of the positive class, of a
/// multiclass one that of the class that was chosen. `ReferenceCollector` is the other side.
public struct LiveAnswers: Sendable {
    /// `nil`: not known; then only what is the same for all tasks is derived.
    let task: EvaluationTask?
    /// Of a binary task both classes in the order of a data set's; empty: not known.
    private let pair: [String]

    /// - Parameter reference: what the rows are compared with.
    public init(task: EvaluationTask? = nil, reference: [Distribution] = []) {
        self.task = task
        guard case .binary(let positive) = task,
            case .categories(let output)? = reference.first(where: { $0.name == "output" })?.content
        else {
            pair = []
            return
        }
        let names = Set(output.names + [positive])
        pair = names.count == 2 && output.otherCount == 0 ? ClassNames.sorted(names) : []
    }

    typealias Values = [(name: String, value: InputValue)]

    /// Columns beside those that a row has.
    func derived(from members: [JSONText.Member]) -> Values {
        func value(_ name: String) -> JSONText? { members.last { $0.name == name }?.value }
        switch task {
        case nil: return ofLabels(value("prediction")) + ofScores(value) + ofTokens(value)
        case .binary(let positive): return ofPair(value, positive)
        case .multiclass: return ofScores(value)
        case .multilabel: return ofSets(value)
        case .languageModel: return ofTokens(value)
        case .multipleChoice: return Self.ofChoices(value("log_likelihoods"))
        case .ranking: return ofLabels(value("scores"))
        case .code:
            guard let drawn = value("drawn").flatMap(Self.number), drawn > 0,
                let passed = value("passed").flatMap(Self.number)
            else { return [] }
            return [("output", .number(passed / drawn))]
        case .serving:
            return [("latency", "latency_ms"), ("tokens", "token_count")].compactMap { name, own in
                value(own).flatMap(Self.number).map { (name, .number($0)) }
            }
        case .regression, .textGeneration: return []
        }
    }

    private func ofLabels(_ list: JSONText?) -> Values {
        guard case .array(let items)? = list else { return [] }
        return [("output.count", .number(Double(items.count)))]
    }

    /// The score of the class that was chosen; of no prediction, the class with the largest score.
    private func ofScores(_ value: (String) -> JSONText?) -> Values {
        guard value("score") == nil, let scores = value("scores") else { return [] }
        guard let classes = Self.named(scores, []) else {
            return Self.numbers(scores)?.max().map { [("score", .number($0))] } ?? []
        }
        // The first among equals, as evaluations take it.
        guard var best = classes.first else { return [] }
        for entry in classes where entry.score > best.score { best = entry }
        guard let prediction = value("prediction") else {
            return [
                ("prediction", .text(Array(best.name.utf8))), ("score", .number(best.score)),
            ]
        }
        let name = Self.name(prediction)
        return classes.first { $0.name == name }.map { [("score", .number($0.score))] } ?? []
    }

    /// The probability of the positive class, which is chosen from 0.5 on.
    private func ofPair(_ value: (String) -> JSONText?, _ positive: String) -> Values {
        var derived: Values = []
        var score = value("score").flatMap(Self.number)
        if score == nil, let scores = value("scores"), let classes = Self.named(scores, pair) {
            score = classes.first { $0.name == positive }?.score
            if let score { derived.append(("score", .number(score))) }
        }
        guard let score, value("prediction") == nil,
            let negative = pair.first(where: { $0 != positive })
        else { return derived }
        let chosen = score >= 0.5 ? positive : negative
        return derived + [("prediction", .text(Array(chosen.utf8)))]
    }

    /// Labels from 0.5 on, where none are listed.
    private func ofSets(_ value: (String) -> JSONText?) -> Values {
        if let list = value("prediction") { return ofLabels(list) }
        guard let scores = value("scores") else { return [] }
        guard let classes = Self.named(scores, []) else {
            let count = Self.numbers(scores)?.count { $0 >= 0.5 }
            return count.map { [("output.count", .number(Double($0)))] } ?? []
        }
        let chosen = classes.filter { $0.score >= 0.5 }.map { Array($0.name.utf8) }
        return [
            ("output.count", .number(Double(chosen.count))),
            ("prediction", chosen.isEmpty ? .other : .names(chosen)),
        ]
    }

    /// What a token's probability is on average, as a logarithm.
    private func ofTokens(_ value: (String) -> JSONText?) -> Values {
        if value("score") != nil { return [] }
        if let logs = value("log_probs").flatMap(Self.numbers), !logs.isEmpty {
            return [("score", .number(logs.reduce(0, +) / Double(logs.count)))]
        }
        guard let log = value("log_prob").flatMap(Self.number),
            let count = value("token_count").flatMap(Self.number), count > 0
        else { return [] }
        return [("score", .number(log / count))]
    }

    /// The place of the likeliest choice, the first among equals, and how likely it is.
    private static func ofChoices(_ list: JSONText?) -> Values {
        guard let logs = list.flatMap(numbers),
            let best = logs.indices.max(by: { logs[$0] < logs[$1] })
        else { return [] }
        return [("output", .number(Double(best))), ("score", .number(logs[best]))]
    }

    // MARK: What JSON has

    /// - Parameter names: of scores without names, where there are as many.
    /// - Returns: `nil` where scores have no names.
    private static func named(_ scores: JSONText, _ names: [String])
        -> [(name: String, score: Double)]?
    {
        if case .object(let classes) = scores {
            return classes.compactMap { entry in number(entry.value).map { (entry.name, $0) } }
        }
        guard let numbers = numbers(scores), numbers.count == names.count, !names.isEmpty else {
            return nil
        }
        return zip(names, numbers).map { ($0, $1) }
    }

    /// - Returns: `nil` where an item is no number.
    private static func numbers(_ list: JSONText) -> [Double]? {
        guard case .array(let items) = list else { return nil }
        let numbers = items.compactMap(number)
        return numbers.count == items.count ? numbers : nil
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
