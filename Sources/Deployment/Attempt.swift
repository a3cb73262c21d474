import CairnCore
import Statistics

/// One try to move one release in. Clocks, counters and evidence live here and end with it.
public struct Attempt: Equatable, Sendable {
    public enum Phase: Equatable, Sendable {
        /// Waits for another attempt or a freeze to end. → preflight, aborted, superseded.
        case queued
        /// Waits for a verdict and for agents to hold the bytes. → step 0, rejected, rollingBack.
        case preflight
        /// The candidate gets the step's weight. → the next step, watching, rollingBack.
        case step(Int, Sub)
        /// The candidate serves everything and is watched. → promoted, rollingBack.
        case watching
        /// It serves, and it is proven. Terminal.
        case promoted
        /// Traffic goes back; ends when every participant has acknowledged and it is verified.
        /// → rolledBack, aborted, superseded, failedRollback.
        case rollingBack
        /// Terminal.
        case rolledBack, aborted, superseded, rejected
        /// The way back could not be verified in time: needs a human, and keeps trying.
        /// → rolledBack, aborted, superseded.
        case failedRollback
    }

    public enum Sub: String, Equatable, Sendable, CaseIterable {
        case shifting, warming, baking, gate
    }

    /// Traffic on its way back.
    public struct WayBack: Equatable, Sendable {
        public var cause: String
        public var from: Release
        /// `nil`: nothing served before.
        public var to: Release?
        public var endsAs: Phase
        public var startedAt: Timestamp
        /// The route that must be acknowledged.
        public var epoch: UInt64 = 0
        public var acknowledgedAt: Timestamp?
        public var verifiedAt: Timestamp?
        /// On stable, under that route or a later one, since the last request that still went to
        /// the candidate.
        public var after = Counts()
        public var candidateHits = 0
        public var lastHitAt: Timestamp?
        /// The same version before, to compare with.
        public var before = Counts()
        public var latenciesAfter = LatencyCounts()
        public var latenciesBefore = LatencyCounts()
        /// Where `before` comes from, for people.
        public var basis = "before"
        public var proof: Proof?
        public var clock: Stopwatch
        public var verification = ""
        /// Until the candidate has no weight any more, where a ramp leads back.
        public var ramp: RampPlace?
    }

    /// How far a ramp has come.
    public struct RampPlace: Equatable, Sendable {
        public var from: BasisPoints
        public var part: Int
        /// Everyone has the present part in force.
        public var isAcknowledged = false

        init(from: BasisPoints, part: Int) { (self.from, self.part) = (from, part) }
    }

    public let number: UInt64
    public let release: Release
    public let plan: Plan
    /// Of the plan, as it was when the attempt was made.
    public let planDigest: Digest
    /// What served when it began, and where it goes back to.
    public let from: Release?
    /// What was complained of before is no complaint about this attempt.
    public let startedAt: Timestamp
    public var phase: Phase
    /// One sentence on how it came to be in this phase.
    public var why: String
    /// Runs since the phase (or the part of a step) began.
    public var phaseClock: Stopwatch
    /// Runs since the step began.
    public var stepClock: Stopwatch
    /// Runs since the first step began.
    public var rolloutClock = Stopwatch()
    /// Steps begun, those that were gone back to counted again: names the calls of hooks.
    public var entryCount = 0
    /// Of the present step, until its whole weight is reached.
    public var ramp: RampPlace?
    /// Waits whose policy is to hold, of which a person was told.
    public var holds: Set<String> = []
    public var evidence: Evidence
    /// What live traffic is compared with; `nil` while nobody has said.
    public internal(set) var reference: Reference?
    public var verdict: Event.Verdict?
    public var verdictWhy = ""
    /// A person promoted it past an inconclusive verdict.
    public var isVerdictWaived = false
    public var pausedBy: String?
    /// No source of outcomes answers: every clock stands but this one.
    public var isBlind = false
    /// Runs while blind and not paused.
    public var blindClock = Stopwatch()
    /// A person was told of the blindness: of an outage at once, else when nobody came back.
    var isBlindnessTold = false
    /// The limit was reached and the plan holds: a person or the outcomes' return ends it.
    public var isHeldBlind = false
    public var wayBack: WayBack?
    /// Steps that somebody ordered past their gate, with who and why.
    public var overrides: [String] = []

    init(
        number: UInt64, release: Release, plan: Plan, from: Release?, phase: Phase, why: String,
        at now: Timestamp
    ) {
        (self.number, self.release, self.plan, self.from) = (number, release, plan, from)
        (self.phase, self.why) = (phase, why)
        (planDigest, startedAt) = (plan.digest, now)
        (phaseClock, stepClock) = (Stopwatch(runningSince: now), Stopwatch(runningSince: now))
        evidence = Evidence(plan: plan)
    }

    /// Traffic or a decision is under way.
    public var isLive: Bool {
        switch phase {
        case .preflight, .step, .watching, .rollingBack: true
        case .queued, .promoted, .rolledBack, .aborted, .superseded, .rejected, .failedRollback:
            false
        }
    }

    /// Another attempt may not begin: this one is live, or its way back is not verified.
    public var isBusy: Bool { isLive || phase == .failedRollback || phase == .queued }

    /// The weight of the present step, as far as its ramp has come; `nil` outside a step.
    public var weight: BasisPoints? {
        guard let index = stepIndex else { return nil }
        let step = plan.steps[index]
        guard let ramp, let rules = step.ramp else { return step.weight }
        return rules.weight(from: ramp.from, to: step.weight, part: ramp.part)
    }

    var standsStill: Bool { pausedBy != nil || isBlind }

    mutating func enter(_ next: Phase, _ reason: String, at now: Timestamp) {
        phase = next
        why = reason
        phaseClock = Stopwatch(runningSince: standsStill ? nil : now)
    }

    /// Live traffic decides what comes next.
    var isJudged: Bool {
        switch phase {
        case .step(_, .shifting): false
        case .step, .watching: true
        case .queued, .preflight, .promoted, .rollingBack, .rolledBack, .aborted, .superseded,
            .rejected, .failedRollback:
            false
        }
    }

    mutating func pause(by actor: String, at now: Timestamp) {
        pausedBy = actor
        stopClocks(at: now)
        blindClock.stop(at: now)
        wayBack?.clock.stop(at: now)
    }

    mutating func resume(at now: Timestamp) {
        pausedBy = nil
        if isBlind { blindClock.start(at: now) } else { startClocks(at: now) }
        wayBack?.clock.start(at: now)
    }

    mutating func beBlind(at now: Timestamp) {
        isBlind = true
        stopClocks(at: now)
        blindClock = Stopwatch(runningSince: pausedBy == nil ? now : nil)
    }

    mutating func seeAgain(at now: Timestamp) {
        (isBlind, isHeldBlind, isBlindnessTold) = (false, false, false)
        blindClock = Stopwatch()
        if pausedBy == nil { startClocks(at: now) }
    }

    private mutating func stopClocks(at now: Timestamp) {
        phaseClock.stop(at: now)
        stepClock.stop(at: now)
        rolloutClock.stop(at: now)
    }

    private mutating func startClocks(at now: Timestamp) {
        phaseClock.start(at: now)
        stepClock.start(at: now)
        if entryCount > 0 { rolloutClock.start(at: now) }
    }
}

/// Requests and how many of them failed.
public struct Counts: Equatable, Sendable {
    public var requests = 0
    public var failures = 0
    public init(requests: Int = 0, failures: Int = 0) {
        (self.requests, self.failures) = (requests, failures)
    }
    public var rate: Double? { requests == 0 ? nil : Double(failures) / Double(requests) }

    mutating func add(_ count: Event.Outcomes.Count) {
        requests += count.requests
        failures += count.failures
    }

    static func + (a: Counts, b: Counts) -> Counts {
        Counts(requests: a.requests + b.requests, failures: a.failures + b.failures)
    }
}
