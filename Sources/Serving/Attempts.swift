import Synchronization

/// Counts failures in a row.
final class Attempts: Sendable {
    private let failures = Mutex(0)

    /// - Returns: how many there are now.
    func fail() -> Int {
        failures.withLock { failures in
            failures += 1
            return failures
        }
    }

    /// - Returns: how many there were.
    func succeed() -> Int {
        failures.withLock { failures in
            defer { failures = 0 }
            return failures
        }
    }
}
