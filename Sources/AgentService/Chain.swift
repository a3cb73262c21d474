import Synchronization

/// Pieces of work one after the other, in the order in which they came.
final class Chain: Sendable {
    private let last = Mutex<Task<Void, any Error>?>(nil)

    /// Waits for those before, whatever became of them, then for `work`.
    func run(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let task = last.withLock { last in
            let before = last
            let task = Task {
                // What went wrong before was told to whoever asked for it.
                _ = await before?.result
                try await work()
            }
            last = task
            return task
        }
        try await task.value
    }
}
