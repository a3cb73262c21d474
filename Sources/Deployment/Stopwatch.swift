import CairnCore

/// Time that passed, without the time that it stood: what makes a pause stop every clock.
public struct Stopwatch: Equatable, Sendable {
    private var passed: Duration = .zero
    private var runningSince: Timestamp?

    public init(runningSince: Timestamp? = nil) { self.runningSince = runningSince }

    public func elapsed(at now: Timestamp) -> Duration {
        guard let runningSince, now > runningSince else { return passed }
        return passed + (now - runningSince)
    }

    public mutating func stop(at now: Timestamp) {
        passed = elapsed(at: now)
        runningSince = nil
    }

    public mutating func start(at now: Timestamp) {
        if runningSince == nil { runningSince = now }
    }

    public var isRunning: Bool { runningSince != nil }

    /// When `limit` will have passed; `nil` while it stands.
    public func moment(of limit: Duration) -> Timestamp? {
        runningSince.map { $0 + (limit - passed).roundedUp }
    }
}

extension Duration {
    /// To whole nanoseconds, as moments have them: at a moment that was rounded down the part of a
    /// ramp of thirds would not be over yet, and no other timer would come.
    var roundedUp: Duration {
        let whole = Duration.nanoseconds(wholeNanoseconds)
        return whole < self ? whole + .nanoseconds(1) : whole
    }
}
