import CairnCore

/// One gate's outcome.
public struct GateOutcome: Sendable, Equatable {
    public let gate: SuiteGate
    public let verdict: EvaluationVerdict
    /// "accuracy 0.912 is at least 0.9"
    public let why: String
}

/// What there is to compare a version with: its parent, or what serves.
public enum BaselineResult: Sendable, Equatable {
    /// There is no such version: no parent, or nothing serves.
    case none
    /// The version on the same data set, read in the same way.
    case measured(String, Measurements)
    /// There is such a version, but no such numbers of it; the text says why.
    case missing(String, why: String)
    /// The candidate is that version.
    case itself
    /// It could not be found out which version that is; the text says why.
    case unknown(String)
}

/// The verdict on a version: that of its gravest gate, with the reasons.
public struct Judgement: Sendable, Equatable {
    public let verdict: EvaluationVerdict
    public let gates: [GateOutcome]
    /// Sentences, the gravest first.
    public let reasons: [String]

    /// - Parameter basis: the examples of the data set, for metrics that are no means over them.
    public init(
        _ suite: EvaluationSuite, _ candidate: Measurements, parent: BaselineResult,
        stable: BaselineResult = .none, basis: ResamplingBasis? = nil
    ) {
        let against = { (baseline: BaselineResult, isParent: Bool) in
            Baseline(
                baseline, isParent ? .parent : .stable(suite.options.stableTarget), candidate,
                suite.gates.filter { $0.condition.isAgainst(parent: isParent) }.map(\.metric),
                basis)
        }
        let (ofParent, ofStable) = (against(parent, true), against(stable, false))
        let gates = suite.gates.map { gate in
            GateOutcome(
                gate, candidate,
                gate.condition.isAgainst(parent: false) ? ofStable : ofParent)
        }
        let order: [EvaluationVerdict] = [.error, .fail, .inconclusive, .pass]
        var reasons = order.flatMap { verdict in
            gates.filter { $0.verdict == verdict }.map(\.why)
        }
        if gates.isEmpty { reasons.append("the suite has no gates, so nothing was demanded") }
        if let disagreement = Self.disagreement(candidate, parent) { reasons.append(disagreement) }
        (self.gates, self.reasons, verdict) = (gates, reasons, .of(gates.map(\.verdict)))
    }

    /// How often candidate and parent disagree on right and wrong.
    private static func disagreement(_ candidate: Measurements, _ parent: BaselineResult)
        -> String?
    {
        guard case .measured(let number, let measured) = parent,
            let pair = ExamplePairs(
                .correct, measured.repeats[0].examples, candidate.repeats[0].examples),
            pair.isRightOrWrong
        else { return nil }
        let counts = PairedProportions(a: pair.a, b: pair.b)
        let test = DifferenceTest.of(pair, alpha: SuiteGate.usualAlpha)
        let evidence = test.map { "; \($0.method.rawValue), p \($0.p.text(digits: 2))" } ?? ""
        return "against \(number): \(counts.onlyB) of \(counts.count) examples newly right, "
            + "\(counts.onlyA) newly wrong\(evidence)"
    }
}

extension SuiteGate.Condition {
    fileprivate func isAgainst(parent: Bool) -> Bool {
        switch self {
        case .atLeast, .atMost: false
        case .notWorseThanParent: parent
        case .notWorseThanStable: !parent
        }
    }
}
