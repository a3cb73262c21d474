import CairnCore
import Synchronization

/// Which connection speaks for a participant: the newest one. An older one that ends later, as half
/// of a cut connection does, says nothing about it.
final class Seats: Sendable {
    private struct Key: Hashable {
        let target: TargetName
        let name: String
    }

    private let state = Mutex((next: UInt64(0), seats: [Key: UInt64]()))

    func take(_ target: TargetName, _ name: String) -> UInt64 {
        state.withLock { state in
            state.next += 1
            state.seats[Key(target: target, name: name)] = state.next
            return state.next
        }
    }

    func isTaken(_ target: TargetName, _ name: String, by seat: UInt64) -> Bool {
        state.withLock { $0.seats[Key(target: target, name: name)] == seat }
    }

    /// - Returns: whether the seat was still this connection's.
    func leave(_ target: TargetName, _ name: String, _ seat: UInt64) -> Bool {
        state.withLock { state in
            let key = Key(target: target, name: name)
            guard state.seats[key] == seat else { return false }
            state.seats[key] = nil
            return true
        }
    }
}
