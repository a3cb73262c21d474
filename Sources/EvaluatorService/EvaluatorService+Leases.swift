import CairnCore
import Evaluation
import Ports
import ServiceKit

/// What evaluators on one queue owe each other: to say that they live, to notice what others did, and
/// to take up what one left that does not live any more.
extension EvaluatorService {
    /// Before any call is answered and any job is taken: takes up what this place's last process, and
    /// any other that is gone, had under way, and removes what nobody needs.
    public func recover() async throws {
        for lease in try await ledger.with({ store, _ in try store.leases() })
        where lease.lease.worker == workers.name {
            try await takeOver(lease)
        }
        try await takeOverWhatIsLeft()
        try await files.removeLeftovers {
            let pending = try await ledger.with { store, _ in try store.pendingEvaluations() }
            return Set(pending.map(\.job.id))
        }
        changes.ring()
    }

    /// Says again and again that what is under way here is worked on.
    func keepLeases() async throws {
        while true {
            try await uptime.sleep(until: uptime.now() + settings.leaseTime / 3)
            let (held, until) = (held.all, uptime.now() + settings.leaseTime)
            if held.isEmpty { continue }
            do {
                try await ledger.with { store, _ in try store.extend(held, until: until) }
            } catch {
                log("leases were not renewed: \(error)")
            }
        }
    }

    /// Another evaluator's changes ring our bell as our own do.
    func watchOthers() async throws {
        var mark: Int64?
        while true {
            do {
                let present = try await ledger.with { store, _ in try store.changeMark() }
                if present != mark {
                    try await stopWhatIsLost()
                    changes.ring()
                }
                mark = present
            } catch {
                try Task.checkCancellation()
                log("the store could not be watched: \(error)")
            }
            try await uptime.sleep(until: uptime.now() + settings.changeInterval)
        }
    }

    /// Ends the work on jobs that somebody else took over, or cancelled.
    func stopWhatIsLost() async throws {
        // In this order: what is taken in between is not among those that are looked for.
        let held = held.all
        if held.isEmpty { return }
        self.held.lose(try await ledger.lost(of: held))
    }

    func inheritFromOthers() async throws {
        while true {
            try await uptime.sleep(until: uptime.now() + settings.inheritanceInterval)
            do {
                try await takeOverWhatIsLeft()
            } catch {
                try Task.checkCancellation()
                log("what other evaluators left was not taken up: \(error)")
            }
        }
    }

    /// A worker that has ended leaves its jobs at once; one that lives and says nothing, when its
    /// leases have run out.
    private func takeOverWhatIsLeft() async throws {
        let leases = try await ledger.with { store, _ in try store.leases() }
        let (ours, now) = (held.all, uptime.now())
        for (worker, leases) in Dictionary(grouping: leases, by: \.lease.worker) {
            if worker != workers.name {
                let isGone = try await workers.inherit(from: worker) {
                    for lease in leases { try await takeOver(lease) }
                }
                if isGone { continue }
            }
            for lease in leases where lease.isOver(at: now) {
                if ours[lease.evaluation] == lease.lease { continue }
                try await takeOver(lease)
            }
        }
        // Its own courier cannot tell any more what it finished last.
        if try await ledger.with({ store, _ in try store.counts() }).undeliveredEvents > 0 {
            doorbell.ring()
        }
    }

    /// **Order:** the job is ours before its runner is ended: its worker, should it come back, must
    /// not take the runner's death for the runner's failure.
    private func takeOver(_ old: StoredLease) async throws {
        let until = uptime.now() + settings.leaseTime
        guard
            let evaluation = try await ledger.inherit(old, by: workers.name, until: until),
            let lease = evaluation.job.lease
        else { return }
        let id = evaluation.job.id
        log(
            "takes up evaluation \(id) again; it was \(evaluation.job.phase) under "
                + "\(old.lease.worker)")
        let count = try await runner.endRun(of: id, lease: old.lease.number)
        if count > 0 { log("ended \(count) processes of a runner left behind") }
        if let (evaluation, effects) = try await ledger.tell(id, .interrupted(isClean: false)) {
            try await JobWorker(evaluation, lease, for: self).carryOut(effects)
        }
        changes.ring()
    }

    /// What stays of work in vain: nothing. All files go where the evaluation is over; where somebody
    /// else works on it, ours alone.
    func leave(_ evaluation: StoredEvaluation, _ loss: LeaseLost) async {
        let id = evaluation.job.id
        log("stopped the work on evaluation \(id): \(loss)")
        do {
            let present = try await ledger.with { store, _ in try store.evaluation(id) }
            if present?.job.isDone == true { return await cleanUp(after: evaluation) }
            try await files.removeWork(id, lease: loss.lease.number)
        } catch {
            log("files of evaluation \(id) were not removed: \(error)")
        }
    }
}

extension StoredLease {
    fileprivate func isOver(at now: Timestamp) -> Bool { until.map { $0 < now } ?? true }
}
