import CairnCore
import Synchronization

/// Where shells read the time and wait for it. Decisions never see one.
public protocol WallClock: Sendable {
    func now() -> Timestamp

    /// Returns at `time` or later, at once when it has passed.
    /// - Throws: `CancellationError` when the task is cancelled first.
    func sleep(until time: Timestamp) async throws
}

/// A clock that stands until somebody moves it.
public final class ManualClock: WallClock {
    private struct State {
        var now: Timestamp
        var sleepers: [UInt64: (until: Timestamp, continuation: CheckedContinuation<Void, Never>)] =
            [:]
        var nextTicket: UInt64 = 0
    }

    private let state: Mutex<State>

    public init(_ start: Timestamp = Timestamp(seconds: 1_800_000_000)) {
        state = Mutex(State(now: start))
    }

    public func now() -> Timestamp { state.withLock { $0.now } }

    /// How many tasks wait on this clock; tests wait for it before they move the time.
    public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    /// Moves the time, backwards too, and wakes whoever waited for it.
    public func move(to time: Timestamp) {
        let due = state.withLock { state in
            state.now = time
            let due = state.sleepers.filter { $0.value.until <= time }
            for ticket in due.keys { state.sleepers[ticket] = nil }
            return due.sorted { $0.value.until < $1.value.until }.map(\.value.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    public func advance(by duration: Duration) { move(to: now() + duration) }

    public func sleep(until time: Timestamp) async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isDue = state.withLock { state in
                    if state.now >= time || Task.isCancelled { return true }
                    state.sleepers[ticket] = (time, continuation)
                    return false
                }
                if isDue { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: ticket) }?.continuation.resume()
        }
        try Task.checkCancellation()
    }
}
