/// A metric of the catalogue, or a family that differs by what stands after `@`.
struct MetricEntry: Sendable {
    enum Parameter: Sendable {
        case none
        /// `ndcg@10`.
        case count(ClosedRange<Int>, usual: Int? = nil)
        /// `pinball@0.9`. Both ends are excluded.
        case number(Range<Double>, usual: Double? = nil)
        /// `recall_of@cat`: a class by its name.
        case label
        /// `latency_p99.9`: no `@` before it.
        case percentile
    }

    /// What a parameter was read as.
    enum Argument: Sendable, Equatable {
        case none
        case count(Int)
        case number(Double)
        case label(String)
    }

    /// What stands before the parameter.
    let name: String
    let parameter: Parameter
    let direction: EvaluationMetric.Direction
    let evidence: EvidenceRule
    let takesWeights: Bool
    /// The parameters with which a suite that lists no metrics has it.
    let shownParameters: [Argument]
    let quantity: @Sendable (Argument) -> MetricQuantity

    enum EvidenceRule: Sendable {
        case mean(ExampleColumn)
        /// The mean of the column that has the metric's own name.
        case ownMean
        case resampled, repeatsOnly
    }

    init(
        _ name: String, _ direction: EvaluationMetric.Direction, _ evidence: EvidenceRule,
        parameter: Parameter = .none, weights: Bool = true, shown: [Argument] = [],
        _ quantity: @escaping @Sendable (Argument) -> MetricQuantity
    ) {
        (self.name, self.direction, self.evidence) = (name, direction, evidence)
        (self.parameter, takesWeights) = (parameter, weights)
        (shownParameters, self.quantity) = (shown, quantity)
    }

    var shown: [EvaluationMetric] { shownParameters.map(metric) }

    /// As the documents write it: `ndcg@K`, `pinball@Q`, `recall_of@LABEL`.
    var pattern: String {
        switch parameter {
        case .none: name
        case .count: name + "@K"
        case .number: name + "@X"
        case .label: name + "@LABEL"
        case .percentile: name + "99"
        }
    }

    /// Whether the parameter may be left out.
    var hasUsualParameter: Bool {
        switch parameter {
        case .count(_, let usual): usual != nil
        case .number(_, let usual): usual != nil
        case .none, .label, .percentile: false
        }
    }

    /// A pattern without its parameter.
    static func base(_ pattern: String) -> String {
        String(pattern.prefix { $0 != "@" })
    }
}

extension MetricEntry {
    /// The text of the parameter in a name of this entry; empty for one without.
    /// - Returns: `nil` for a name of another entry.
    func parameterText(_ base: String, _ parameter: String?) -> String? {
        switch self.parameter {
        case .none: return base == name && parameter == nil ? "" : nil
        case .count(_, let usual):
            return base == name && (parameter != nil || usual != nil) ? parameter ?? "" : nil
        case .number(_, let usual):
            return base == name && (parameter != nil || usual != nil) ? parameter ?? "" : nil
        case .label: return base == name ? parameter : nil
        case .percentile:
            guard parameter == nil, base.hasPrefix(name), base != name else { return nil }
            return String(base.dropFirst(name.count))
        }
    }

    func metric(_ text: String) throws(SuiteError) -> EvaluationMetric {
        metric(try argument(text))
    }

    func metric(_ argument: Argument) -> EvaluationMetric {
        let full = name + Self.suffix(argument, isJoined: isJoined)
        let evidence: EvaluationMetric.Evidence =
            switch evidence {
            case .mean(let column): .mean(column)
            case .ownMean: .mean(ExampleColumn(full))
            case .resampled: .resampled
            case .repeatsOnly: .repeatsOnly
            }
        return EvaluationMetric(
            name: full, direction: direction, evidence: evidence, takesWeights: takesWeights,
            isShown: shownParameters.contains(argument), quantity: quantity(argument))
    }

    private var isJoined: Bool { if case .percentile = parameter { true } else { false } }

    private func argument(_ text: String) throws(SuiteError) -> Argument {
        switch parameter {
        case .none: return .none
        case .count(let range, let usual):
            if text.isEmpty, let usual { return .count(usual) }
            guard let count = Int(text), range.contains(count) else {
                throw SuiteError(
                    "'\(name)@\(text)': expected a whole number from \(range.lowerBound) to "
                        + "\(range.upperBound) after the '@'")
            }
            return .count(count)
        case .number(let range, let usual):
            if text.isEmpty, let usual { return .number(usual) }
            guard let number = Double(text), number > range.lowerBound, number < range.upperBound
            else {
                throw SuiteError(
                    "'\(name)@\(text)': expected a number between \(range.lowerBound) and "
                        + "\(range.upperBound) after the '@'")
            }
            return .number(number)
        case .label:
            guard !text.isEmpty else {
                throw SuiteError("'\(name)@': expected the name of a class after the '@'")
            }
            return .label(text)
        case .percentile:
            guard let number = Double(text), number > 0, number <= 100 else {
                throw SuiteError(
                    "'\(name)\(text)': expected a number above 0 and up to 100 after '\(name)'")
            }
            return .number(number)
        }
    }

    /// The one way in which a parameter is written.
    private static func suffix(_ argument: Argument, isJoined: Bool) -> String {
        let text: String
        switch argument {
        case .none: return ""
        case .count(let count): text = "\(count)"
        case .number(let number):
            let whole = "\(number)"
            text = whole.hasSuffix(".0") ? String(whole.dropLast(2)) : whole
        case .label(let label): text = label
        }
        return isJoined ? text : "@" + text
    }
}

extension MetricEntry.Argument {
    /// A parameter of the kind that the entry's own rule gives, or the entry is wrong.
    var wholeNumber: Int {
        guard case .count(let count) = self else { preconditionFailure("\(self) is no count") }
        return count
    }

    var real: Double {
        guard case .number(let number) = self else { preconditionFailure("\(self) is no number") }
        return number
    }

    var className: String {
        guard case .label(let label) = self else { preconditionFailure("\(self) is no label") }
        return label
    }
}
