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
        }
        public var name: String
        public var kind: Kind
        /// Reports only.
        public var observes: Bool

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

        public init() {}
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

    public init(steps: [Step]) { self.steps = steps }

    /// The guards that can roll back, each of which gets its share of alpha.
    var armed: [Guard] { guards.filter { !$0.observes } }

    /// The evidence that an e-process guard must reach: 1/alpha, alpha shared among the e-process
    /// guards that can roll back (Bonferroni).
    public func bound(alpha: Double) -> Double {
        let sharing = armed.count { if case .armEProcess = $0.kind { true } else { false } }
        return Double(max(1, sharing)) / alpha
    }

    /// Throws the first rule that the plan breaks.
    public func check() throws(PlanError) {
        guard (1...64).contains(steps.count) else {
            throw PlanError("a plan has 1 to 64 steps, this one \(steps.count)")
        }
        for (step, next) in zip(steps, steps.dropFirst())
        where next.weight < step.weight && !allowsDecrease {
            throw PlanError(
                "the weight falls from \(step.weight) to \(next.weight); steps rise unless the plan "
                    + "says allow_decrease")
        }
        guard Set(guards.map(\.name)).count == guards.count else {
            throw PlanError("two guards have one name; names are unique")
        }
        for item in guards { try check(item) }
        try checkTimes()
        guard watch.delta > 0, watch.delta < 1, (0...1).contains(watch.failureRateMax) else {
            throw PlanError("watch: delta lies between 0 and 1, failure_rate_max from 0 to 1")
        }
        guard (0..<1).contains(rollback.alpha), rollback.alpha != 0, rollback.deadline > .zero
        else {
            throw PlanError("rollback: alpha lies between 0 and 1, the deadline above 0")
        }
    }

    /// No clock runs over: a sum of a moment and a time stays a moment.
    public static let longest = Duration.seconds(10 * 365 * 86_400)

    private func checkTimes() throws(PlanError) {
        let times =
            [
                watch.duration, rollback.deadline, rollback.quiet, ackDeadline, preflightDeadline,
                stepDeadline, blindLimit,
            ] + steps.flatMap { [$0.bake, $0.warm] + [$0.gate?.expiry].compactMap { $0 } }
        guard times.allSatisfy({ $0 >= .zero && $0 <= Self.longest }) else {
            throw PlanError("every time of a plan is from 0 to 10 years")
        }
    }

    private func check(_ item: Guard) throws(PlanError) {
        guard !item.name.isEmpty, item.name.utf8.count <= 128 else {
            throw PlanError("a guard has no name, or one over 128 bytes")
        }
        switch item.kind {
        case .failureRate(let bound, let requestsMin):
            guard bound >= 0, bound < 1, requestsMin >= 1 else {
                throw PlanError(
                    "guard \(item.name): the bound is a rate from 0 up to 1 and requests_min is at "
                        + "least 1; \(bound) and \(requestsMin) would never or always trip")
            }
        case .armEProcess(let alpha):
            guard alpha > 0, alpha < 1 else {
                throw PlanError("guard \(item.name): alpha is \(alpha); it lies between 0 and 1")
            }
        }
    }
}

/// A plan breaks a rule; nothing was changed.
public struct PlanError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
