import CairnCore
import Messages
import Ports

/// The deployment-controller, as operators and tools call it.
public struct ControllerClient: Sendable {
    /// For calls that have no function here.
    public let channel: any RPCChannel
    let watching: any RPCChannel
    let retries: Retries

    /// - Parameter watching: for streams without end, whose users join again themselves.
    public init(
        _ channel: any RPCChannel, watching: (any RPCChannel)? = nil, retries: Retries = Retries()
    ) {
        (self.channel, self.watching, self.retries) = (channel, watching ?? channel, retries)
    }

    /// How long a verb is repeated while its answer does not come. It is done once: the controller
    /// knows a repeat by its request id.
    static let verbTime = Duration.seconds(30)

    public func deploy(
        _ number: VersionNumber, manifest: Digest, to target: TargetName,
        _ expectation: Expectation
    ) async throws -> VerbReply {
        try await verb(
            ControllerMethods.deploy,
            Deploy(
                target: target.description, number: number.number,
                manifestDigest: manifest.bytes, expectation: named(expectation)))
    }

    /// Goes back: from a live attempt to stable, else to the version before, or to `number`.
    public func rollback(
        _ target: TargetName, to number: VersionNumber? = nil, _ expectation: Expectation
    ) async throws -> VerbReply {
        try await verb(
            ControllerMethods.rollback,
            Rollback(
                target: target.description, number: number?.number ?? "",
                expectation: named(expectation)))
    }

    public func promote(_ target: TargetName, full: Bool = false, _ expectation: Expectation)
        async throws -> VerbReply
    {
        try await verb(
            ControllerMethods.promote,
            Verb(target: target.description, expectation: named(expectation), full: full))
    }

    public func pause(_ target: TargetName, _ expectation: Expectation) async throws -> VerbReply {
        try await verb(ControllerMethods.pause, plain(target, expectation))
    }

    public func resume(_ target: TargetName, _ expectation: Expectation) async throws -> VerbReply {
        try await verb(ControllerMethods.resume, plain(target, expectation))
    }

    public func abort(_ target: TargetName, _ expectation: Expectation) async throws -> VerbReply {
        try await verb(ControllerMethods.abort, plain(target, expectation))
    }

    public func retry(_ target: TargetName, _ expectation: Expectation) async throws -> VerbReply {
        try await verb(ControllerMethods.retry, plain(target, expectation))
    }

    public func status(_ target: TargetName) async throws -> TargetStatus {
        try await channel.call(
            ControllerMethods.getTargetStatus, GetTargetStatus(target: target.description))
    }

    /// Gives `each` the status at every change until it answers true, also over restarts of the
    /// controller.
    public func watch(
        _ target: TargetName, until isDone: @Sendable (TargetStatus) async throws -> Bool
    ) async throws {
        try await retries.run(within: nil, where: \.isPassing) { _ in
            try await watching.stream(
                ControllerMethods.watchTargetStatus, GetTargetStatus(target: target.description),
                .endless
            ) { statuses in
                while let (status, _) = try await statuses.next() {
                    if try await isDone(status) { return }
                }
                throw RPCError(.unavailable, "the controller ended the watch")
            }
        }
    }

    private func plain(_ target: TargetName, _ expectation: Expectation) -> Verb {
        Verb(target: target.description, expectation: named(expectation))
    }

    /// With an id by which a repeat is known.
    private func named(_ expectation: Expectation) -> Expectation {
        var expectation = expectation
        if expectation.requestId.isEmpty {
            expectation.requestId =
                EventID(
                    high: .random(in: .min ... .max), low: .random(in: .min ... .max)
                ).bytes
        }
        return expectation
    }

    private func verb<Request>(_ method: Method<Request, VerbReply>, _ request: Request)
        async throws -> VerbReply
    {
        try await retries.run(within: Self.verbTime, where: \.isPassing) { left in
            try await channel.call(method, request, CallOptions(deadline: left))
        }
    }
}
