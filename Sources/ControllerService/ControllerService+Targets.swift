import CairnCore
import Deployment
import Messages
import Ports

/// Targets: declared whole, looked at, watched.
extension ControllerService {
    func addTargets(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.applyTarget) { [self] spec, _ in
            try await answering { try await apply(spec) }
        }
        routes.unary(ControllerMethods.listTargets) { [self] _, _ in
            let now = clock.now()
            return TargetList(targets: board.entries.map { TargetStatus($0.target, at: now) })
        }
        routes.unary(ControllerMethods.getTargetStatus) { [self] request, _ in
            let entry = try board.known(try Checks.target(request.target))
            return TargetStatus(entry.target, at: clock.now())
        }
        routes.serverStream(ControllerMethods.watchTargetStatus) { [self] request, out, _ in
            let name = try Checks.target(request.target)
            while true {
                let bell = try board.known(name).bell
                let generation = bell.generation
                try await out.send(TargetStatus(try board.known(name).target, at: clock.now()))
                try await bell.wait(after: generation)
            }
        }
        routes.unary(ControllerMethods.getControllerStatus) { [self] _, _ in
            try await answering { try await status() }
        }
    }

    private func apply(_ spec: TargetSpec) async throws -> TargetStatus {
        let plan = try Plan(spec.plan, suite: spec.suite)
        try await check(plan)
        let event = Event.apply(
            model: try Checks.model(spec.model), plan: plan,
            Event.Request(
                actor: try Checks.text(spec.actor, atMost: 256, "actor"),
                reason: try Checks.text(spec.reason, atMost: 4_096, "reason")))
        let reply = try await ask(
            event, of: try Checks.target(spec.target), rehearsing: spec.planOnly,
            makingTarget: true)
        guard let status = reply.status else {
            throw RPCError(.internal, "a target was answered without its status")
        }
        return status
    }

    private func status() async throws -> ControllerStatus {
        let targets = board.entries.map(\.target)
        return ControllerStatus(
            targetCount: UInt64(targets.count),
            liveAttemptCount: UInt64(targets.count { $0.attempt?.isLive == true }),
            participantCount: UInt64(targets.reduce(0) { $0 + $1.participants.count }),
            undeliveredEventCount: UInt64(
                try await desk.with { store in try store.undeliveredEventCount() }),
            drills: targets.filter { $0.drillCount > 0 || $0.plan?.drill?.every != nil }.map {
                DrillState($0, at: clock.now(), last: 1)
            },
            waitingNoticeCount: UInt64(try notices.count(.waiting, endpoint: nil)),
            givenUpNoticeCount: UInt64(try notices.count(.givenUp, endpoint: nil)))
    }
}
