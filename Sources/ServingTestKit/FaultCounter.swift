import Ports
import Synchronization

/// Cuts the connection at the n-th message that passes, once.
public final class FaultCounter: Sendable {
    private let state = Mutex((seen: 0, cutAt: Int?.none))

    public init() {}

    /// The n-th message from now, counted from 0, is not passed on.
    public func cut(at message: Int?) { state.withLock { $0 = (0, message) } }

    /// Messages since `cut(at:)`.
    public var seen: Int { state.withLock { $0.seen } }
    /// Whether the cut is still to come.
    public var isArmed: Bool { state.withLock { $0.cutAt != nil } }

    public func pass() throws {
        let isCut = state.withLock { state in
            defer { state.seen += 1 }
            guard state.cutAt == state.seen else { return false }
            state.cutAt = nil
            return true
        }
        if isCut { throw RPCError(.unavailable, "the connection was cut") }
    }
}
