import CairnCore
import Evaluation
import Messages
import Ports

/// Suites: declared whole; the same text twice changes nothing.
extension EvaluatorService {
    func addSuites(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.applySuite) { [self] spec, _ in
            try await answering {
                let suite = try EvaluationSuite(spec)
                try await checkData(of: suite)
                return try await ledger.with { store, now in try store.apply(suite, at: now) }
                    .message
            }
        }
        routes.unary(EvaluatorMethods.listSuites) { [self] request, _ in
            try await answering {
                let model =
                    request.model.isEmpty ? nil : try Checks.name(request.model, "model")
                let suites = try await ledger.with { store, _ in try store.suites(of: model) }
                return SuiteList(suites: suites.map(\.message))
            }
        }
    }

    /// Reads the whole data set now, so that a wrong column is not found by the first version.
    private func checkData(of suite: EvaluationSuite) async throws {
        do {
            _ = try await examples(of: suite)
        } catch let error as InputError {
            throw RPCError(
                .invalidArgument,
                "the data set does not fit the suite: \(error). The suite was not changed")
        }
    }
}

extension StoredSuite {
    var message: SuiteRecord {
        SuiteRecord(
            spec: suite.spec, digest: suite.digest.bytes, changed: changed,
            appliedUnixMs: appliedAt.milliseconds)
    }
}
