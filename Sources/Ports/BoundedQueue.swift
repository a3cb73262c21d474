import Synchronization

/// A queue with room for `capacity` elements: the sender waits for room, the receiver for elements.
///
/// Cancelling a waiting task wakes it with `CancellationError`.
public final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var elements: [Element] = []
        var isFinished = false
        var failure: (any Error)?
        var receivers: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var senders: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var nextTicket: UInt64 = 0

        mutating func wakeAll() -> [CheckedContinuation<Void, Never>] {
            defer { (receivers, senders) = ([:], [:]) }
            return Array(receivers.values) + Array(senders.values)
        }
    }

    private enum Side: Sendable { case receiver, sender }

    private let capacity: Int
    private let state = Mutex(State())

    public init(capacity: Int) { self.capacity = max(1, capacity) }

    /// Waits for room. Throws what the queue was finished with, if it was.
    public func send(_ element: Element) async throws {
        while true {
            let sent: Bool = try state.withLock { state in
                if state.isFinished { throw state.failure ?? CancellationError() }
                guard state.elements.count < capacity else { return false }
                state.elements.append(element)
                return true
            }
            if sent { return wake(.receiver) }
            try await wait(.sender)
        }
    }

    /// Waits for an element; `nil` after the last one of a queue that ended well.
    public func next() async throws -> Element? {
        while true {
            let outcome: (element: Element?, isOver: Bool) = try state.withLock { state in
                if !state.elements.isEmpty { return (state.elements.removeFirst(), false) }
                guard state.isFinished else { return (nil, false) }
                if let failure = state.failure { throw failure }
                return (nil, true)
            }
            if let element = outcome.element {
                wake(.sender)
                return element
            }
            if outcome.isOver { return nil }
            try await wait(.receiver)
        }
    }

    /// No more elements come; those inside are still given out. The first end stands.
    public func finish(throwing failure: (any Error)?) {
        let waiting = state.withLock { state in
            guard !state.isFinished else { return [CheckedContinuation<Void, Never>]() }
            (state.isFinished, state.failure) = (true, failure)
            return state.wakeAll()
        }
        for continuation in waiting { continuation.resume() }
    }

    private func wake(_ side: Side) {
        let waiting = state.withLock { state in
            switch side {
            case .receiver:
                defer { state.receivers = [:] }
                return Array(state.receivers.values)
            case .sender:
                defer { state.senders = [:] }
                return Array(state.senders.values)
            }
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Suspends until something changed for this side; spurious wake-ups are harmless.
    private func wait(_ side: Side) async throws {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goOn = state.withLock { state in
                    let isReady =
                        state.isFinished || Task.isCancelled
                        || (side == .receiver
                            ? !state.elements.isEmpty : state.elements.count < capacity)
                    if isReady { return true }
                    switch side {
                    case .receiver: state.receivers[ticket] = continuation
                    case .sender: state.senders[ticket] = continuation
                    }
                    return false
                }
                if goOn { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.receivers.removeValue(forKey: ticket)
                    ?? state.senders.removeValue(forKey: ticket)
            }
            continuation?.resume()
        }
        try Task.checkCancellation()
    }
}
