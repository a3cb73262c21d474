import CairnCore
import Messages
import Ports
import ServiceKit
import Synchronization
import Testing

/// An outbox in memory.
final class MemoryOutbox: OutboxStore {
    let events = Mutex<[OutboxEvent]>([])
    func undelivered(to destination: String, limit: Int) -> [OutboxEvent] {
        Array(events.withLock { $0 }.filter { $0.destination == destination }.prefix(limit))
    }
    func undeliveredCount() -> Int { events.withLock { $0.count } }
    func markDelivered(_ id: EventID) { events.withLock { $0.removeAll { $0.id == id } } }
}

@Suite struct OutboxCourierTests {
    @Test func everyEventArrivesThoughTheReceiverFailsAtFirst() async throws {
        let received = BoundedQueue<[UInt8]>(capacity: 16)
        let failuresLeft = Mutex(3)
        var routes = RPCRoutes(serviceName: "ingest")
        routes.unary(IngestMethods.pinVersion) { request, _ in
            let fails = failuresLeft.withLock { left in
                left -= 1
                return left >= 0
            }
            if fails { throw RPCError(.unavailable, "starting") }
            try await received.send(request.manifestDigest)
            return Done()
        }
        let (store, doorbell, clock) = (MemoryOutbox(), Doorbell(), ManualClock())
        let courier = OutboxCourier(
            store: store, destination: "ingest", channel: InMemoryChannel(routes), clock: clock,
            doorbell: doorbell
        ) { _ in }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await courier.run() }
            for number in UInt8(1)...3 {
                let pin = PinVersion(manifestDigest: [number], holder: "t")
                let event = OutboxEvent(
                    id: EventID(high: 0, low: UInt64(number)), destination: "ingest",
                    method: IngestMethods.pinVersion.id, body: try pin.encoded())
                store.events.withLock { $0.append(event) }
            }
            doorbell.ring()
            group.addTask {
                // Moves the clock for as long as the courier waits for it.
                while !Task.isCancelled {
                    if clock.sleeperCount > 0 { clock.advance(by: .seconds(10)) }
                    await Task.yield()
                }
            }
            var got: [[UInt8]] = []
            while got.count < 3, let next = try await received.next() { got.append(next) }
            #expect(got == [[1], [2], [3]])
            group.cancelAll()
        }
    }
}
