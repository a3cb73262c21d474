import Synchronization

/// One piece of work at a time: the next one cancels the one before and starts once it has ended.
final class Lane: Sendable {
    private let current = Mutex<Task<Void, Never>?>(nil)

    /// `work` looks at `Task.isCancelled` before it tells anybody of its end.
    func start(_ work: @escaping @Sendable () async -> Void) {
        current.withLock { current in
            let before = current
            before?.cancel()
            current = Task {
                await before?.value
                if !Task.isCancelled { await work() }
            }
        }
    }

    func cancel() { current.withLock { $0?.cancel() } }

    /// Cancels and waits for the end.
    func end() async {
        let task = current.withLock { current in
            defer { current = nil }
            return current
        }
        task?.cancel()
        await task?.value
    }
}
