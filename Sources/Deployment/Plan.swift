import CairnCore

/// How a candidate is moved in: steps, guards, the watch behind them, and what ends each wait.
///
/// Pinned when an attempt starts: a plan that is applied later does not touch it.
public struct Plan: Equatable, Sendable {
    public struct Step: Equatable, Sendable {
        public var weight: BasisPoints
        /// All three are minimums: time, requests of the candidate, failures of both arms.
        public var bake: Duration = .zero
        public var bakeRequests = 0
        public var bakeEvents = 0
        /// Not judged yet, by time and by requests of the candidate.
        public var warm: Duration = .zero
        public var warmRequests = 0
        /// Waits for `promote` after the bake.
        public var gate: Gate?
        public var kind = Kind.shift
        /// From the weight before to this one; `nil`: at once.
        public var ramp: Ramp?
        /// `nil`: the plan's `stepDeadline`.
        public var deadline: Duration?

        public init(weight: BasisPoints) { self.weight = weight }
    }

    public struct Gate: Equatable, Sendable {
        /// `nil`: waits for ever, paused to every timer.
        public var expiry: Duration?
        public var onExpiry: Policy

        public init(expiry: Duration?, onExpiry: Policy) {
            (self.expiry, self.onExpiry) = (expiry, onExpiry)
        }
    }

    /// What a wait that ends without a verdict leads to.
    public enum Policy: String, Equatable, Sendable, CaseIterable {
        case hold, rollBack = "roll_back", proceed
    }

    public struct Guard: Equatable, Sendable {
        public enum Kind: Equatable, Sendable {
            /// Trips when the candidate's failure rate exceeds `bound` after `requestsMin` requests.
            case failureRate(bound: Double, requestsMin: Int)
            /// Trips when the arm e-process over failures reaches 1/alpha.
            case armEProcess(alpha: Double)
            /// The same over requests that took longer than the stable arm's 95th percentile.
            case slowEProcess(alpha: Double)
            /// Trips when the candidate's mean score is lower: the t-test that may be watched, on
            /// pairs of the arms' means. `effect`, in deviations of a difference, is the smallest
            /// that matters.
            case scoreMeans(alpha: Double, effect: Double)
            /// Trips when the candidate loses more mirrored requests than it wins.
            case pairedMixture(alpha: Double)
            /// Trips when values of a metrics store lie beyond a limit.
            case measured(Measure)
        }
        public var name: String
        public var kind: Kind
        /// Reports only.
        public var observes: Bool
        /// No step ends with fewer events (failures, slow requests, pairs) of this guard.
        public var eventsMin = 0
        /// No step ends before it is shown that the candidate fails no more often than stable plus
        /// this difference of rates; `nil`: that no evidence stands against it is enough.
        public var margin: Double?

        public init(name: String, kind: Kind, observes: Bool = false) {
            (self.name, self.kind, self.observes) = (name, kind, observes)
        }
    }

    public struct Watch: Equatable, Sendable {
        public var duration: Duration = .seconds(24 * 3600)
        /// Rolls back on drift; otherwise it alerts.
        public var rollsBack = true
        /// ADWIN's delta on the failure rate.
        public var delta = 0.002
        /// 0: no hard threshold.
        public var failureRateMax = 0.0
        public var requestsMin = 50
        /// How long it takes on average until the calibrated detectors, all together, raise a false
        /// alarm.
        public var runLength: Duration = .seconds(100 * 86_400)
        /// The least time that means and histograms are taken over.
        public var window: Duration = .seconds(60)
        /// Beside the failures, which are always watched.
        public var detectors: [Detector] = []

        public init() {}
    }

    public struct Rollback: Equatable, Sendable {
        public var deadline: Duration = .seconds(60)
        /// Requests on stable, without a candidate hit, that prove the way back.
        public var verifyRequests = 20
        /// Without traffic for so long after the last acknowledgement it counts as verified.
        public var quiet: Duration = .seconds(2)
        /// Of the check that failures after are as before.
        public var alpha = 0.01
        /// How a way back that a person orders goes; a broken guard's goes at once.
        public var ramp: Ramp?
        /// For so long after it was proven a version may be gone back to; 0: for ever.
        public var window: Duration = .zero
        /// The deadline passed, all who serve are back, and requests or metrics do not prove it.
        public var onUnproven = Unproven.page

        public init() {}
    }

    public enum Unproven: String, Equatable, Sendable, CaseIterable {
        /// A person is called, and it keeps trying.
        case page
        /// It ends as it is, and its proof says what is missing.
        case accept
    }

    public enum Busy: String, Equatable, Sendable, CaseIterable { case refuse, queue, supersede }
    /// Nothing is promoted that nobody can judge: there is no `proceed`.
    public enum Blind: String, Equatable, Sendable, CaseIterable {
        case hold, rollBack = "roll_back"
    }
    public enum Inconclusive: String, Equatable, Sendable, CaseIterable {
        case hold, reject, proceed
    }

    public var steps: [Step]
    public var guards: [Guard] = []
    public var watch = Watch()
    public var rollback = Rollback()
    public var ackDeadline: Duration = .seconds(30)
    public var preflightDeadline: Duration = .seconds(600)
    public var stepDeadline: Duration = .seconds(24 * 3600)
    public var onBusy = Busy.refuse
    public var onInconclusive = Inconclusive.hold
    public var onNoData = Policy.rollBack
    /// A guard's margin is not shown by the step's deadline.
    public var onUnsure = Policy.hold
    /// Of all steps together; `nil`: none. Then it goes back, or holds for a person.
    public var deadline: Duration?
    public var onDeadline = Blind.rollBack
    /// How long an attempt may be blind (no source of outcomes answers), and what follows: `hold`
    /// calls a person once and waits on.
    public var blindLimit: Duration = .seconds(3600)
    public var onBlind = Blind.hold
    public var allowsDecrease = false
    /// Preflight without an evaluator's verdict.
    public var skipsVerdict = false
    /// Whose verdict preflight asks for; empty: every suite's of the model.
    public var verdictSuite = ""
    /// Agents that must hold the bytes; 0: every one that is there.
    public var agentsMin = 0
    public var drill: DrillRules?
    public var hooks: [Hook] = []
    public var pins: [Pin] = []
    /// Which program's rules hold: a log goes on under those that it was written under.
    /// 1: a bake's end comes before a promotion, guards share alpha evenly (Bonferroni).
    /// 2: a promotion before a bake's end, Holm over the guards.
    /// 3: a way back is compared with what its version did when it last served, latencies too.
    public var rules = 3

    public init(steps: [Step]) { self.steps = steps }

    /// The guards that can roll back, each of which gets its share of alpha.
    var armed: [Guard] { guards.filter { !$0.observes } }

    /// The evidence that an e-process guard must reach while none of the others has: 1/alpha, alpha
    /// shared among the e-process guards that can roll back.
    public func bound(alpha: Double) -> Double {
        let sharing = armed.count { $0.kind.alpha != nil }
        return Double(max(1, sharing)) / alpha
    }

    /// What a plan says, whole: an attempt is pinned to it.
    public var digest: Digest {
        var line = EventLineWriter("plan")
        write(to: &line)
        return Digest(of: Array(line.text.utf8))
    }

    func deadline(of index: Int) -> Duration { steps[index].deadline ?? stepDeadline }
}

extension Plan.Guard.Kind {
    /// `nil` for a threshold.
    var alpha: Double? {
        switch self {
        case .failureRate, .measured: nil
        case .armEProcess(let alpha), .slowEProcess(let alpha), .scoreMeans(let alpha, _),
            .pairedMixture(let alpha):
            alpha
        }
    }
}
