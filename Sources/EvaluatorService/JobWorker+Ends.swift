import CairnCore
import Evaluation
import Messages
import Ports

/// How a job's work ends, with numbers and without.
extension JobWorker {
    func finish() async throws {
        guard let outcome else { preconditionFailure("finished without an outcome: \(id)") }
        let record = evaluation.judged(outcome, at: service.clock.now())
        try await store(record, outcome.measurements.repeats)
    }

    func fail(_ why: String) async throws {
        let record = evaluation.failed(
            why, logTail: await service.logTail(of: id), at: service.clock.now())
        try await store(record, [])
    }

    private func store(_ record: EvaluationRecord, _ measurements: [Measurement]) async throws {
        let result = EvaluationResult(
            job: evaluation.job, record: record, measurements: measurements)
        let event: EventID = await service.ledger.newID()
        let told = try OutboxEvent(verdict: record, id: event)
        let number = lease.number
        let isNew = try await service.durably("the result of evaluation \(id) was not stored") {
            try await service.ledger.with { store, _ in
                try store.finish(result, ifTaken: number, telling: told)
            }
        }
        service.changes.ring()
        if !isNew { throw LeaseLost(lease) }
        service.doorbell.ring()
        await service.cleanUp(after: evaluation)
    }
}

extension OutboxEvent {
    /// What the controller is told of a result. It knows four verdicts, and one without numbers is an
    /// error to it, also where somebody wanted it so: nothing is promoted by that.
    init(verdict record: EvaluationRecord, id: EventID) throws {
        let verdict = record.verdict == .cancelled ? Messages.Verdict.error : record.verdict
        let message = VerdictReached(
            eventId: id.bytes, model: record.model, number: record.number,
            manifestDigest: record.manifestDigest, suite: record.suite,
            verdict: "\(verdict)", reasons: record.reasons)
        self.init(
            id: id, destination: "controller", method: ControllerMethods.verdictReached.id,
            body: try message.encoded())
    }
}
