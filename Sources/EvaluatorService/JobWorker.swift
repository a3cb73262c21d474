import CairnCore
import Evaluation
import Messages
import Ports

/// Works on one evaluation: runs the effects of its job in order and tells it what came of them.
struct JobWorker {
    var evaluation: StoredEvaluation
    let lease: JobLease
    let service: EvaluatorService
    /// Made by `compute`, stored by `finish`.
    var outcome: JudgedMeasurements?

    /// - Parameter lease: the one that the work is done under; the job itself may have given it back.
    init(_ evaluation: StoredEvaluation, _ lease: JobLease, for service: EvaluatorService) {
        (self.evaluation, self.lease, self.service) = (evaluation, lease, service)
    }

    var id: EvaluationID { evaluation.job.id }

    /// - Throws: `CancellationError` after the job was handed back; `LeaseLost` when it is somebody
    ///   else's.
    consuming func carryOut(_ effects: [EvaluationJob.Effect]) async throws {
        do {
            try await carryOutAll(effects)
        } catch let error as LeaseLost {
            throw error
        } catch {
            try await handBack()
            throw error
        }
    }

    private mutating func carryOutAll(_ effects: [EvaluationJob.Effect]) async throws {
        var waiting = effects[...]
        while let effect = waiting.popFirst() {
            guard let event = try await carryOut(effect) else { continue }
            waiting += evaluation.job.handle(event, at: service.clock.now())
        }
    }

    /// - Returns: what came of it, where something does.
    private mutating func carryOut(_ effect: EvaluationJob.Effect) async throws
        -> EvaluationJob.Event?
    {
        switch effect {
        case .persist:
            try await persist()
            return nil
        case .restore: return try await restore()
        case .run(let index): return try await run(index)
        case .compute: return try await compute()
        case .finish:
            try await finish()
            return nil
        case .fail(let why):
            try await fail(why)
            return nil
        case .cancel: preconditionFailure("\(id) was cancelled by its worker")
        }
    }

    private func persist() async throws {
        let (job, number) = (evaluation.job, lease.number)
        let isOurs = try await service.durably("the state of evaluation \(id) was not stored") {
            try await service.ledger.with { store, _ in try store.save(job, ifTaken: number) }
        }
        service.changes.ring()
        if !isOurs { throw LeaseLost(lease) }
    }

    /// The task is cancelled already, so nothing here waits. What cannot be stored now is found at
    /// the next start.
    private mutating func handBack() async throws {
        _ = evaluation.job.handle(.interrupted(isClean: true), at: service.clock.now())
        let (job, number) = (evaluation.job, lease.number)
        do {
            _ = try await service.ledger.with { store, _ in try store.save(job, ifTaken: number) }
        } catch {
            service.log("evaluation \(job.id) was not handed back: \(error)")
        }
    }
}
