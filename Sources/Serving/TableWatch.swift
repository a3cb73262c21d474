import CairnCore
import Messages
import Ports
import ServiceKit

/// Keeps a participant joined to the controller: tells it what the mailbox holds, hands on every
/// table, and joins again after every cut, for as long as it runs.
///
/// Judges no table: what is older than one seen before is refused by whoever gets them.
public struct TableWatch: Sendable {
    private let channel: any RPCChannel
    private let mailbox: Mailbox
    private let clock: any WallClock
    private let policy: RetryPolicy
    private let seed: UInt64
    /// Told when the controller goes away, why, and when it is back.
    private let log: @Sendable (String) -> Void

    public init(
        channel: any RPCChannel, mailbox: Mailbox, clock: any WallClock,
        policy: RetryPolicy = RetryPolicy(most: .seconds(2)),
        seed: UInt64 = .random(in: .min ... .max), log: @escaping @Sendable (String) -> Void
    ) {
        (self.channel, self.mailbox, self.clock) = (channel, mailbox, clock)
        (self.policy, self.seed, self.log) = (policy, seed, log)
    }

    /// How long a goodbye may take.
    static let goodbyeTime = Duration.seconds(2)

    /// Returns after the goodbye; throws only `CancellationError`.
    public func run(_ receive: @escaping @Sendable (RouteTable) async throws -> Void) async throws {
        var random = SeededRandom(seed: seed)
        let attempts = Attempts()
        while !mailbox.isLeaving {
            do {
                try await converse { table in
                    if attempts.succeed() > 0 { log("the controller is back") }
                    try await receive(table)
                }
                if mailbox.isLeaving { return }
                throw RPCError(.unavailable, "the controller ended the watch")
            } catch {
                try Task.checkCancellation()
                if mailbox.isLeaving { return }
                let failures = attempts.fail()
                if failures == 1 { log("the controller is away (\(error)); will join again") }
                try await wait(policy.wait(after: failures, using: &random))
            }
        }
    }

    private func converse(
        _ receive: @escaping @Sendable (RouteTable) async throws -> Void
    ) async throws {
        let generation = mailbox.doorbell.generation
        let call = try await channel.open(ControllerMethods.serve.id, .endless)
        defer { call.cancel() }
        try await Outgoing<ParticipantMessage>(call).send(mailbox.joining)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let tables = Incoming<RouteTable>(call)
                while let (table, _) = try await tables.next() { try await receive(table) }
            }
            group.addTask { try await tell(call, after: generation) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Sends what the mailbox holds at every ring; ends with the goodbye.
    private func tell(_ call: any RawCall, after first: UInt64) async throws {
        let messages = Outgoing<ParticipantMessage>(call)
        var generation = first
        while true {
            try await mailbox.doorbell.wait(after: generation)
            generation = mailbox.doorbell.generation
            let message = mailbox.latest
            try await messages.send(message)
            if message.leaving { break }
        }
        try await call.finishSending()
        // The controller closes its side once it has read the goodbye; the receiver sees that end.
        try await clock.sleep(until: clock.now() + Self.goodbyeTime)
    }

    /// Waits, but not past a wish to leave.
    private func wait(_ duration: Duration) async throws {
        let end = clock.now() + duration
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await clock.sleep(until: end) }
            group.addTask {
                while !mailbox.isLeaving {
                    let generation = mailbox.doorbell.generation
                    if mailbox.isLeaving { return }
                    try await mailbox.doorbell.wait(after: generation)
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
