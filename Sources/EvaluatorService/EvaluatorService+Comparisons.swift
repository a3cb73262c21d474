import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

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
        let (alpha, basis) = (try Checks.alpha(request.alpha), await basis(of: left, right))
        let comparison = try await Compute.run {
            Result { () throws(ComparisonError) in
                try VersionComparison(left, right, alpha: alpha, basis: basis)
            }
        }.get()
        return comparison.message(left, right, model: a.model, suite: suite.name)
    }

    /// The examples on which both were measured. Without them, metrics that are no means and slices
    /// are not tested; all else is.
    private func basis(of a: ComparedVersion, _ b: ComparedVersion) async -> ResamplingBasis? {
        guard a.basis == b.basis else { return nil }
        do {
            return ResamplingBasis(
                try await examples(of: a.suite), a.suite, workerCount: settings.metricsWorkerCount)
        } catch {
            log("versions are compared without their examples: \(error)")
            return nil
        }
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
            summary: summary(a.number, b.number), slices: slices.map(\.message))
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
            minimumDetectable: test?.minimumDetectable ?? .nan,
            effectName: test?.effect?.name ?? "", effect: test?.effect?.value ?? .nan)
    }

    private var text: String {
        switch conclusion {
        case .aIsBetter: "a is better"
        case .bIsBetter: "b is better"
        case .aIsLarger: "a is larger"
        case .bIsLarger: "b is larger"
        case .noDifferenceShown: "no difference shown"
        case .untested(let why): "not tested: \(why)"
        }
    }
}

extension ComparedSlice {
    var message: Messages.SliceComparison {
        Messages.SliceComparison(
            column: column, value: value, exampleCount: UInt64(exampleCount),
            metrics: rows.map(\.message))
    }
}
