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
            .promote(full: call.full, request)
        }
        add(ControllerMethods.pause, to: &routes) { .pause($1) }
        add(ControllerMethods.resume, to: &routes) { .resume($1) }
        add(ControllerMethods.abort, to: &routes) { .abort($1) }
        add(ControllerMethods.retry, to: &routes) { .retry($1) }
        routes.unary(ControllerMethods.rollback) { [self] call, _ in
            try await answering {
                let number = call.number.isEmpty ? nil : try WireChecks.number(call.number)
                return try await verb(call.target, call.expectation) {
                    .rollBack(to: number, $0)
                }
            }
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
