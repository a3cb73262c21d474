import CairnCore
import Glibc
import Ports

/// The time since the host's start, without what it slept through: the same for all processes of the
/// host, and nobody sets it. As a `Timestamp` it is no moment of the calendar.
public struct UptimeClock: WallClock {
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    public func sleep(until time: Timestamp) async throws {
        let rest = time - now()
        if rest > .zero { try await Task.sleep(for: rest, clock: .suspending) }
        try Task.checkCancellation()
    }
}
