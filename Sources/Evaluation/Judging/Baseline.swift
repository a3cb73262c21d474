import CairnCore

/// The version that a candidate is held against, with the errors of differences to it.
struct Baseline {
    enum Role: Equatable {
        case parent
        case stable(TargetName?)
    }

    let result: BaselineResult
    let role: Role
    let resampled: ResampledErrors?

    /// - Parameter metrics: of the gates against this version.
    init(
        _ result: BaselineResult, _ role: Role, _ candidate: Measurements,
        _ metrics: [EvaluationMetric], _ basis: ResamplingBasis?
    ) {
        (self.result, self.role) = (result, role)
        if case .measured(_, let measured) = result {
            resampled = basis.flatMap { ResampledErrors(metrics, measured, candidate, $0) }
        } else {
            resampled = nil
        }
    }

    /// "the parent", "what serves on prod/chat".
    var name: String {
        switch role {
        case .parent: "the parent"
        case .stable(let target):
            "what serves" + (target.map { " on \($0)" } ?? "")
        }
    }

    /// Why there is nothing to be worse than.
    var absence: String {
        switch role {
        case .parent: "the version has no parent to be worse than"
        case .stable(let target):
            "nothing serves\(target.map { " on \($0)" } ?? "") to be worse than"
        }
    }
}

extension GateOutcome {
    init(_ gate: SuiteGate, _ candidate: Measurements, _ baseline: Baseline) {
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
        case .notWorseThanParent(let margin), .notWorseThanStable(let margin):
            (verdict, why) = Self.against(baseline, gate, candidate, value, margin: margin)
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
        _ baseline: Baseline, _ gate: SuiteGate, _ candidate: Measurements, _ value: Double,
        margin: Double
    ) -> (EvaluationVerdict, String) {
        switch baseline.result {
        case .none:
            return (.pass, "\(gate.metric): \(baseline.absence)")
        case .itself:
            return (.pass, "\(gate.metric): the version itself is \(baseline.name)")
        case .unknown(let why):
            return (
                .inconclusive, "\(gate.metric): it is not known \(baseline.name): \(why)"
            )
        case .missing(let number, let why):
            return (
                .inconclusive, "\(gate.metric): no numbers of \(baseline.name) \(number): \(why)"
            )
        case .measured(let number, let measured):
            guard let theirs = measured.mean(of: gate.metric)?.value,
                let test = NonInferiority(
                    gate.metric, candidate: candidate, baseline: measured, margin: margin,
                    resampled: baseline.resampled, alpha: gate.alpha)
            else {
                let why = baseline.resampled?.shortage.map { ": \($0)" } ?? ""
                return (.inconclusive, "\(gate.metric) cannot be tested against \(number)\(why)")
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
