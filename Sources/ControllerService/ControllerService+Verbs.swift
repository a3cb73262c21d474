import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit

/// What operators ask for. Each is compared with what they believe, and answered when it is durable.
extension ControllerService {
    func addVerbs(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.deploy) { [self] call, _ in
            try await answering {
                let release = Release(
                    number: try WireChecks.number(call.number),
                    manifest: try WireChecks.digest(call.manifestDigest, "manifest_digest"))
                return try await verb(call.target, call.expectation) { .deploy(release, $0) }
            }
        }
        add(ControllerMethods.promote, to: &routes) { call, request in
            .promote(full: call.full, keepsGuards: call.keepGuards, request)
        }
        add(ControllerMethods.skipStep, to: &routes) { .skipStep($1) }
        add(ControllerMethods.goToStep, to: &routes) { .goTo(step: Int($0.toStep), $1) }
        add(ControllerMethods.pause, to: &routes) { .pause($1) }
        add(ControllerMethods.resume, to: &routes) { .resume($1) }
        add(ControllerMethods.abort, to: &routes) { .abort(quarantines: $0.quarantine, $1) }
        add(ControllerMethods.retry, to: &routes) { .retry($1) }
        add(ControllerMethods.drill, to: &routes) { .drill($1) }
        routes.unary(ControllerMethods.rollback) { [self] call, _ in
            try await answering {
                let number = call.number.isEmpty ? nil : try WireChecks.number(call.number)
                return try await verb(call.target, call.expectation) {
                    .rollBack(to: number, fast: call.fast, $0)
                }
            }
        }
        routes.unary(ControllerMethods.quarantine) { [self] call, _ in
            try await answering {
                let release = Release(
                    number: try WireChecks.number(call.number),
                    manifest: try WireChecks.digest(call.manifestDigest, "manifest_digest"))
                return try await verb(call.target, call.expectation) { .quarantine(release, $0) }
            }
        }
        routes.unary(ControllerMethods.setFreezeWindow) { [self] call, _ in
            try await answering {
                let window = try FreezeWindow(call.window)
                return try await verb(call.target, call.expectation) {
                    call.remove
                        ? .removeFreezeWindow(name: window.name, $0) : .addFreezeWindow(window, $0)
                }
            }
        }
        routes.unary(ControllerMethods.answerHook) { [self] call, _ in
            try await answering { try await answer(call) }
        }
        routes.unary(ControllerMethods.unquarantine) { [self] call, _ in
            try await answering {
                let manifest = try WireChecks.digest(call.manifestDigest, "manifest_digest")
                return try await verb(call.target, call.expectation) {
                    .unquarantine(manifest, $0)
                }
            }
        }
        routes.unary(ControllerMethods.setFreeze) { [self] call, _ in
            try await answering {
                try await verb(call.target, call.expectation) { .freeze(call.frozen, $0) }
            }
        }
    }

    private func answer(_ call: AnswerHook) async throws -> HookAnswered {
        let event = Event.hookAnswered(
            key: try Checks.text(call.key, atMost: 512, "key"), isYes: call.yes,
            why: try Checks.text(call.why, atMost: 1_024, "why"))
        let target = try Checks.target(call.target)
        let outcome = try await desk.submit(event, to: target, rehearsing: call.planOnly)
        if !outcome.isChange,
            !(try board.known(target).target.calls.contains { $0.key == call.key })
        {
            throw RPCError(
                .notFound,
                "no hook of \(target) is called with the key '\(call.key.prefix(200))'; `cairn hook "
                    + "list` shows those that are")
        }
        return HookAnswered(changed: outcome.isChange)
    }

    private func add(
        _ method: Method<Verb, VerbReply>, to routes: inout RPCRoutes,
        _ event: @escaping @Sendable (Verb, Event.Request) -> Event
    ) {
        routes.unary(method) { [self] call, _ in
            try await answering {
                try await verb(call.target, call.expectation) { event(call, $0) }
            }
        }
    }

    private func verb(
        _ target: String, _ expectation: Expectation?, _ event: (Event.Request) -> Event
    ) async throws -> VerbReply {
        let request = try Checks.request(expectation)
        let id = expectation.map(\.requestId) ?? []
        return try await ask(
            event(request), of: try Checks.target(target),
            request: id.isEmpty ? nil : try WireChecks.id(id, "request_id"),
            rehearsing: expectation?.planOnly ?? false)
    }

    /// Puts a request to a target and returns its durable answer.
    func ask(
        _ event: Event, of target: TargetName, request: EventID? = nil, rehearsing: Bool = false,
        makingTarget: Bool = false
    ) async throws -> VerbReply {
        let outcome = try await desk.submit(
            event, to: target, request: request, rehearsing: rehearsing,
            makingTarget: makingTarget)
        guard let reply = outcome.reply else {
            throw RPCError(.internal, "a request was handled as a fact")
        }
        return reply
    }
}

extension VerbReply {
    init(_ change: Change, on target: Target, at now: Timestamp) {
        let moved = change.effects.contains { if case .publish = $0 { true } else { false } }
        self.init(
            text: change.summary + (moved ? "; epoch \(target.route.epoch)" : ""),
            status: TargetStatus(target, at: now), changed: change.isChange)
    }
}
