import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// Evaluations that somebody does not want any more.
extension EvaluatorService {
    func addCancelling(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.cancelEvaluation) { [self] request, _ in
            try await answering { try await cancel(request) }
        }
    }

    /// It is over when this returns, wherever it was worked on: whoever holds its lease has lost it,
    /// ends its runner when he notices, and stores nothing of it.
    private func cancel(_ request: CancelEvaluation) async throws -> EvaluationRecord {
        let id = try WireChecks.id(request.evaluationId, "evaluation_id", EvaluationID.self)
        let reason = String(request.reason.prefix(1_000))
        let why = reason.isEmpty ? "it was cancelled" : "it was cancelled: \(reason)"
        guard let (evaluation, wasActive) = try await ledger.cancel(id, because: why) else {
            throw RPCError(.notFound, "there is no evaluation \(id)")
        }
        guard let wasActive else { return evaluation.message }  // It was done before.
        try await stopWhatIsLost()
        changes.ring()
        doorbell.ring()
        // Where something works on it, whoever does clears up.
        if !wasActive { await cleanUp(after: evaluation) }
        return evaluation.message
    }
}

extension EvaluatorLedger {
    /// - Returns: the evaluation as it is then, and whether it was worked on, which is `nil` when it
    ///   was over before; `nil` when there is none.
    func cancel(_ id: EvaluationID, because why: String) throws
        -> (StoredEvaluation, wasActive: Bool?)?
    {
        try store.atomically {
            guard var evaluation = try store.evaluation(id) else { return nil }
            let before = evaluation.job
            guard evaluation.job.handle(.cancelled(why), at: clock.now()) == [.cancel(why)] else {
                return (evaluation, nil)
            }
            let record = evaluation.cancelled(why, at: clock.now())
            let result = EvaluationResult(job: evaluation.job, record: record, measurements: [])
            let told = try OutboxEvent(verdict: record, id: newID())
            guard try store.finish(result, ifTaken: before.leaseCount, telling: told) else {
                return (evaluation, nil)
            }
            evaluation.record = record
            return (evaluation, before.isActive)
        }
    }
}
