import CairnCore
import Messages
import Ports

/// Delivers a service's outbox to one destination: in order, at least once, with a stable id.
///
/// Knows nothing of the events' meaning. While the destination is away it tries again with growing
/// waits; nothing else of the service waits for it.
public struct OutboxCourier: Sendable {
    private let store: any OutboxStore
    private let destination: String
    private let channel: any RPCChannel
    private let clock: any WallClock
    private let policy: RetryPolicy
    private let doorbell: Doorbell
    /// Told what was refused for good, and what the courier waits for.
    private let log: @Sendable (String) -> Void

    public init(
        store: any OutboxStore, destination: String, channel: any RPCChannel, clock: any WallClock,
        doorbell: Doorbell, policy: RetryPolicy = RetryPolicy(),
        log: @escaping @Sendable (String) -> Void
    ) {
        (self.store, self.destination, self.channel) = (store, destination, channel)
        (self.clock, self.doorbell, self.policy, self.log) = (clock, doorbell, policy, log)
    }

    /// Runs until its task is cancelled.
    public func run() async throws {
        var random = SystemRandomNumberGenerator()
        var failures = 0
        while true {
            let generation = doorbell.generation
            let events = try store.undelivered(to: destination, limit: 64)
            if events.isEmpty {
                try await doorbell.wait(after: generation)
                continue
            }
            do {
                for event in events { try await deliver(event) }
                failures = 0
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                try Task.checkCancellation()
                failures += 1
                if failures == 1 { log("\(destination) is away (\(error)); will try again") }
                try await clock.sleep(
                    until: clock.now() + policy.wait(after: failures, using: &random))
            }
        }
    }

    /// An event that the receiver refuses for good is logged and set aside: it must not dam up the
    /// ones behind it.
    private func deliver(_ event: OutboxEvent) async throws {
        do {
            _ = try await channel.unary(
                event.method, RawMessage(event.body), CallOptions(deadline: .seconds(10)))
        } catch let error as RPCError where error.code == .invalidArgument {
            log("\(destination) refused event \(event.id): \(error.text)")
        }
        try store.markDelivered(event.id)
    }
}
