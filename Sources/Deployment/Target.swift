import CairnCore

/// A place that serves: what is stable there, what is on its way in, and who has to know.
///
/// A pure value. Events go in with the time they happened at; what the shell has to do comes out. The
/// log is the list of events that were not refused: replaying it gives the same value.
///
/// **Invariant:** knows no clock, no socket and no file; never decides from a cache.
public struct Target: Equatable, Sendable {
    public enum Limits {
        /// Proven releases that a rollback may name.
        public static let proven = 10
        /// Epochs whose weight is remembered for outcomes that come late.
        public static let epochs = 256
        /// A participant that is gone for so long no longer counts.
        public static let absence: Duration = .seconds(60)
        public static let recentEvents = 12
        /// Drills that are remembered.
        public static let drills = 100
    }

    public let name: TargetName
    public internal(set) var model: ModelName?
    public internal(set) var plan: Plan?
    /// Rises with every event that was not refused.
    public internal(set) var revision: UInt64 = 0
    public internal(set) var stable: Release?
    /// Releases that served everything through a full watch, newest last; the way back.
    public internal(set) var proven: [Release] = []
    public internal(set) var quarantine: [Digest: Quarantine] = [:]
    /// By hand, or by a window that has begun.
    public internal(set) var isFrozen = false
    var isFrozenByHand = false
    /// By name.
    public internal(set) var freezeWindows: [FreezeWindow] = []
    /// Of hooks: those that wait for an answer, and the last that had one.
    public internal(set) var calls: [HookCall] = []
    /// When a release that had served everything was replaced.
    var servedUntil: [Digest: Timestamp] = [:]
    /// A source of outcomes says that it cannot answer.
    var isOutcomeSourceOut = false
    /// Everyone who served has gone without a goodbye, and no outcome has come since.
    var isDeserted = false
    /// The live attempt, or the last one.
    public internal(set) var attempt: Attempt?
    /// The next one, where the plan queues.
    public internal(set) var next: Attempt?
    public internal(set) var attemptCount: UInt64 = 0
    public internal(set) var route = Route()
    public internal(set) var participants: [String: Participant] = [:]
    public internal(set) var lastRollback: RollbackRecord?
    /// The rehearsal of a way back that is under way.
    public internal(set) var drill: Drill?
    /// Those that ended, newest last.
    public internal(set) var drills: [DrillRecord] = []
    public internal(set) var drillCount: UInt64 = 0
    /// When the plan wants the next one; `nil` where it wants none, or there is no way back yet.
    public internal(set) var drillDueAt: Timestamp?
    var isDrillOverdueTold = false
    /// Of the group whose rollout the attempt is part of.
    public internal(set) var barrier: Barrier?
    public internal(set) var recent: [String] = []
    /// Time never goes back here, whatever the clock does.
    public internal(set) var lastEventAt = Timestamp(nanoseconds: .min)
    /// What each epoch meant, for outcomes that come late.
    var epochs: [UInt64: EpochRecord] = [:]
    var reporters: [String: ReporterMark] = [:]
    /// Of what serves as stable now, since it does.
    public internal(set) var stableServed = ServedRecord()
    /// Of proven releases, from when each last served.
    var served: [Digest: ServedRecord] = [:]
    var pinned: Set<Digest> = []

    public struct Quarantine: Equatable, Sendable {
        public var number: VersionNumber
        public var why: String
        public var since: Timestamp
    }

    public struct Participant: Equatable, Sendable {
        public var role: Event.Role
        public var epoch: UInt64 = 0
        public var held: Set<Digest> = []
        public var loadedStable: Digest?
        public var loadedCandidate: Digest?
        public var problem = ""
        /// `nil` while connected.
        public var absentSince: Timestamp?
    }

    struct ReporterMark: Equatable, Sendable {
        var incarnation: UInt64
        var sequence: UInt64
    }

    /// The last rollback with its times.
    public struct RollbackRecord: Equatable, Sendable {
        public var attempt: UInt64
        public var cause: String
        public var from: Release
        public var to: Release?
        public var startedAt: Timestamp
        public var acknowledgedAt: Timestamp?
        public var verifiedAt: Timestamp?
        public var verification: String
        public var proof: Proof?
    }

    public init(name: TargetName) { self.name = name }

    /// Advances by one event.
    ///
    /// - Returns: what the shell has to do once the event is in the log.
    /// - Throws: `Refusal` for a request that is not possible now; nothing has changed then.
    public mutating func handle(_ event: Event, at time: Timestamp) throws(Refusal) -> Change {
        // Facts are never refused, so there is nothing to take back: no copy is made for them.
        if event.request == nil { return try take(event, at: time) }
        var copy = self
        do throws(Refusal) {
            let change = try copy.take(event, at: time)
            self = copy
            return change
        } catch {
            throw error.showing(copy)
        }
    }

    /// Leaves everything as it was where nothing changed: such an event is not in the log.
    private mutating func take(_ event: Event, at time: Timestamp) throws(Refusal) -> Change {
        let last = lastEventAt
        lastEventAt = max(time, last)
        let change = try apply(event, at: lastEventAt)
        if change.isChange {
            revision += 1
            if !change.summary.isEmpty { remember(change.summary, at: lastEventAt) }
        } else {
            lastEventAt = last
        }
        return change
    }

    private mutating func remember(_ summary: String, at now: Timestamp) {
        recent.append("\(now) \(summary)")
        if recent.count > Limits.recentEvents { recent.removeFirst() }
    }
}

extension Attempt {
    /// Of the plan, from 0, while in a step.
    public var stepIndex: Int? { if case .step(let index, _) = phase { index } else { nil } }
}
