import Synchronization

/// Closed until it is opened, once; whoever waits goes on then.
final class Latch: Sendable {
    private struct State {
        var isOpen = false
        var error: SocketError?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func open(_ error: SocketError?) {
        let waiting = state.withLock { state in
            if state.isOpen { return [CheckedContinuation<Void, Never>]() }
            (state.isOpen, state.error) = (true, error)
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    /// What it was opened with.
    var error: SocketError? { state.withLock { $0.error } }
}

/// Calls `last` at the last of so many steps.
final class Countdown: Sendable {
    private let left: Atomic<Int>
    private let last: @Sendable () -> Void

    init(_ count: Int, last: @escaping @Sendable () -> Void) {
        left = Atomic(count)
        self.last = last
    }

    func step() {
        if left.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 { last() }
    }
}

/// How many connections are there, and room for more.
final class ConnectionCounter: Sendable {
    private struct State {
        var count = 0
        var isSomeoneWaiting = false
        var onRoom: (@Sendable () -> Void)?
    }

    private let most: Int
    private let state = Mutex(State())

    init(most: Int) { self.most = most }

    /// Takes a place; when there is none, `onRoom` is called once one came free.
    func enter() -> Bool {
        state.withLock { state in
            guard state.count < most else {
                state.isSomeoneWaiting = true
                return false
            }
            state.count += 1
            return true
        }
    }

    func leave() {
        let onRoom = state.withLock { state in
            state.count -= 1
            defer { state.isSomeoneWaiting = false }
            return state.isSomeoneWaiting ? state.onRoom : nil
        }
        onRoom?()
    }

    func onRoom(_ call: @escaping @Sendable () -> Void) { state.withLock { $0.onRoom = call } }
}
