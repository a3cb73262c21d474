import CairnCore
import Deployment
import Messages
import Ports

/// Which controller leads: the one with the newest token on the disk.
extension World {
    static let leaseLength = Duration.seconds(2)

    /// Keeps the lease, or takes it once whoever has it is silent for its length.
    func holdLease(_ index: Int) throws {
        guard health[Node(controller: index).rawValue].isUp else { return }
        if let token = controllers[index].token {
            if !disk.store.keepLease(token) { stepDown(index) }
            return
        }
        let mark = disk.store.lease()
        if controllers[index].lastMark?.mark != mark { controllers[index].lastMark = (mark, now) }
        guard mark.token == 0 || now - controllers[index].lastMark!.since >= Self.leaseLength,
            let token = disk.store.takeLease(for: "controller \(index)", ifStill: mark)
        else { return }
        saw(.leaderChange, "controller \(index) leads with token \(token)")
        try lead(index, token)
    }

    /// State is the log's fold, and nothing else.
    private func lead(_ index: Int, _ token: UInt64) throws {
        controllers[index].token = token
        // Starts no earlier than what was ever written down.
        let base = max(wall(Node(controller: index)), disk.store.lastTime() ?? now)
        controllers[index].clockOffset = base - now
        controllers[index].logs = disk.folds
        if chance(of: 1, in: 16) { try checkReplay() }
        planTimers(of: index)
        // It may die, be stopped, or find that it leads no more while it begins.
        for target in targets.indices {
            at(now, .begin(controller: index, target: target, token: token, hasLed: false))
        }
        for host in hosts.indices where hosts[host].controller == index {
            hosts[host].isJoined = false
        }
    }

    /// What a new leader writes first: that it leads, and that nobody is connected.
    func begin(_ index: Int, _ target: Int, _ token: UInt64, hasLed: Bool) throws {
        guard isLeading(index), controllers[index].token == token else { return }
        if !hasLed {
            at(now, .begin(controller: index, target: target, token: token, hasLed: true))
        }
        try decide(hasLed ? .restarted : .led(token: token), on: target, by: index)
    }

    func stepDown(_ index: Int) {
        note("controller \(index) leads no more")
        controllers[index].token = nil
        controllers[index].lastMark = nil
    }

    // MARK: What it tells others

    func outbox(of change: Change, on target: Int) throws -> [OutboxEvent] {
        try change.effects.compactMap { effect in
            switch effect {
            case .pin(let manifest, let why):
                return OutboxEvent(
                    id: EventID(at: now, using: &random), destination: "ingest",
                    method: IngestMethods.pinVersion.id,
                    body: try PinVersion(
                        manifestDigest: manifest.bytes, holder: "target \(targets[target])",
                        reason: why
                    ).encoded())
            case .unpin(let manifest):
                return OutboxEvent(
                    id: EventID(at: now, using: &random), destination: "ingest",
                    method: IngestMethods.unpinVersion.id,
                    body: try UnpinVersion(
                        manifestDigest: manifest.bytes, holder: "target \(targets[target])"
                    ).encoded())
            case .publish, .askVerdict, .call, .notify: return nil
            }
        }
    }

    // MARK: Verdicts

    func takeVerdict(_ event: OutboxEvent) throws {
        guard let leader, isLeading(leader) else { return }
        let message = try VerdictReached(decoding: event.body)
        guard let manifest = Digest(bytes: message.manifestDigest),
            let verdict = Event.Verdict(rawValue: message.verdict)
        else { return violate("an event names no verdict") }
        _ = disk.store.keep(
            KnownVerdict(
                manifest: manifest, suite: "suite", verdict: verdict, why: "", reachedAt: now),
            event: event.id)
        for target in targets.indices where !isStopped(leader) {
            try answerPreflight(leader, target)
        }
    }

    /// Gives a waiting attempt the verdict that is known of it.
    func answerPreflight(_ controller: Int, _ target: Int) throws {
        guard isLeading(controller),
            let live = controllers[controller].logs[target].target.attempt,
            live.phase == .preflight, live.verdict == nil, !live.plan.skipsVerdict,
            let known = disk.store.verdict(of: live.release.manifest, suite: "suite")
        else { return }
        try decide(
            .verdict(manifest: live.release.manifest, known.verdict, why: "told"), on: target,
            by: controller)
    }

    func receiveVerb(_ controller: Int, _ event: Event, _ target: Int, _ request: EventID) throws {
        guard isLeading(controller) else { return }
        if let answer = disk.store.answer(to: request) {
            send(
                .answered(request: request, changed: answer == [1]),
                touching: Node(controller: controller))
            return
        }
        try decide(event, on: target, by: controller, request: request)
    }
}
