import CairnCore
import Deployment
import Messages
import Ports

/// The deployment-controller: one target, folded from a log that survives it.
struct SimulatedController {
    let store = InMemoryControllerStore()
    var delivered: Set<EventID> = []
    private(set) var log: LogFold
    var target: Target { log.target }
    private var plannedTimer: Timestamp?

    init() throws {
        log = LogFold(try TargetName("prod/chat"))
    }

    static func plan() -> Plan {
        var plan = Plan(steps: [500, 2_500, 10_000].map { .init(weight: BasisPoints($0)!) })
        for index in plan.steps.indices {
            plan.steps[index].bake = .milliseconds(400)
            plan.steps[index].bakeRequests = 20
        }
        plan.guards = [.init(name: "errors", kind: .armEProcess(alpha: 0.01))]
        plan.watch.duration = .seconds(2)
        plan.onBusy = .supersede
        plan.steps[1].ramp = .init(over: .milliseconds(200), parts: 3)
        plan.rollback.ramp = .init(over: .milliseconds(300), parts: 3)
        plan.deadline = .seconds(40)
        plan.pins = [.init(.key("staff"), to: .candidate)]
        plan.hooks = [
            .init(name: "agree", point: .confirmIncrease), .init(name: "chat", point: .event),
        ]
        for index in plan.hooks.indices {
            plan.hooks[index].timeout = .milliseconds(500)
            plan.hooks[index].retries = 1
            plan.hooks[index].onFailure = .proceed
        }
        plan.ackDeadline = .seconds(10)
        plan.stepDeadline = .seconds(60)
        plan.rollback.quiet = .milliseconds(500)
        return plan
    }

    /// State is the log's fold, and nothing else.
    mutating func restart() throws {
        log = try fold()
        plannedTimer = nil
    }

    /// What was written is in force.
    mutating func enforce(_ log: LogFold) { self.log = log }

    func fold() throws -> LogFold {
        var fold = LogFold(target.name)
        for record in store.records(of: target.name, after: 0, limit: .max) {
            try fold.add(record)
        }
        return fold
    }

    /// Plans the next timer once.
    mutating func planTimer(_ world: World) {
        guard let next = target.nextTimer(), next != plannedTimer else { return }
        plannedTimer = next
        world.at(next, .controllerTimer(next))
    }
}

extension World {
    func tellController(_ event: Event) throws {
        guard isUp[.controller] == true else { return }
        try decide(event)
    }

    func controllerTimer(_ time: Timestamp) throws {
        guard isUp[.controller] == true, let next = controller.target.nextTimer(), next <= now
        else { return }
        try decide(.timer)
    }

    /// As the service's desk: decide, write, then tell.
    func decide(_ event: Event, request: EventID? = nil) throws {
        var log = controller.log
        let (change, record): (Change, LogRecord?)
        do throws(Refusal) {
            (change, record) = try log.take(event, at: now)
        } catch {
            if let request {
                send(.answered(request: request, changed: false), touching: .controller)
            }
            return
        }
        var batch = ControllerBatch(at: now)
        if let record {
            batch.records = [record]
            batch.events = try outbox(of: change)
        }
        if let request { batch.answers = [(request, [change.isChange ? 1 : 0])] }
        if settings.mutant == .hastyController { publish(change) }
        if try diesHere(.controller) { return }
        controller.store.append(batch)
        if try diesHere(.controller) { return }
        controller.enforce(log)
        if !change.summary.isEmpty { note("controller: \(change.summary)") }
        promises.seeState(log.target)
        publish(change)
        if let request {
            send(.answered(request: request, changed: change.isChange), touching: .controller)
        }
        try answerPreflight()
        controller.planTimer(self)
    }

    private func publish(_ change: Change) {
        for case .publish(let route) in change.effects {
            for name in hosts.keys.sorted() {
                send(.table(name, route), touching: .controller)
            }
        }
    }

    private func outbox(of change: Change) throws -> [OutboxEvent] {
        try change.effects.compactMap { effect in
            let id = EventID(at: now, using: &random)
            switch effect {
            case .pin(let manifest, let why):
                return OutboxEvent(
                    id: id, destination: "ingest", method: IngestMethods.pinVersion.id,
                    body: try PinVersion(
                        manifestDigest: manifest.bytes, holder: "target prod/chat", reason: why
                    ).encoded())
            case .unpin(let manifest):
                return OutboxEvent(
                    id: id, destination: "ingest", method: IngestMethods.unpinVersion.id,
                    body: try UnpinVersion(
                        manifestDigest: manifest.bytes, holder: "target prod/chat"
                    ).encoded())
            case .publish, .askVerdict, .call, .notify: return nil
            }
        }
    }

    // MARK: Verdicts

    func takeVerdict(_ event: OutboxEvent) throws {
        let message = try VerdictReached(decoding: event.body)
        guard let manifest = Digest(bytes: message.manifestDigest),
            let verdict = Event.Verdict(rawValue: message.verdict)
        else { return violate("an event names no verdict") }
        _ = controller.store.keep(
            KnownVerdict(
                manifest: manifest, suite: "suite", verdict: verdict, why: "", reachedAt: now),
            event: event.id)
        try answerPreflight()
    }

    /// Gives a waiting attempt the verdict that is known of it.
    private func answerPreflight() throws {
        guard let live = controller.target.attempt, live.phase == .preflight,
            live.verdict == nil,
            let known = controller.store.verdict(of: live.release.manifest, suite: "suite")
        else { return }
        try decide(.verdict(manifest: live.release.manifest, known.verdict, why: "told"))
    }

    func receiveVerb(_ event: Event, _ request: EventID) throws {
        guard isUp[.controller] == true else { return }
        if let answer = controller.store.answer(to: request) {
            send(.answered(request: request, changed: answer == [1]), touching: .controller)
            return
        }
        try decide(event, request: request)
    }
}
