import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// The life of the evaluator: it works on job after job, beside others that do the same.
extension EvaluatorService {
    /// Runs until its task is cancelled; then what was under way is handed back, to be taken again.
    public func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, settings.runnerCount) {
                group.addTask { try await self.work(in: .running) }
            }
            group.addTask { try await self.work(in: .computing) }
            group.addTask { try await self.keepLeases() }
            group.addTask { try await self.watchOthers() }
            group.addTask { try await self.inheritFromOthers() }
            group.addTask { try await self.keepLogsWithinLimits() }
            try await group.waitForAll()
        }
    }

    private func work(in lane: EvaluationJob.Lane) async throws {
        while true {
            try Task.checkCancellation()
            let generation = changes.generation
            switch try await taken(in: lane) {
            case .job(let evaluation, let effects):
                changes.ring()
                try await work(on: evaluation, effects)
                changes.ring()
            case .none(let nextDue):
                try await wait(after: generation, until: nextDue)
            }
        }
    }

    /// Returns at a change, or when the time has come: by the calendar, or by the host's uptime where
    /// somebody sets the calendar back meanwhile.
    private func wait(after generation: UInt64, until nextDue: Timestamp?) async throws {
        guard let nextDue else { return try await changes.wait(after: generation) }
        let rest = nextDue - clock.now()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await self.changes.wait(after: generation, until: nextDue, on: self.clock)
            }
            group.addTask { try await self.uptime.sleep(until: self.uptime.now() + rest) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Takes one job of each lane, where there is one, and works on it to its end.
    func workOnce() async throws {
        for lane in EvaluationJob.Lane.allCases {
            if case .job(let evaluation, let effects) = try await taken(in: lane) {
                try await work(on: evaluation, effects)
            }
        }
    }

    /// A lease that is lost ends the work, and nothing of it counts.
    private func work(on evaluation: StoredEvaluation, _ effects: [EvaluationJob.Effect])
        async throws
    {
        guard let lease = evaluation.job.lease else {
            preconditionFailure("\(evaluation.job.id) was taken without a lease")
        }
        defer { progress.end(evaluation.job.id) }
        do {
            try await held.holding(evaluation.job.id, lease) {
                try await JobWorker(evaluation, lease, for: self).carryOut(effects)
            }
        } catch let error as LeaseLost {
            try Task.checkCancellation()
            await leave(evaluation, error)
        }
    }

    private func taken(in lane: EvaluationJob.Lane) async throws -> EvaluatorLedger.TakenJob {
        try await durably("the next job was not taken") {
            try await ledger.takeNext(
                in: lane, by: workers.name, until: uptime.now() + settings.leaseTime)
        }
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
