import CairnCore

/// How, and how often, a target's way back is rehearsed.
public struct DrillRules: Equatable, Sendable {
    /// From the end of one drill to the next; `nil`: only when somebody asks.
    public var every: Duration?
    /// A drill that takes longer has failed.
    public var limit: Duration = .seconds(60)
    /// A list of keys whose requests go the way with it; empty: no request does.
    public var cohort = ""

    public init() {}

    func check() throws(PlanError) {
        if let every, every < .seconds(1) || every > Plan.Limits.longest {
            throw PlanError("drill: every lies between 1 s and 10 years, not \(every.inWords)")
        }
        guard limit > .zero, limit <= .seconds(86_400), every.map({ limit <= $0 }) ?? true else {
            throw PlanError(
                "drill: limit is above 0, at most a day, and no longer than from one drill to the next"
            )
        }
        guard cohort.isEmpty || Plan.isWord(cohort) else {
            throw PlanError(
                "drill: '\(cohort.prefix(80))' is no cohort: 1 to 64 of a-z, 0-9, - and _")
        }
    }
}

/// A rehearsal that is under way: the version to go back to becomes a candidate without weight on
/// every host, and is taken off again as a rollback takes one off.
public struct Drill: Equatable, Sendable {
    public enum Phase: String, Equatable, Sendable {
        /// The version is on its way in, without weight. → back, or ended.
        case out
        /// It is on its way off. → ended.
        case back
    }

    public let number: UInt64
    /// Who asked for it; "the schedule" where nobody did.
    public let by: String
    /// What is rehearsed to be gone back to.
    public let release: Release
    public let limit: Duration
    public let cohort: String
    public let startedAt: Timestamp
    public internal(set) var phase = Phase.out
    /// Everyone had loaded it.
    public internal(set) var outAt: Timestamp?
    /// Routes from which nobody may send it a request any more.
    var backEpoch: UInt64?
    /// Of the cohort, that it answered.
    public internal(set) var requests = 0
    /// That went to it after it was off.
    public internal(set) var lateHits = 0

    var pins: [Plan.Pin] { cohort.isEmpty ? [] : [.init(.cohort(cohort), to: .candidate)] }

    mutating func add(_ count: Event.Outcomes.Count) {
        guard count.arm == .candidate else { return }
        if let backEpoch, count.epoch >= backEpoch {
            lateHits += count.requests
        } else {
            requests += count.requests
        }
    }
}

/// A drill that ended.
public struct DrillRecord: Equatable, Sendable {
    public enum Result: String, Equatable, Sendable, CaseIterable {
        case passed, failed
        /// A rollout or a real way back came between; it says nothing.
        case overtaken
    }

    public var number: UInt64
    public var by: String
    public var release: Release
    public var startedAt: Timestamp
    /// From the start until everyone had loaded it.
    public var out: Duration?
    /// From then until it was off everywhere.
    public var back: Duration?
    public var endedAt: Timestamp
    public var participantCount: Int
    public var agentCount: Int
    public var requests: Int
    public var result: Result
    /// What was found.
    public var why: String
}

/// How far a group's rollout may go on a target.
public struct Barrier: Equatable, Sendable {
    public let group: String
    /// The last step that may begin, from 0.
    public let step: Int

    func holds(after index: Int) -> Bool { index >= step }
}
