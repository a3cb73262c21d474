import CairnCore
import Deployment
import Messages
import Ports

/// What operators ask for. Each is compared with what they believe, and answered when it is durable.
extension ControllerService {
    func addVerbs(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.deploy) { [self] call, _ in
            try await answering {
                let release = Release(
                    number: try Checks.number(call.number),
                    manifest: try Checks.digest(call.manifestDigest, "manifest_digest"))
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
                let number = call.number.isEmpty ? nil : try Checks.number(call.number)
                return try await verb(call.target, call.expectation) {
                    .rollBack(to: number, $0)
                }
            }
        }
        routes.unary(ControllerMethods.unquarantine) { [self] call, _ in
            try await answering {
                let manifest = try Checks.digest(call.manifestDigest, "manifest_digest")
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
        let outcome = try await desk.submit(
            event(request), to: try Checks.target(target),
            request: id.isEmpty ? nil : try Checks.eventID(id, "request_id"),
            rehearsing: expectation?.planOnly ?? false)
        switch outcome {
        case .handled(let target, let change):
            return VerbReply(change, on: target, at: clock.now())
        case .answeredBefore(let bytes): return try VerbReply(decoding: bytes)
        }
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
