import Synchronization

@testable import TCPTransport

/// A number that a test publishes, for all who watch; the latest one wins.
final class Hub: Sendable {
    typealias Continuation = CheckedContinuation<Void, any Error>

    private struct State {
        var version = 0
        var value = 0.0
        var waiting: [Int: Continuation] = [:]
        var nextTicket = 0
        var awaited: (count: Int, latch: Latch)?
    }

    private let state = Mutex(State())

    func next(after seen: Int) async throws -> (version: Int, value: Double) {
        while true {
            let ticket = state.withLock { state in
                state.nextTicket += 1
                return state.nextTicket
            }
            if let news = state.withLock({ $0.version > seen ? ($0.version, $0.value) : nil }) {
                return news
            }
            try await wait(ticket, after: seen)
        }
    }

    private func wait(_ ticket: Int, after seen: Int) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: Continuation) in
                let isCancelled = Task.isCancelled
                let latch: Latch? = state.withLock { state in
                    if state.version > seen || isCancelled {
                        continuation.resume()
                        return nil
                    }
                    state.waiting[ticket] = continuation
                    guard let awaited = state.awaited, state.waiting.count >= awaited.count else {
                        return nil
                    }
                    return awaited.latch
                }
                latch?.open(nil)
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
        try Task.checkCancellation()
    }

    /// Returns once so many watchers wait at the same time.
    func waitForWatchers(_ count: Int) async {
        let latch = Latch()
        let isReached = state.withLock { state in
            state.awaited = (count, latch)
            return state.waiting.count >= count
        }
        if isReached { latch.open(nil) }
        await latch.wait()
    }

    func publish(_ value: Double) {
        let waiting = state.withLock { state in
            (state.version, state.value) = (state.version + 1, value)
            defer { state.waiting = [:] }
            return state.waiting.values
        }
        for continuation in waiting { continuation.resume() }
    }
}
