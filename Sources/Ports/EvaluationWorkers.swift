import Synchronization

/// The evaluator processes that share a queue, as one of them sees them.
///
/// Each has a place with a name. While a process lives nobody else has its place; when it has ended,
/// however that was, its place is free, and what it left behind can be cleared up.
public protocol EvaluationWorkers: Sendable {
    /// Of our own place: "worker-1".
    var name: String { get }

    /// Runs `body` if the process that had this place has ended. Nobody else takes the place, or
    /// clears up after it, meanwhile.
    /// - Returns: whether it has ended.
    func inherit(from worker: String, _ body: @Sendable () async throws -> Void) async throws
        -> Bool
}

/// An evaluator that shares its queue with nobody but those that a test names.
public final class SoleWorker: EvaluationWorkers {
    public let name: String
    private let living: Mutex<Set<String>>

    public init(named name: String = "worker-1", beside others: Set<String> = []) {
        self.name = name
        living = Mutex(others)
    }

    /// From now on its place is free.
    public func end(_ other: String) { living.withLock { _ = $0.remove(other) } }

    public func inherit(from worker: String, _ body: @Sendable () async throws -> Void)
        async throws -> Bool
    {
        if living.withLock({ $0.contains(worker) }) { return false }
        try await body()
        return true
    }
}
