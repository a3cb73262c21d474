import CairnCore
import Glibc
import Ports

/// A clock for waiting only: it runs evenly and nobody can set it. Its zero is some past moment.
struct SteadyClock: WallClock {
    func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    func sleep(until time: Timestamp) async throws {
        let rest = time - now()
        if rest > .zero { try await Task.sleep(for: rest) }
    }
}
