import Synchronization

/// Requests on their way from the library's thread to the one task that answers them.
final class Inbox: Sendable {
    private struct State {
        var waiting: [Exchange] = []
        var receiver: CheckedContinuation<Void, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let postPaths: Set<String>

    init(postPaths: Set<String> = []) { self.postPaths = postPaths }

    func takesPosts(to path: String) -> Bool { postPaths.contains(path) }

    /// - Returns: false once the inbox is closed.
    func offer(_ exchange: Exchange) -> Bool {
        let (isTaken, receiver) = state.withLock { state in
            guard !state.isClosed else { return (false, nil as CheckedContinuation<Void, Never>?) }
            state.waiting.append(exchange)
            defer { state.receiver = nil }
            return (true, state.receiver)
        }
        receiver?.resume()
        return isTaken
    }

    /// The next request; `nil` when the task was cancelled. One caller at a time.
    func next() async -> Exchange? {
        while !Task.isCancelled {
            let first = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            if let first { return first }
            await waitForOffer()
        }
        return nil
    }

    private func waitForOffer() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if !state.waiting.isEmpty || Task.isCancelled { return true }
                    state.receiver = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            state.withLock { state in
                defer { state.receiver = nil }
                return state.receiver
            }?.resume()
        }
    }

    /// Takes no more, and hands out what nobody answered.
    func close() -> [Exchange] {
        state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
    }
}
