import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// The life of the evaluator: it takes up what a crash left, then works on job after job.
extension EvaluatorService {
    /// Runs until its task is cancelled; then what was under way is handed back, to be taken again.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, settings.runnerCount) {
                group.addTask { try await self.work(in: .running) }
            }
            group.addTask { try await self.work(in: .computing) }
            try await group.waitForAll()
        }
    }

    /// After a start: ends the runners of a killed predecessor before their folders are used again,
    /// and puts every job that was under way back into the queue.
    ///
    /// Before any call is answered: what is left over then is nobody's any more.
    public func recover() async throws {
        let orphanCount = try await runner.endOrphans()
        if orphanCount > 0 { log("ended \(orphanCount) processes of a runner left behind") }
        let pending = try await ledger.with { store, _ in try store.pendingEvaluations() }
        for evaluation in pending where evaluation.job.isActive {
            log("takes up evaluation \(evaluation.job.id) again; it was \(evaluation.job.phase)")
            let told = try await ledger.tell(evaluation.job.id, .interrupted(isClean: false))
            if let (evaluation, effects) = told {
                try await JobWorker(evaluation, for: self).carryOut(effects)
            }
        }
        try await files.removeLeftovers(except: Set(pending.map(\.job.id)))
        changes.ring()
    }

    private func work(in lane: EvaluationJob.Lane) async throws {
        while true {
            try Task.checkCancellation()
            let generation = changes.generation
            switch try await taken(in: lane) {
            case .job(let evaluation, let effects):
                changes.ring()
                try await JobWorker(evaluation, for: self).carryOut(effects)
                changes.ring()
            case .none(let nextDue):
                try await changes.wait(after: generation, until: nextDue, on: clock)
            }
        }
    }

    private func taken(in lane: EvaluationJob.Lane) async throws -> EvaluatorLedger.TakenJob {
        try await durably("the next job was not taken") { try await ledger.takeNext(in: lane) }
    }

    /// Repeats what the store or the disk refused, until it is done: a full disk stops the work and
    /// loses nothing.
    func durably<Result: Sendable>(
        _ what: String, _ body: () async throws -> Result
    ) async throws -> Result {
        var random = SystemRandomNumberGenerator()
        var failures = 0
        while true {
            do {
                return try await body()
            } catch {
                try Task.checkCancellation()
                failures += 1
                if failures == 1 { log("\(what): \(error); will try again") }
                let wait = RetryPolicy(first: .seconds(1), most: .seconds(30))
                    .wait(after: failures, using: &random)
                try await clock.sleep(until: clock.now() + wait)
            }
        }
    }
}
