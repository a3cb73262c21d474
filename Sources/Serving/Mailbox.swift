import CairnCore
import Messages
import ServiceKit
import Synchronization

/// What a participant has to tell the controller: its present state, the latest only.
///
/// Acknowledgements do not queue: one that a newer one overtook need not be sent any more.
public final class Mailbox: Sendable {
    private struct State {
        var message: ParticipantMessage
        var isLeaving = false
    }

    private let target: String
    private let name: String
    private let role: ParticipantRole
    private let state: Mutex<State>
    let doorbell = Doorbell()

    public init(target: TargetName, name: String, role: ParticipantRole) {
        (self.target, self.name, self.role) = (target.description, name, role)
        state = Mutex(State(message: ParticipantMessage(role: role)))
    }

    /// Puts `message` in place of what was there, and has it sent, be it the same or not.
    public func post(_ message: ParticipantMessage) {
        state.withLock { state in
            state.message = message
            state.message.role = role
        }
        doorbell.ring()
    }

    /// Has a goodbye sent; the watch ends after it.
    public func leave() {
        state.withLock { $0.isLeaving = true }
        doorbell.ring()
    }

    var isLeaving: Bool { state.withLock { $0.isLeaving } }

    /// The first message of a connection.
    var joining: ParticipantMessage {
        var message = state.withLock { $0.message }
        (message.target, message.name, message.epoch) = (target, name, 0)
        return message
    }

    /// Every later one.
    var latest: ParticipantMessage {
        state.withLock { state in
            var message = state.message
            message.leaving = state.isLeaving
            return message
        }
    }
}
