import Ports

/// One task that waits on the loop for a value. Touched on the loop's thread only.
///
/// Cancelled before it waits, it does not wait: the two may reach the loop in either order.
final class Waiter<Value: Sendable>: @unchecked Sendable {
    private var continuation: UnsafeContinuation<Value, any Error>?
    private(set) var isOver = false

    /// - Returns: `false` when there is nothing to wait for any more.
    func wait(_ continuation: UnsafeContinuation<Value, any Error>) -> Bool {
        if isOver {
            continuation.resume(throwing: RPCError(.cancelled, "the call was cancelled"))
            return false
        }
        self.continuation = continuation
        return true
    }

    func resume(returning value: Value) {
        isOver = true
        continuation.take()?.resume(returning: value)
    }

    func resume(throwing error: RPCError) {
        isOver = true
        continuation.take()?.resume(throwing: error)
    }
}
