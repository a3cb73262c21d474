import CairnCore
import Synchronization

/// Something that another service must be told, written in the transaction that made it true.
public struct OutboxEvent: Sendable, Equatable {
    /// Stable: the receiver applies it once.
    public let id: EventID
    /// Which service is told: "evaluator", "controller", "ingest".
    public let destination: String
    /// The call, by its number in `proto/`, and its encoded request.
    public let method: UInt16
    public let body: [UInt8]

    public init(id: EventID, destination: String, method: UInt16, body: [UInt8]) {
        (self.id, self.destination, self.method, self.body) = (id, destination, method, body)
    }
}

/// The outbox of a service, as its courier sees it. Rows are added by the service's own store.
public protocol OutboxStore: Sendable {
    /// Undelivered events for `destination`, oldest first.
    func undelivered(to destination: String, limit: Int) throws -> [OutboxEvent]
    func undeliveredCount() throws -> Int
    /// Durable when it returns; safe to repeat.
    func markDelivered(_ id: EventID) throws
}
