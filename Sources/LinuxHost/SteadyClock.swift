import CairnCore
import Ports

/// A clock that starts at the host's time and then only counts: it neither jumps nor goes back when
/// the host's clock is set, so that a bake of ten minutes lasts ten minutes.
///
/// Counts on while the host is suspended.
public struct SteadyClock: WallClock {
    private let base: Timestamp
    private let start = ContinuousClock.now

    /// - Parameter moment: the newest time that was ever written down: the clock starts no earlier.
    public init(notBefore moment: Timestamp? = nil) {
        let now = SystemClock().now()
        base = max(now, moment ?? now)
    }

    public func now() -> Timestamp { base + (ContinuousClock.now - start) }

    public func sleep(until time: Timestamp) async throws {
        let rest = time - now()
        if rest > .zero { try await Task.sleep(for: rest) }
        try Task.checkCancellation()
    }
}
