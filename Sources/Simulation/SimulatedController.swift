import CairnCore
import Deployment
import Messages
import Ports

/// A deployment-controller: leads or stands by, and holds each target as its log has it.
struct SimulatedController {
    let index: Int
    /// `nil`: stands by.
    var token: UInt64?
    /// Of whoever leads, while this one stands by, and since when it has not moved.
    var lastMark: (mark: LeaseMark, since: Timestamp)?
    /// Of the clock by which it decides: it counts on whatever the wall clock does.
    var clockOffset = Duration.zero
    var logs: [LogFold]
    /// By target, in the world's time.
    var plannedTimers: [Timestamp?]

    init(index: Int, targets: [TargetName]) {
        self.index = index
        logs = targets.map { LogFold($0) }
        plannedTimers = targets.map { _ in nil }
    }
}

/// An event that was decided and is not told of yet.
struct Decision {
    enum Stage { case write, tell }
    let controller: Int
    let target: Int
    /// Of the process that decided: with its death the decision is gone.
    let life: Int
    let event: Event
    let request: EventID?
    let change: Change
    let batch: ControllerBatch
    /// The target before and after.
    let before: LogFold
    let after: LogFold
    var stage = Stage.write
}

extension World {
    /// Of those that believe to lead, the one with the newest token.
    var leader: Int? {
        controllers.indices.filter { controllers[$0].token != nil }
            .max { controllers[$0].token! < controllers[$1].token! }
    }

    func time(of controller: Int) -> Timestamp { now + controllers[controller].clockOffset }

    func isStopped(_ controller: Int) -> Bool {
        now <= health[Node(controller: controller).rawValue].stoppedUntil
    }

    func isLeading(_ controller: Int) -> Bool {
        health[Node(controller: controller).rawValue].isUp && controllers[controller].token != nil
    }

    /// What a controller notices by itself.
    func tellLeader(_ event: Event, on target: Int) throws {
        guard let leader else { return }
        try tell(leader, event, on: target)
    }

    func tell(_ controller: Int, _ event: Event, on target: Int) throws {
        guard isLeading(controller) else { return }
        try decide(event, on: target, by: controller)
    }

    /// As the service's desk: decide, write, then tell.
    func decide(
        _ event: Event, on target: Int, by controller: Int, request: EventID? = nil
    ) throws {
        let before = controllers[controller].logs[target]
        var log = before
        let (change, record): (Change, LogRecord?)
        do throws(Refusal) {
            (change, record) = try log.take(event, at: time(of: controller))
        } catch {
            // A refusal promises nothing: the same may be possible a moment later.
            seen.add(refusal: error.reason.rawValue)
            return
        }
        var batch = ControllerBatch(at: time(of: controller))
        batch.leaseToken =
            settings.mutant == .unfencedDisk ? nil : controllers[controller].token
        if let record {
            batch.records = [record]
            batch.events = try outbox(of: change, on: target)
        }
        if let request { batch.answers = [(request, [change.isChange ? 1 : 0])] }
        if batch.isEmpty { return }
        batch.isUrgent = event.isUrgent
        try goOn(
            Decision(
                controller: controller, target: target,
                life: health[Node(controller: controller).rawValue].life, event: event,
                request: request, change: change, batch: batch, before: before, after: log))
    }

    /// Anything may happen between two of these steps.
    func goOn(_ decision: Decision) throws {
        let node = Node(controller: decision.controller)
        guard health[node.rawValue].isUp, health[node.rawValue].life == decision.life else {
            return
        }
        var decision = decision
        if decision.stage == .write {
            if settings.mutant == .hastyController {
                publish(decision.change, decision.after.target, by: decision.controller)
            }
            if try isCutShort(decision, node) { return }
            guard try write(decision) else { return }
            decision.stage = .tell
            if try isCutShort(decision, node) { return }
        }
        try announce(decision)
    }

    private func isCutShort(_ decision: Decision, _ node: Node) throws -> Bool {
        if try isStruck(node) {
            seen.add(.crashInDecision)
            return true
        }
        guard !isHealed, does(.stops), chance(of: 1, in: 400 * calm),
            now > health[node.rawValue].stoppedUntil
        else { return false }
        // Longer than the lease lasts, as often as not.
        stop(node, for: milliseconds(100...6_000))
        seen.add(.stopInDecision)
        at(health[node.rawValue].stoppedUntil, .goOn(decision))
        return true
    }

    /// - Returns: whether it is durable.
    private func write(_ decision: Decision) throws -> Bool {
        do {
            if let broken = try disk.append(
                decision.batch, target: decision.target, by: decision.controller,
                leading: decision.after)
            {
                violate(broken)
            }
        } catch let lost as LeaseIsLost {
            promises.staleWriteCount += 1
            saw(.staleWrite, "controller \(decision.controller): \(lost)")
            stepDown(decision.controller)
            return false
        } catch {
            seen.add(error is DiskIsFull ? .fullDisk : .failedWrite)
            retryTimer(decision)
            return settings.mutant == .boldController
        }
        if !decision.batch.records.isEmpty { checkTransition(decision) }
        return true
    }

    /// The moment stays due.
    private func retryTimer(_ decision: Decision) {
        guard decision.event == .timer else { return }
        after(1_000...1_000, .timer(controller: decision.controller, target: decision.target))
    }

    private func announce(_ decision: Decision) throws {
        let (controller, target) = (decision.controller, decision.target)
        // It may have learned meanwhile that it leads no more; then it tells nobody.
        guard isLeading(controller) else { return }
        controllers[controller].logs[target] = decision.after
        if !decision.change.summary.isEmpty {
            note("controller \(controller), \(targets[target]): \(decision.change.summary)")
        }
        promises.see(decision.after.target, target)
        if decision.change.summary.isEmpty {
            note("controller \(controller), \(targets[target]): \(decision.event.word)")
        }
        publish(decision.change, decision.after.target, by: controller)
        if let request = decision.request {
            answer(request, changed: decision.change.isChange, by: controller)
        }
        try answerPreflight(controller, target)
        planTimer(controller, target)
    }

    private func answer(_ request: EventID, changed: Bool, by controller: Int) {
        send(.answered(request: request, changed: changed), touching: Node(controller: controller))
    }

    /// To every host that is connected to this controller.
    private func publish(_ change: Change, _ target: Target, by controller: Int) {
        for case .publish(let route) in change.effects {
            promises.publish(route, of: target)
            for index in hosts.indices
            where targets[hosts[index].target] == target.name
                && hosts[index].controller == controller
            {
                sendTable(route, of: target, to: index, by: controller)
            }
        }
    }

    // MARK: Timers

    func controllerTimer(_ controller: Int, _ target: Int) throws {
        guard isLeading(controller),
            controllers[controller].plannedTimers[target].map({ $0 <= now })
                ?? true
        else { return }
        controllers[controller].plannedTimers[target] = nil
        guard let next = controllers[controller].logs[target].target.nextTimer(),
            next <= time(of: controller)
        else { return planTimer(controller, target) }
        try decide(.timer, on: target, by: controller)
    }

    /// Plans the next timer once.
    private func planTimer(_ controller: Int, _ target: Int) {
        guard let next = controllers[controller].logs[target].target.nextTimer() else { return }
        let moment = max(now, next - controllers[controller].clockOffset)
        if let planned = controllers[controller].plannedTimers[target], planned <= moment { return }
        controllers[controller].plannedTimers[target] = moment
        at(moment, .timer(controller: controller, target: target))
    }

    func planTimers(of controller: Int) {
        for target in targets.indices {
            controllers[controller].plannedTimers[target] = nil
            if isLeading(controller) { planTimer(controller, target) }
        }
    }
}

extension Event {
    /// Goes on while the disk is full, as the service has it.
    var isUrgent: Bool {
        switch self {
        case .abort, .rollBack: true
        default: request == nil
        }
    }
}
