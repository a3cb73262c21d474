import CairnCore

/// One line of a predictions file as it stands there, before it is checked against the data set.
struct PredictionLine {
    let line: Int
    var id: String?
    /// The label that the runner believed to be right, to be compared with the data set's.
    var label: String?
    var predictedLabel: String?
    var predictedNumber: Double?
    var score: Double?
    /// `scores` as a list: only their number is kept here, the values go to the caller's buffer.
    var scoreCount: Int?
    /// `scores` as an object: their names, in the line's order.
    var scoreNames: [String] = []
    var logProbability: Double?
    var tokenCount: Int?
    var correctTokenCount: Int?
    /// All names that were there, for errors.
    var names: [String] = []

    /// Reads the members that `task` knows; `scores` receives the values of `scores`.
    init(_ json: inout JSONLine, task: EvaluationTask, scores: inout [Double]) throws(InputError) {
        line = json.line
        scores.removeAll(keepingCapacity: true)
        while let name = try json.nextName() {
            names.append(name)
            if json.take(word: "null") { continue }
            try read(name, &json, task, &scores)
        }
    }

    private mutating func read(
        _ name: String, _ json: inout JSONLine, _ task: EvaluationTask, _ scores: inout [Double]
    ) throws(InputError) {
        switch (name, task) {
        case ("id", _): id = try json.label()
        case ("label", .binary), ("label", .multiclass), ("label", .regression),
            ("target", .regression):
            label = try json.label()
        case ("prediction", .binary), ("prediction", .multiclass): predictedLabel = try json.label()
        case ("prediction", .regression): predictedNumber = try json.finiteNumber(name)
        case ("prediction", .languageModel): predictedLabel = try json.string()
        case ("score", .binary): score = try json.probability(name)
        case ("scores", .binary), ("scores", .multiclass):
            try readScores(&json, &scores)
        case ("log_prob", .languageModel): logProbability = try json.logProbability()
        case ("log_probs", .languageModel):
            tokenCount = try json.appendNumbers(to: &scores)
            logProbability = try sum(scores, json)
        case ("token_count", .languageModel): tokenCount = try json.count()
        case ("correct_token_count", .languageModel): correctTokenCount = try json.count()
        default: try json.skip()
        }
    }

    private mutating func readScores(_ json: inout JSONLine, _ scores: inout [Double])
        throws(InputError)
    {
        if json.next == UInt8(ascii: "{") {
            var names: [String] = []
            try json.namedNumbers { name, value throws(InputError) in
                names.append(name)
                scores.append(value)
            }
            scoreNames = names
        } else {
            scoreCount = try json.appendNumbers(to: &scores)
        }
        for value in scores where !(0...1).contains(value) {
            throw json.failure(
                "a score of \(value); scores are probabilities from 0 to 1 (logits are not)")
        }
        let sum = scores.reduce(0, +)
        guard (sum - 1).magnitude <= 0.01 else {
            throw json.failure("the scores add up to \(sum); probabilities of all classes make 1")
        }
    }

    /// What the line lacks, with the nearest name that it has instead.
    func lacks(_ name: String, _ what: String) -> InputError {
        let near = Nearest.word(to: name, among: names.filter { $0 != name })
        let hint = near.map { "; did you mean it with \(InputError.excerpt($0))?" }
        return InputError(line: line, "no \(what)\(hint ?? "")")
    }

    /// The log-probability of a text from those of its tokens.
    private func sum(_ values: [Double], _ json: borrowing JSONLine) throws(InputError) -> Double {
        for value in values where !(value <= 0) {
            throw json.failure("a log_prob of \(value); log-probabilities are at most 0")
        }
        return values.reduce(0, +)
    }
}

extension JSONLine {
    fileprivate mutating func finiteNumber(_ name: String) throws(InputError) -> Double {
        let value = try number()
        guard value.isFinite else { throw failure("'\(name)' is \(value); expected a number") }
        return value
    }

    fileprivate mutating func probability(_ name: String) throws(InputError) -> Double {
        let value = try number()
        guard (0...1).contains(value) else {
            throw failure("'\(name)' is \(value); expected a probability from 0 to 1")
        }
        return value
    }

    fileprivate mutating func logProbability() throws(InputError) -> Double {
        let value = try number()
        guard value <= 0 else {
            throw failure("'log_prob' is \(value); log-probabilities are at most 0")
        }
        return value
    }
}
