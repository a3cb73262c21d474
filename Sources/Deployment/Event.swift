import CairnCore

/// What can happen to a target: requests of people, facts from hosts, the passing of time.
public enum Event: Equatable, Sendable {
    // Requests, each with who asks and on what understanding.
    case apply(model: ModelName, plan: Plan, Request)
    case deploy(Release, Request)
    /// One gate; `full`: to the end, an override; `keepsGuards`: to the last step, which is judged.
    case promote(full: Bool, keepsGuards: Bool = false, Request)
    /// To the step after this one, an override.
    case skipStep(Request)
    /// To a step of the plan, from 0; back always, forward as an override.
    case goTo(step: Int, Request)
    case pause(Request)
    case resume(Request)
    case abort(quarantines: Bool = false, Request)
    case retry(Request)
    /// To a proven version; `nil`: from a live attempt to stable, else to the version before.
    /// `fast`: at once, whatever ramp the plan has.
    case rollBack(to: VersionNumber?, fast: Bool = false, Request)
    case quarantine(Release, Request)
    case unquarantine(Digest, Request)
    case freeze(Bool, Request)
    case addFreezeWindow(FreezeWindow, Request)
    case removeFreezeWindow(name: String, Request)
    /// Rehearses the way back.
    case drill(Request)

    // Facts.
    case verdict(manifest: Digest, Verdict, why: String)
    /// What an attempt's version did on its test set, or that nothing is known of it.
    case reference(attempt: UInt64, Reference)
    case joined(name: String, role: Role)
    case acknowledged(name: String, Acknowledgement)
    case disconnected(name: String)
    case left(name: String)
    case outcomes(Outcomes)
    /// A program's answer to a call of a hook; `key` names the call.
    case hookAnswered(key: String, isYes: Bool, why: String)
    /// A group's rollout goes no further here than `step`, from 0; `nil`: it is over.
    case barrier(group: String, step: Int?)
    /// A metrics store's answer to a guard's question.
    case measured(Measurement)
    /// A monitor says that a version on its way in has to go back.
    case alerted(Alert)
    /// No source of outcomes can be reached; `false`: it is back.
    case outage(Bool)
    /// The controller started again: whoever was connected no longer is.
    case restarted
    /// A controller took the lease; whoever had a smaller token changes nothing any more.
    case led(token: UInt64)
    /// Time passed, up to the moment that the event carries.
    case timer

    public struct Request: Equatable, Sendable {
        public var actor: String
        public var reason: String
        /// What the caller believes; `nil`: whatever it is.
        public var revision: UInt64?
        public var attempt: UInt64?
        public var step: Int?

        public init(
            actor: String, reason: String = "", revision: UInt64? = nil, attempt: UInt64? = nil,
            step: Int? = nil
        ) {
            (self.actor, self.reason) = (actor, reason)
            (self.revision, self.attempt, self.step) = (revision, attempt, step)
        }
    }

    public enum Verdict: String, Equatable, Sendable, CaseIterable {
        case pass, fail, inconclusive, error
    }

    public enum Role: String, Equatable, Sendable, CaseIterable { case router, agent }

    /// A participant has put a route in force, or says why it could not.
    public struct Acknowledgement: Equatable, Sendable {
        public var epoch: UInt64
        /// Agents: manifests on disk, verified.
        public var held: [Digest]
        public var loadedStable: Digest?
        public var loadedCandidate: Digest?
        /// Empty: the route is in force.
        public var problem: String

        public init(
            epoch: UInt64, held: [Digest] = [], loadedStable: Digest? = nil,
            loadedCandidate: Digest? = nil, problem: String = ""
        ) {
            (self.epoch, self.held, self.problem) = (epoch, held, problem)
            (self.loadedStable, self.loadedCandidate) = (loadedStable, loadedCandidate)
        }
    }

    /// Who asked, where somebody did.
    public var request: Request? {
        switch self {
        case .apply(_, _, let request), .deploy(_, let request), .promote(_, _, let request),
            .skipStep(let request), .goTo(_, let request), .pause(let request),
            .resume(let request), .abort(_, let request), .retry(let request),
            .rollBack(_, _, let request), .quarantine(_, let request),
            .unquarantine(_, let request), .freeze(_, let request),
            .addFreezeWindow(_, let request), .removeFreezeWindow(_, let request),
            .drill(let request):
            request
        case .verdict, .reference, .joined, .acknowledged, .disconnected, .left, .outcomes,
            .measured, .alerted, .hookAnswered, .barrier, .outage, .restarted, .led, .timer:
            nil
        }
    }
}

/// What the shell has to do, in this order, after the event is in the log.
public enum Effect: Equatable, Sendable {
    case publish(Route)
    case pin(Digest, why: String)
    case unpin(Digest)
    case askVerdict(Release)
    /// Once for each try; the key stays the same.
    case call(HookCall)
    /// Told once: the id is the event's place in the log.
    case notify(String)
}

/// What an event did.
public struct Change: Equatable, Sendable {
    public var effects: [Effect] = []
    /// One sentence for people, in the past tense; the audit log shows it.
    public var summary = ""
    /// False: it was so already.
    public var isChange = true
    /// Reached by this event, for good.
    public var verdicts: [GuardVerdict] = []
    /// Ended by this event, each with its proof.
    public var rollbacks: [Target.RollbackRecord] = []
    public var drills: [DrillRecord] = []
}
