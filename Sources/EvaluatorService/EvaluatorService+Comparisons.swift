import CairnCore
import Evaluation
import Messages
import Ports

/// Two versions of a model on one suite.
extension EvaluatorService {
    func addComparisons(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.compare) { [self] request, _ in
            try await answering { try await compare(request) }
        }
    }

    private func compare(_ request: Compare) async throws -> Messages.Comparison {
        let a = try await version(request.numberA, of: request.model)
        let b = try await version(request.numberB, of: request.model)
        let suites = try await suites(named: request.suite, of: a.model)
        guard suites.count == 1, let suite = suites.first else {
            throw RPCError(
                .invalidArgument,
                "\(a.model) has several suites: "
                    + suites.map(\.name.description).joined(separator: ", ")
                    + ". Say on which one the versions shall be compared")
        }
        let (left, right) = try await ledger.comparable(a, b, suite: suite.name)
        let comparison = try VersionComparison(left, right, alpha: try Checks.alpha(request.alpha))
        return comparison.message(left, right, model: a.model, suite: suite.name)
    }
}

extension VersionComparison {
    func message(
        _ a: ComparedVersion, _ b: ComparedVersion, model: ModelName, suite: ModelName
    ) -> Messages.Comparison {
        Messages.Comparison(
            model: model.description, numberA: a.number.number, numberB: b.number.number,
            suite: suite.description, datasetDigest: a.basis.dataset.bytes,
            exampleCount: UInt64(exampleCount), metrics: rows.map(\.message),
            onlyACorrect: UInt64(disagreement?.onlyA ?? 0),
            onlyBCorrect: UInt64(disagreement?.onlyB ?? 0),
            summary: summary(a.number, b.number))
    }

    /// One sentence or two for people.
    private func summary(_ a: VersionNumber, _ b: VersionNumber) -> String {
        var sentences: [String] = []
        if let disagreement {
            sentences.append(
                "\(b) alone is right on \(disagreement.onlyB) of \(exampleCount) examples, \(a) "
                    + "alone on \(disagreement.onlyA)")
        }
        let better = { (conclusion: Conclusion) in
            var names: [String] = []
            for row in rows where row.conclusion == conclusion && !names.contains(row.metric.name) {
                names.append(row.metric.name)
            }
            return names.joined(separator: ", ")
        }
        let (forA, forB) = (better(.aIsBetter), better(.bIsBetter))
        if !forB.isEmpty { sentences.append("\(b) is better on \(forB)") }
        if !forA.isEmpty { sentences.append("\(a) is better on \(forA)") }
        if forA.isEmpty && forB.isEmpty { sentences.append("no difference was shown") }
        return sentences.joined(separator: "; ")
    }
}

extension VersionComparison.Row {
    var message: MetricComparison {
        MetricComparison(
            name: metric.name, valueA: valueA, valueB: valueB, difference: difference,
            intervalLow: test?.interval?.low ?? .nan, intervalHigh: test?.interval?.high ?? .nan,
            test: test?.method.rawValue ?? "", statistic: test?.statistic ?? .nan,
            p: test?.p ?? .nan, conclusion: text,
            minimumDetectable: test?.minimumDetectable ?? .nan)
    }

    private var text: String {
        switch conclusion {
        case .aIsBetter: "a is better"
        case .bIsBetter: "b is better"
        case .noDifferenceShown: "no difference shown"
        case .untested(let why): "not tested: \(why)"
        }
    }
}
