import CairnCore

/// One gate's outcome.
public struct GateOutcome: Sendable, Equatable {
    public let gate: SuiteGate
    public let verdict: EvaluationVerdict
    /// "accuracy 0.912 is at least 0.9"
    public let why: String
}

/// What there is to compare a version with.
public enum ParentResult: Sendable, Equatable {
    /// The version has no parent.
    case none
    /// The parent on the same data set, read in the same way.
    case measured(String, Measurements)
    /// There is a parent, but no such numbers of it; the text says why.
    case missing(String, why: String)
}

/// The verdict on a version: that of its gravest gate, with the reasons.
public struct Judgement: Sendable, Equatable {
    public let verdict: EvaluationVerdict
    public let gates: [GateOutcome]
    /// Sentences, the gravest first.
    public let reasons: [String]

    public init(_ suite: EvaluationSuite, _ candidate: Measurements, parent: ParentResult) {
        let gates = suite.gates.map { GateOutcome($0, candidate, parent) }
        let order: [EvaluationVerdict] = [.error, .fail, .inconclusive, .pass]
        var reasons = order.flatMap { verdict in
            gates.filter { $0.verdict == verdict }.map(\.why)
        }
        if gates.isEmpty { reasons.append("the suite has no gates, so nothing was demanded") }
        if let disagreement = Self.disagreement(candidate, parent) { reasons.append(disagreement) }
        (self.gates, self.reasons, verdict) = (gates, reasons, .of(gates.map(\.verdict)))
    }

    /// How often candidate and parent disagree on right and wrong.
    private static func disagreement(_ candidate: Measurements, _ parent: ParentResult) -> String? {
        guard case .measured(let number, let measured) = parent,
            let pair = ExamplePairs(.accuracy, measured, candidate)
        else { return nil }
        let counts = PairedProportions(a: pair.a, b: pair.b)
        let tests = DifferenceTest.tests(
            of: .accuracy, measured, candidate, alpha: SuiteGate.usualAlpha)
        let evidence =
            tests.first.map { "; \($0.method.rawValue), p \($0.p.text(digits: 2))" } ?? ""
        return "against \(number): \(counts.onlyB) of \(counts.count) examples newly right, "
            + "\(counts.onlyA) newly wrong\(evidence)"
    }
}

extension GateOutcome {
    init(_ gate: SuiteGate, _ candidate: Measurements, _ parent: ParentResult) {
        self.gate = gate
        guard let mean = candidate.mean(of: gate.metric), let value = mean.value else {
            verdict = .inconclusive
            let problem = candidate.mean(of: gate.metric)?.problem ?? "it was not computed"
            why = "\(gate.metric) has no value: \(problem)"
            return
        }
        switch gate.condition {
        case .atLeast(let bound):
            verdict = value >= bound ? .pass : .fail
            why = Self.sentence(gate.metric, value, "at least", bound, holds: value >= bound)
        case .atMost(let bound):
            verdict = value <= bound ? .pass : .fail
            why = Self.sentence(gate.metric, value, "at most", bound, holds: value <= bound)
        case .notWorseThanParent(let margin):
            (verdict, why) = Self.against(parent, gate, candidate, value, margin: margin)
        }
    }

    /// With as many digits as it takes to tell the two apart.
    private static func sentence(
        _ metric: EvaluationMetric, _ value: Double, _ relation: String, _ bound: Double,
        holds: Bool
    ) -> String {
        let digits = (4...17).first { value.text(digits: $0) != bound.text(digits: $0) }
        let text = { (number: Double) in number.text(digits: value == bound ? 4 : digits ?? 17) }
        return "\(metric) \(text(value)) is \(holds ? "" : "not ")\(relation) \(text(bound))"
    }

    private static func against(
        _ parent: ParentResult, _ gate: SuiteGate, _ candidate: Measurements, _ value: Double,
        margin: Double
    ) -> (EvaluationVerdict, String) {
        switch parent {
        case .none:
            return (.pass, "\(gate.metric): the version has no parent to be worse than")
        case .missing(let number, let why):
            return (.inconclusive, "\(gate.metric): no numbers of the parent \(number): \(why)")
        case .measured(let number, let measured):
            guard let theirs = measured.mean(of: gate.metric)?.value,
                let test = NonInferiority(
                    gate.metric, candidate: candidate, parent: measured, margin: margin,
                    alpha: gate.alpha)
            else {
                return (.inconclusive, "\(gate.metric) cannot be tested against \(number)")
            }
            let what =
                "\(gate.metric) \(value.text()) against \(theirs.text()) of \(number): "
            return outcome(test, gate, margin, what)
        }
    }

    private static func outcome(
        _ test: NonInferiority, _ gate: SuiteGate, _ margin: Double, _ what: String
    ) -> (EvaluationVerdict, String) {
        let limit = "worse by more than \(margin.text())"
        if test.p < gate.alpha {
            return (.pass, what + "not \(limit) (\(test.method), p \(test.p.text(digits: 2)))")
        }
        if test.pInferior < gate.alpha {
            return (.fail, what + "\(limit) (\(test.method), p \(test.pInferior.text(digits: 2)))")
        }
        let seen = test.minimumDetectable.map { "; it can see differences from \($0.text()) on" }
        return (
            .inconclusive,
            what + "that it is not \(limit) was not shown (\(test.method), p "
                + "\(test.p.text(digits: 2)) and not under \(gate.alpha.text()))\(seen ?? "")"
        )
    }
}
