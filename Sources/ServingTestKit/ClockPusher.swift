import CairnCore
import Ports

extension ManualClock {
    /// Runs `body` while the time jumps ahead whenever somebody waits for it.
    @discardableResult
    public func pushing<Value: Sendable>(
        by step: Duration = .seconds(10), _ body: () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    if self.sleeperCount > 0 { self.advance(by: step) }
                    await Task.yield()
                }
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }
}
