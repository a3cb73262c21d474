import CairnCore
import Deployment
import Ports

/// What is looked at after each event, and what at intervals.
extension World {
    /// After every event: what it may have broken was noted while it was handled.
    func checkAfterEvent() throws {
        if let contradiction = promises.contradiction { violate(contradiction) }
    }

    /// After every record, of the target that it changed; of the others nothing has changed.
    func checkTransition(_ decision: Decision) {
        let (before, after) = (decision.before.target, decision.after.target)
        // Of the chain, and so of all that was ever written.
        withUnsafeBytes(of: decision.after.head.link) { mark($0.load(as: UInt64.self)) }
        if let first = after.brokenInvariants(at: after.lastEventAt).first {
            violate("\(first): \(after.name), after \(decision.event.word), \(after.stateText)")
        }
        if let broken = TransitionRules.broken(from: before, to: after, by: decision.event) {
            violate("\(broken): \(after.name), by \(decision.event.word), \(after.stateText)")
        }
        seen.add(event: decision.event.word)
        if let live = after.attempt, live.phase != before.attempt?.phase {
            seen.add(phase: live.phase.word)
        }
        for verdict in decision.change.verdicts { seen.add(guard: verdict.kind) }
    }

    /// An acknowledged epoch must be one that the log knows.
    func checkKnown(epoch: UInt64, _ host: Int) {
        if epoch > disk.folds[hosts[host].target].target.route.epoch {
            violate(
                "rule 10: \(hosts[host].name) has epoch \(epoch) in force, which the log does not "
                    + "know")
        }
    }

    /// What costs more: stores are read back whole, the logs from their first records.
    func checkAll() throws {
        try checkVersions()
        try checkEvaluations()
        try checkReplay()
    }

    /// I7 without any short cut.
    func checkReplay() throws {
        for target in targets.indices {
            let replayed = try disk.replayed(target)
            if replayed != disk.folds[target] {
                violate("I7: the whole log folds to another state than its records did")
            }
        }
    }

    private func checkVersions() throws {
        let model = try ModelName(Self.model)
        let standing = ingest.catalog.standing(of: model)
        if Set(standing.map(\.number)).count != standing.count {
            violate("rule 2: a version number stands twice")
        }
        let manifests = Dictionary(standing.map { ($0.number, $0.manifest) }) { first, _ in first }
        for push in promises.pushes {
            guard manifests[push.number] == push.manifest else {
                return violate("rule 1: \(push.number) was acknowledged and is not there")
            }
            guard let manifest = ingest.catalog.manifest(push.manifest) else {
                return violate("rule 2: \(push.number) has no manifest")
            }
            for chunk in manifest.files.flatMap(\.chunks)
            where !ingest.chunks.contains(chunk.digest) {
                return violate("rule 1: \(push.number) lacks chunk \(chunk.digest.short)")
            }
        }
    }

    /// A version that was just promised, or that a loss of power may have taken.
    func check(_ push: Promises.Push) {
        guard let manifest = ingest.catalog.manifest(push.manifest) else {
            return violate("rule 2: \(push.number) has no manifest")
        }
        for chunk in manifest.files.flatMap(\.chunks) where !ingest.chunks.contains(chunk.digest) {
            return violate("rule 1: \(push.number) lacks chunk \(chunk.digest.short)")
        }
    }

    private func checkEvaluations() throws {
        let model = try ModelName(Self.model)
        var counts: [VersionNumber: Int] = [:]
        for evaluation in evaluator.store.evaluations(of: model, number: nil) {
            counts[evaluation.version.number, default: 0] += 1
        }
        if let twice = counts.first(where: { $0.value > 1 }) {
            violate("rule 9: \(twice.key) was evaluated for one event twice")
        }
    }

    // MARK: At the end

    /// Whoever runs all this makes room for an end: no freeze, no pause, no attempt goes on.
    func askForRest() throws {
        let who = Event.Request(actor: "operator", reason: "it is late")
        guard let leader, isLeading(leader) else { return }
        for index in targets.indices {
            let target = controllers[leader].logs[index].target
            try tell(leader, .outage(false), on: index)
            try tell(leader, .freeze(false, who), on: index)
            for window in target.freezeWindows {
                try tell(leader, .removeFreezeWindow(name: window.name, who), on: index)
            }
            if target.attempt?.pausedBy != nil { try tell(leader, .resume(who), on: index) }
            if let next = target.next {
                var withdraws = who
                withdraws.attempt = next.number
                try tell(leader, .abort(withdraws), on: index)
            }
            // One that failed to go back keeps trying: nobody accepts it as it is.
            if target.attempt?.isLive == true { try tell(leader, .abort(who), on: index) }
        }
    }

    func isAtRest() throws -> Bool {
        guard let leader, isLeading(leader) else { return false }
        let model = try ModelName(Self.model)
        return controllers[leader].logs.allSatisfy {
            $0.target.attempt?.isBusy != true && $0.target.next == nil
        } && ingest.catalog.undeliveredCount() == 0 && disk.store.outbox.isEmpty
            && promises.pushes.allSatisfy {
                !evaluator.store.evaluations(of: model, number: $0.number).isEmpty
            }
    }

    /// At rest nothing is on its way any more.
    func checkDelivered() throws {
        guard violation == nil else { return }
        guard let leader, isLeading(leader) else { return violate("liveness: nobody leads") }
        for log in controllers[leader].logs where log.target.attempt?.isBusy == true {
            violate("liveness: no way out of \(log.target.name): \(log.target.stateText)")
        }
        let model = try ModelName(Self.model)
        for push in promises.pushes
        where evaluator.store.evaluations(of: model, number: push.number).isEmpty {
            violate("liveness: the evaluator never heard of \(push.number)")
        }
        let waiting = ingest.catalog.undeliveredCount() + disk.store.outbox.count
        if waiting > 0 { violate("liveness: \(waiting) events were never taken") }
    }
}
