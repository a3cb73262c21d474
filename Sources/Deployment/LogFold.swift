import CairnCore

/// A target's log that is not what was written.
public struct LogDamage: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// A target together with the end of the log that it is the fold of.
///
/// Grows at the end by new events, or from the start by stored records, whose chain it proves on the
/// way.
public struct LogFold: Equatable, Sendable {
    public private(set) var target: Target
    public private(set) var head: LogHead

    public init(_ name: TargetName) {
        target = Target(name: name)
        head = LogHead(of: name)
    }

    /// Advances by a new event.
    ///
    /// In place: a target with thousands of participants is not copied for each of their words.
    /// - Returns: what it did, and its record where it changed something.
    /// - Throws: `Refusal`; nothing has changed then.
    public mutating func take(_ event: Event, at time: Timestamp) throws(Refusal)
        -> (change: Change, record: LogRecord?)
    {
        let change = try target.handle(event, at: time)
        guard change.isChange else { return (change, nil) }
        let record = LogRecord(event, change, on: target, after: head)
        head = record.head
        return (change, record)
    }

    /// Advances by a stored record.
    ///
    /// - Returns: what it did.
    /// - Throws: `LogDamage`; the head then still stands at the last good record, and the target is
    ///   not to be used.
    @discardableResult
    public mutating func add(_ record: LogRecord) throws(LogDamage) -> Change {
        let place = "record \(record.sequence) of \(target.name)"
        guard record.sequence == head.sequence + 1 else {
            throw LogDamage("\(place) follows record \(head.sequence): records are missing")
        }
        guard record.target == target.name, record.link == record.digest(after: head.link) else {
            throw LogDamage(
                "\(place), of \(record.time), does not follow record \(head.sequence): it, or the "
                    + "one before, was changed")
        }
        let change: Change
        do {
            change = try target.handle(try Event(text: record.event), at: record.time)
        } catch {
            throw LogDamage("\(place) cannot be applied: \(error)")
        }
        let route = target.route
        guard
            (route.stable, route.candidate, route.weight, route.epoch)
                == (record.stable, record.candidate, record.weight, record.epoch)
        else {
            throw LogDamage("\(place) leads to another route than was recorded")
        }
        head = record.head
        return change
    }
}
