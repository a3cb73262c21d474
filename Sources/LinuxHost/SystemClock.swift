import CairnCore
import Glibc
import Ports

/// The host's clock.
public struct SystemClock: WallClock {
    public init() {}

    public func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// Waits in slices of at most a minute and looks again, so that a moved clock is noticed.
    public func sleep(until time: Timestamp) async throws {
        while true {
            let rest = time - now()
            if rest <= .zero { return }
            try await Task.sleep(for: Swift.min(rest, Duration.seconds(60)))
        }
    }
}
