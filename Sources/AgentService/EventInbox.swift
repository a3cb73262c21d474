import ServiceKit
import Synchronization

/// Events on their way to the machine. Of tables only the newest waits; everything else is bounded
/// by what the machine has under way.
final class EventInbox: Sendable {
    private let events = Mutex<[AgentMachine.Event]>([])
    let doorbell = Doorbell()

    func put(_ event: AgentMachine.Event) {
        events.withLock { events in
            if case .received(let table) = event {
                // A table that a newer one overtook here was never in force anywhere.
                events.removeAll { waiting in
                    if case .received(let older) = waiting { return older.epoch <= table.epoch }
                    return false
                }
            }
            events.append(event)
        }
        doorbell.ring()
    }

    func take() -> [AgentMachine.Event] {
        events.withLock { events in
            defer { events = [] }
            return events
        }
    }
}
