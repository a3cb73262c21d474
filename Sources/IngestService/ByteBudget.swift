import Synchronization

/// Room in memory that all streams share: whoever wants more than is left waits for others to give
/// back, first come, first served.
///
/// Cancelling a waiting task wakes it with `CancellationError`.
final class ByteBudget: Sendable {
    private struct State {
        var left: Int
        var waiting:
            [(ticket: UInt64, count: Int, continuation: CheckedContinuation<Void, Never>)] =
                []
        var granted: Set<UInt64> = []
        var nextTicket: UInt64 = 0

        /// Serves those in front for whom there is room.
        mutating func serve() -> [CheckedContinuation<Void, Never>] {
            var served: [CheckedContinuation<Void, Never>] = []
            while let first = waiting.first, first.count <= left {
                left -= first.count
                granted.insert(first.ticket)
                served.append(first.continuation)
                waiting.removeFirst()
            }
            return served
        }
    }

    private let state: Mutex<State>
    private let total: Int

    init(_ byteCount: Int) {
        total = byteCount
        state = Mutex(State(left: byteCount))
    }

    /// Waits until `count` bytes are free and takes them; more than there are at all takes all.
    func take(_ count: Int) async throws {
        let count = min(count, total)
        let ticket: UInt64? = state.withLock { state in
            if state.waiting.isEmpty && state.left >= count {
                state.left -= count
                return nil
            }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard let ticket else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                    if Task.isCancelled { return [continuation] }
                    state.waiting.append((ticket, count, continuation))
                    return state.serve()
                }
                for continuation in ready { continuation.resume() }
            }
        } onCancel: {
            let ready = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                    return []
                }
                return [state.waiting.remove(at: index).continuation] + state.serve()
            }
            for continuation in ready { continuation.resume() }
        }
        let isGranted = state.withLock { $0.granted.remove(ticket) != nil }
        guard isGranted else { throw CancellationError() }
    }

    func give(_ count: Int) {
        let ready = state.withLock { state in
            state.left += min(count, total)
            return state.serve()
        }
        for continuation in ready { continuation.resume() }
    }

    var freeByteCount: Int { state.withLock { $0.left } }
}
