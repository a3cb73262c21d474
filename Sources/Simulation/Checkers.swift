import CairnCore
import Deployment
import Ports

/// What somebody was told, and what must therefore hold for ever.
struct Promises {
    struct Push {
        let number: VersionNumber
        let manifest: Digest
        let checkpoint: [UInt8]
    }

    private(set) var pushes: [Push] = []
    private(set) var answers: [EventID: Bool] = [:]
    /// Attempts that are over with traffic turned back, and the epoch at which they were.
    private var turnedBack: [UInt64: UInt64] = [:]
    private(set) var contradiction: String?
    var crashCount = 0

    /// - Returns: false when the number was promised to another checkpoint.
    mutating func push(_ number: VersionNumber, _ manifest: Digest, checkpoint: [UInt8]) -> Bool {
        if let known = pushes.first(where: { $0.number == number }) {
            return known.checkpoint == checkpoint && known.manifest == manifest
        }
        pushes.append(Push(number: number, manifest: manifest, checkpoint: checkpoint))
        return true
    }

    mutating func answer(_ request: EventID, changed: Bool) {
        if let known = answers[request], known != changed {
            contradiction = "request \(request) was answered in two ways"
        }
        answers[request] = changed
    }

    mutating func seeState(_ target: Target) {
        guard let attempt = target.attempt else { return }
        switch attempt.phase {
        case .rolledBack, .aborted, .superseded:
            if turnedBack[attempt.number] == nil {
                turnedBack[attempt.number] = target.route.epoch
            }
        case .queued, .preflight, .step, .watching, .promoted, .rollingBack, .rejected,
            .failedRollback:
            break
        }
    }

    /// I3.
    func checkTurnedBack(_ route: Route, _ name: String) -> String? {
        guard let epoch = turnedBack[route.attempt], route.epoch > epoch, route.weight > .zero
        else { return nil }
        return "I3: \(name) serves the candidate of attempt \(route.attempt), which has ended"
    }
}

extension World {
    /// After every event.
    func checkCheap() throws {
        if let contradiction = promises.contradiction { violate(contradiction) }
        let broken = controller.target.brokenInvariants(at: now)
        if let first = broken.first { violate(first) }
        let route = controller.target.route
        for release in [route.stable, route.candidate].compactMap({ $0 })
        where !promises.pushes.contains(where: { $0.manifest == release.manifest }) {
            violate("rule 7: \(release) is routed and nobody was told that it was committed")
        }
    }

    /// An acknowledged epoch must be one that the log knows.
    func checkKnown(epoch: UInt64, _ name: String) {
        guard isUp[.controller] == true else { return }
        if epoch > controller.target.route.epoch {
            violate("rule 10: \(name) has epoch \(epoch) in force, which the log does not know")
        }
    }

    /// What costs more: stores are read back whole.
    func checkAll() throws {
        try checkVersions()
        try checkEvaluations()
        guard isUp[.controller] == true else { return }
        let fold = try controller.fold()
        if fold.target != controller.target {
            violate("I7: the log folds to another state than the one in force")
        }
        if fold.target.nextTimer() != controller.target.nextTimer() {
            violate("I7: the log folds to another next timer")
        }
    }

    private func checkVersions() throws {
        let model = try ModelName(Self.model)
        let standing = ingest.catalog.standing(of: model)
        if Set(standing.map(\.number)).count != standing.count {
            violate("a version number stands twice")
        }
        for push in promises.pushes {
            guard let known = ingest.catalog.version(model, push.number),
                known.manifestDigest == push.manifest.bytes
            else { return violate("rule 1: \(push.number) was acknowledged and is not there") }
            guard let manifest = ingest.catalog.manifest(push.manifest) else {
                return violate("rule 2: \(push.number) has no manifest")
            }
            for chunk in manifest.files.flatMap(\.chunks) {
                guard ingest.chunks.contains(chunk.digest) else {
                    return violate("rule 1: \(push.number) lacks chunk \(chunk.digest.short)")
                }
            }
        }
    }

    private func checkEvaluations() throws {
        let model = try ModelName(Self.model)
        for push in promises.pushes {
            let count = evaluator.store.evaluations(of: model, number: push.number).count
            if count > 1 { violate("rule 9: \(push.number) was evaluated for one event twice") }
        }
    }

    /// At rest: nothing is on its way any more.
    func checkDelivered() throws {
        guard violation == nil else { return }
        let model = try ModelName(Self.model)
        for push in promises.pushes
        where evaluator.store.evaluations(of: model, number: push.number).isEmpty {
            violate("liveness: the evaluator never heard of \(push.number)")
        }
        let waiting = ingest.catalog.undeliveredCount()
        if waiting > 0 { violate("liveness: \(waiting) events of ingest were never taken") }
    }
}
