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
    public internal(set) var recent: [String] = []
    /// Time never goes back here, whatever the clock does.
    public internal(set) var lastEventAt = Timestamp(nanoseconds: .min)
    /// What each epoch meant, for outcomes that come late.
    var epochs: [UInt64: EpochRecord] = [:]
    var reporters: [String: ReporterMark] = [:]
    /// Of what serves as stable now, since it does.
    public internal(set) var stableCounts = Counts()
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

    private mutating func apply(_ event: Event, at now: Timestamp) throws(Refusal) -> Change {
        var change = Change()
        let freezes = bringFreezeInLine(at: now)
        // Whatever is due comes before a promotion and after an abort, a breach or a newer version:
        // what the promotion expects is held against what stands then. A bake's end comes after.
        if case .promote = event { settle(&change, at: now, bakesEnd: attempt?.plan.rules == 1) }
        if let request = event.request {
            try check(request)
            try take(event, &change, at: now)
        } else {
            take(fact: event, &change, at: now)
        }
        if let freezes {
            change.isChange = true
            change.summary = join(freezes, change.summary)
        }
        settle(&change, at: now)
        tellHooks(&change, at: now)
        return change
    }

    private mutating func take(_ event: Event, _ change: inout Change, at now: Timestamp)
        throws(Refusal)
    {
        switch event {
        case .apply(let model, let plan, let request):
            try applyPlan(model, plan, request, &change)
        case .deploy(let release, let request): try deploy(release, request, &change, at: now)
        case .promote(let full, let keepsGuards, let request):
            try promote(full, keepsGuards, request, &change, at: now)
        case .skipStep(let request): try skipStep(request, &change, at: now)
        case .goTo(let step, let request): try go(to: step, request, &change, at: now)
        case .pause(let request): try pause(request, &change, at: now)
        case .resume(let request): try resume(request, &change, at: now)
        case .abort(let quarantines, let request):
            try abort(quarantines, request, &change, at: now)
        case .retry(let request): try retry(request, &change, at: now)
        case .rollBack(let number, let fast, let request):
            try rollBack(to: number, fast, request, &change, at: now)
        case .quarantine(let release, let request):
            try quarantine(release, request, &change, at: now)
        case .unquarantine(let manifest, let request):
            try unquarantine(manifest, request, &change)
        case .freeze(let on, let request): freeze(on, request, &change, at: now)
        case .addFreezeWindow(let window, let request):
            try addFreezeWindow(window, request, &change, at: now)
        case .removeFreezeWindow(let name, let request):
            try removeFreezeWindow(name, request, &change, at: now)
        case .verdict, .joined, .acknowledged, .disconnected, .left, .outcomes, .measured,
            .alerted, .hookAnswered, .outage, .restarted, .timer:
            take(fact: event, &change, at: now)
        }
    }

    private mutating func take(fact event: Event, _ change: inout Change, at now: Timestamp) {
        switch event {
        case .verdict(let manifest, let verdict, let why): take(verdict, of: manifest, why, &change)
        case .joined(let name, let role): join(name, role, &change)
        case .acknowledged(let name, let ack): acknowledge(name, ack, &change)
        case .disconnected(let name):
            change.isChange = participants[name] != nil
            participants[name]?.absentSince = now
            noticeDesertion()
        case .left(let name):
            change.isChange = participants.removeValue(forKey: name) != nil
            if change.isChange { change.summary = "\(name) left" }
        case .outcomes(let outcomes): take(outcomes, &change, at: now)
        case .hookAnswered(let key, let isYes, let why): take(answer: isYes, to: key, why, &change)
        case .measured(let measurement): take(measurement, &change, at: now)
        case .alerted(let alert): take(alert, &change, at: now)
        case .outage(let isOut): outage(isOut, &change)
        case .restarted:
            for name in participants.keys where participants[name]?.absentSince == nil {
                participants[name]?.absentSince = now
            }
            noticeDesertion()
            change.summary = "the controller started again"
        case .timer: forgetTheAbsent(&change, at: now)
        case .apply, .deploy, .promote, .skipStep, .goTo, .pause, .resume, .abort, .retry,
            .rollBack, .quarantine, .unquarantine, .freeze, .addFreezeWindow, .removeFreezeWindow:
            break
        }
    }

    private func check(_ request: Event.Request) throws(Refusal) {
        if let revision = request.revision, revision != self.revision {
            throw Refusal(
                .conflict, .otherRevision,
                "\(name) is at revision \(self.revision), not \(revision): \(stateText). "
                    + "Look again and repeat what still holds")
        }
        if let number = request.attempt, number != attempt?.number ?? 0, number != next?.number {
            throw Refusal(
                .conflict, .otherAttempt,
                "attempt \(number) is not the present one of \(name): \(stateText)")
        }
        if let step = request.step, step != attempt?.stepIndex {
            throw Refusal(
                .conflict, .otherStep, "\(name) is not at step \(step + 1): \(stateText)")
        }
    }
}

extension Attempt {
    /// Of the plan, from 0, while in a step.
    public var stepIndex: Int? { if case .step(let index, _) = phase { index } else { nil } }
}
