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
        var builder = DigestBuilder()
        builder.append(last.bytes)
        let fields = [
            "\(target)", "\(sequence)", "\(time.nanoseconds)", event, actor, reason, summary,
            stable.map { "\($0.number) \($0.manifest.hex)" } ?? "",
            candidate.map { "\($0.number) \($0.manifest.hex)" } ?? "", "\(weight.value)",
            "\(epoch)",
        ]
        for field in fields {
            // The length before each field: no two lists of fields have the same bytes.
            let bytes = Array(field.utf8)
            builder.append((0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) })
            builder.append(bytes)
        }
        return builder.digest()
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
