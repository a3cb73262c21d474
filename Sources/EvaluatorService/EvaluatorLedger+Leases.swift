import CairnCore
import Evaluation
import Ports

/// Who works on what.
extension EvaluatorLedger {
    enum TakenJob: Sendable {
        case job(StoredEvaluation, [EvaluationJob.Effect])
        case none(nextDue: Timestamp?)
    }

    /// Takes the next job of a lane; it is durable that it was taken.
    /// - Parameter time: until when it is ours alone, in time since the host's start.
    func takeNext(in lane: EvaluationJob.Lane, by worker: String, until time: Timestamp) throws
        -> TakenJob
    {
        // A look first, for most looks find nothing, and need no lock.
        if case .none(let nextDue) = try look(in: lane) { return .none(nextDue: nextDue) }
        return try store.atomically {
            switch try look(in: lane) {
            case .none(let nextDue): return .none(nextDue: nextDue)
            case .due(let id):
                guard let (evaluation, effects) = try tell(id, .taken(by: worker)),
                    let lease = evaluation.job.lease
                else { return .none(nextDue: clock.now()) }  // The clock went back meanwhile.
                try store.extend([id: lease], until: time)
                return .job(evaluation, effects)
            }
        }
    }

    private enum Look {
        case due(EvaluationID)
        case none(nextDue: Timestamp?)
    }

    private func look(in lane: EvaluationJob.Lane) throws -> Look {
        let (places, now) = (try store.pendingEvaluations().map(\.place), clock.now())
        if let id = JobQueue.next(of: places, in: lane, at: now) { return .due(id) }
        return .none(nextDue: JobQueue.nextDue(of: places, after: now))
    }

    /// Those of our leases that the store does not know any more.
    func lost(of held: [EvaluationID: JobLease]) throws -> [EvaluationID: JobLease] {
        var known: [EvaluationID: JobLease] = [:]
        for lease in try store.leases() { known[lease.evaluation] = lease.lease }
        return held.filter { known[$0.key] != $0.value }
    }

    /// Takes a job over from a worker that is gone or was not heard of.
    /// - Returns: `nil` where somebody else was first, or the worker came back.
    func inherit(_ old: StoredLease, by worker: String, until time: Timestamp) throws
        -> StoredEvaluation?
    {
        try store.atomically {
            guard try store.leases().contains(old),
                let (evaluation, _) = try tell(old.evaluation, .inherited(by: worker)),
                let lease = evaluation.job.lease
            else { return nil }
            try store.extend([old.evaluation: lease], until: time)
            return evaluation
        }
    }
}
