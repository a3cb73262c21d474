import CairnCore

/// One event of a target as the log keeps it: what happened, what it led to, and the link that makes
/// an edit show.
///
/// **Invariant:** `link` covers every other field and the link before: whoever changes, removes or
/// inserts a record breaks the chain from there on.
public struct LogRecord: Equatable, Sendable {
    public var target: TargetName
    /// From 1, without a gap.
    public var sequence: UInt64
    public var time: Timestamp
    /// The event's text, from which the target's state is folded.
    public var event: String
    /// Empty where a fact or the time did it.
    public var actor: String
    public var reason: String
    /// For people.
    public var summary: String
    /// What served after it.
    public var stable: Release?
    public var candidate: Release?
    public var weight: BasisPoints
    public var epoch: UInt64
    public var link: Digest

    /// The record of an event that `target` has handled, next after `last`.
    public init(
        _ event: Event, _ change: Change, on target: Target, after last: LogHead
    ) {
        self.target = target.name
        (sequence, time) = (last.sequence + 1, target.lastEventAt)
        self.event = event.text
        (actor, reason) = (event.request?.actor ?? "", event.request?.reason ?? "")
        summary = change.summary
        (stable, candidate) = (target.route.stable, target.route.candidate)
        (weight, epoch) = (target.route.weight, target.route.epoch)
        link = last.link
        link = digest(after: last.link)
    }

    /// As a store gives it back.
    public init(
        target: TargetName, sequence: UInt64, time: Timestamp, event: String, actor: String,
        reason: String, summary: String, stable: Release?, candidate: Release?,
        weight: BasisPoints, epoch: UInt64, link: Digest
    ) {
        (self.target, self.sequence, self.time, self.event) = (target, sequence, time, event)
        (self.actor, self.reason, self.summary) = (actor, reason, summary)
        (self.stable, self.candidate) = (stable, candidate)
        (self.weight, self.epoch, self.link) = (weight, epoch, link)
    }

    /// The link that the fields and the record before demand.
    public func digest(after last: Digest) -> Digest {
        // One piece: the chain is proved over every record at every start.
        var bytes = last.bytes
        bytes.reserveCapacity(512)
        Self.add("\(target)", to: &bytes)
        Self.add(String(sequence), to: &bytes)
        Self.add(String(time.nanoseconds), to: &bytes)
        for field in [event, actor, reason, summary] { Self.add(field, to: &bytes) }
        for release in [stable, candidate] {
            Self.add(release.map { "\($0.number) " + $0.manifest.hex } ?? "", to: &bytes)
        }
        Self.add(String(weight.value), to: &bytes)
        Self.add(String(epoch), to: &bytes)
        return Digest(of: bytes)
    }

    /// The length before each field: no two lists of fields have the same bytes.
    private static func add(_ field: String, to bytes: inout [UInt8]) {
        let count = UInt64(field.utf8.count)
        for place in 0..<8 as Range<UInt64> {
            bytes.append(UInt8(truncatingIfNeeded: count >> (8 * place)))
        }
        bytes.append(contentsOf: field.utf8)
    }

    public var head: LogHead { LogHead(sequence: sequence, link: link) }
}

/// Where a target's log ends.
public struct LogHead: Equatable, Sendable {
    public var sequence: UInt64
    public var link: Digest

    public init(sequence: UInt64, link: Digest) { (self.sequence, self.link) = (sequence, link) }

    /// Of a log without records: bound to the target, so that no log passes for another's.
    public init(of target: TargetName) {
        self.init(sequence: 0, link: Digest(of: Array("cairn log 1 \(target)".utf8)))
    }
}
