import Glibc

/// The time of a loop, which stands still during each turn.
struct LoopClock {
    /// When the turn began, on the monotonic clock.
    private(set) var time = Duration.zero
    private(set) var nanoseconds: Int64 = 0
    /// As `TimerWheel` counts.
    private(set) var milliseconds: Int64 = 0
    private var lastConversion = (duration: Duration.zero, milliseconds: Int64(0))
    private var cachedInstant: ContinuousClock.Instant?

    init() { beginTurn() }

    mutating func beginTurn() {
        var spec = timespec()
        clock_gettime(CLOCK_MONOTONIC, &spec)
        nanoseconds = Int64(spec.tv_sec) * 1_000_000_000 + Int64(spec.tv_nsec)
        time = .nanoseconds(nanoseconds)
        milliseconds = nanoseconds / 1_000_000
        cachedInstant = nil
    }

    /// The time now, in the middle of a turn.
    static func now() -> Duration { LoopClock().time }

    /// The moment that is so long after the turn began, in milliseconds; rounded up.
    ///
    /// Nearly all calls of a program have the same deadline, so the last conversion is kept: a
    /// division of 128 bits is dear.
    mutating func moment(after duration: Duration) -> Int64 {
        if duration != lastConversion.duration {
            lastConversion = (duration, duration.wholeMilliseconds)
        }
        return milliseconds + lastConversion.milliseconds + 1
    }

    /// When the turn began, on the clock that handlers know; read at most once a turn.
    var instant: ContinuousClock.Instant {
        mutating get {
            if let cachedInstant { return cachedInstant }
            let instant = ContinuousClock.now
            cachedInstant = instant
            return instant
        }
    }
}

extension Duration {
    var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
