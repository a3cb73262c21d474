/// Which keys have failed already: with sticky keys one user's failures are one event to a guard.
///
/// Remembers the last `capacity` to twice as many keys, and none for longer than two windows.
public struct FirstFailures: Sendable, Equatable {
    private let capacity: Int
    private var recent = Set<UInt64>()
    private var older = Set<UInt64>()

    public init(capacity: Int = 1 << 15) { self.capacity = max(1, capacity) }

    /// - Parameter keyHash: of the key and the attempt together.
    /// - Returns: whether this key has not failed before, as far as is remembered.
    public mutating func insert(_ keyHash: UInt64) -> Bool {
        if recent.contains(keyHash) || older.contains(keyHash) { return false }
        if recent.count >= capacity { rotate() }
        recent.insert(keyHash)
        return true
    }

    /// Ends a window: what failed in the window before the last one may count again.
    public mutating func rotate() {
        older = recent
        recent = []
    }
}
