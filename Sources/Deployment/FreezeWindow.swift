import CairnCore

/// A time in which nothing starts and no weight rises: once, or over and over.
public struct FreezeWindow: Equatable, Sendable {
    public static let countMax = 32
    public var name: String
    public var from: Timestamp
    public var until: Timestamp
    /// From one start to the next; `nil`: once.
    public var every: Duration?

    public init(name: String, from: Timestamp, until: Timestamp, every: Duration? = nil) {
        (self.name, self.from, self.until, self.every) = (name, from, until, every)
    }

    /// Why it is none; `nil` where it is one.
    var fault: String? {
        if !Plan.isWord(name) { return "its name has 1 to 64 of a-z, 0-9, - and _" }
        let years = Timestamp(nanoseconds: 0)...Timestamp(nanoseconds: 1 << 62)
        if !years.contains(from) || !years.contains(until) { return "it is not in 1970 to 2116" }
        if until <= from { return "it ends at \(until), which is not after its start at \(from)" }
        if until - from > Plan.Limits.longest { return "it lasts more than 10 years" }
        if let every, every <= until - from || every > Plan.Limits.longest {
            return "it comes again before it is over"
        }
        return nil
    }

    /// The start of the last turn that has begun, or of the first.
    private func start(at now: Timestamp) -> Timestamp {
        guard let every, now >= from else { return from }
        let turns = (now - from).wholeNanoseconds / every.wholeNanoseconds
        return from + .nanoseconds(turns * every.wholeNanoseconds)
    }

    func covers(_ now: Timestamp) -> Bool {
        let start = start(at: now)
        return now >= start && now < start + (until - from)
    }

    /// When it next begins or ends; `nil`: never again.
    func nextEdge(after now: Timestamp) -> Timestamp? {
        let start = start(at: now)
        if now < start { return start }
        let end = start + (until - from)
        if now < end { return end }
        return every.map { start + $0 }
    }
}
