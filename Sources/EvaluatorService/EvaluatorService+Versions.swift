import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// What ingest tells of, and what follows from it.
extension EvaluatorService {
    func addVersions(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.versionCommitted) { [self] event, _ in
            try await answering {
                let version = try Checks.version(event)
                let id = try WireChecks.id(event.eventId, "event_id", EventID.self)
                if try await ledger.commit(version, event: id) { changes.ring() }
                return Done()
            }
        }
        routes.unary(EvaluatorMethods.getEvaluatorStatus) { [self] _, _ in
            try await answering {
                let counts = try await ledger.with { store, _ in try store.counts() }
                return EvaluatorStatus(
                    datasetCount: UInt64(counts.datasets), suiteCount: UInt64(counts.suites),
                    evaluationCount: UInt64(counts.evaluations),
                    queuedCount: UInt64(counts.pending),
                    undeliveredEventCount: UInt64(counts.undeliveredEvents))
            }
        }
    }

    /// A version by its number. Waits a little for one that was committed a moment ago and whose
    /// event is still on its way.
    func version(_ number: String, of model: String) async throws -> KnownVersion {
        let (model, number) = (try Checks.name(model, "model"), try WireChecks.number(number))
        let giveUpAt = clock.now() + settings.announcementPatience
        while true {
            let generation = changes.generation
            let known = try await ledger.with { store, _ in try store.version(number, of: model) }
            if let known { return known }
            guard clock.now() < giveUpAt else {
                throw RPCError(
                    .notFound,
                    "the evaluator has not been told of \(model)@\(number). Is ingest up, and does "
                        + "`cairn versions \(model)` list it?", canRetry: true)
            }
            try await changes.wait(after: generation, until: giveUpAt, on: clock)
        }
    }

    /// The suites of a model in force: the one of that name, or all.
    func suites(named name: String, of model: ModelName) async throws -> [EvaluationSuite] {
        let all = try await ledger.with { store, _ in try store.suites(of: model) }.map(\.suite)
        guard !all.isEmpty else {
            throw RPCError(
                .notFound, "\(model) has no suite; `cairn suite apply FILE.yaml` sets one")
        }
        guard !name.isEmpty else { return all }
        guard let suite = all.first(where: { $0.name.description == name }) else {
            let names = all.map(\.name.description)
            let near = Nearest.word(to: name, among: names).map { "; did you mean '\($0)'?" }
            throw RPCError(
                .notFound,
                "\(model) has no suite '\(name.prefix(40))'"
                    + (near ?? "; it has \(names.joined(separator: ", "))"))
        }
        return [suite]
    }
}
