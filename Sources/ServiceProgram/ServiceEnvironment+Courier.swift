import SQLiteStores
import ServiceKit

extension ServiceEnvironment {
    /// Delivers what the service's store holds for another service to where its flag says.
    ///
    /// - Parameters:
    ///   - store: the service's database; its owner has opened it before.
    ///   - destination: as events name it, and the flag: `evaluator`.
    ///   - doorbell: rings when an event entered the outbox.
    public func courier(of store: String, to destination: String, doorbell: Doorbell) throws
        -> OutboxCourier
    {
        OutboxCourier(
            store: try SQLiteOutbox(path: store), destination: destination,
            channel: try channel(to: destination), clock: clock, doorbell: doorbell
        ) { [log] in log.info($0, ["courier": destination]) }
    }
}
