import CairnCore
import Deployment
import Messages
import Ports

/// A plan as it comes over the wire: what is absent or 0 takes the usual value.
extension Plan {
    /// - Throws: `RPCError.invalidArgument`, with the field that is wrong.
    init(_ spec: PlanSpec?, suite: String) throws {
        guard let spec, !spec.steps.isEmpty else {
            throw RPCError(.invalidArgument, "the target has no plan: expected 1 to 64 steps")
        }
        self.init(steps: try spec.steps.map { try Step($0) })
        guards = try spec.guards.map { try Guard($0) }
        if let spec = spec.watch { watch = try Watch(spec) }
        if let spec = spec.rollback { rollback = try Rollback(spec) }
        ackDeadline = Self.duration(spec.ackDeadlineMs, or: ackDeadline)
        preflightDeadline = Self.duration(spec.preflightDeadlineMs, or: preflightDeadline)
        stepDeadline = Self.duration(spec.stepDeadlineMs, or: stepDeadline)
        onBusy = try Self.word(spec.onBusy, "on_busy", or: onBusy)
        onInconclusive = try Self.word(spec.onInconclusive, "on_inconclusive", or: onInconclusive)
        onNoData = try Self.word(spec.onNoData, "on_no_data", or: onNoData)
        blindLimit = Self.duration(spec.blindLimitMs, or: blindLimit)
        onBlind = try Self.word(spec.onBlind, "on_blind", or: onBlind)
        (allowsDecrease, skipsVerdict) = (spec.allowDecrease, spec.skipVerdict)
        agentsMin = Int(spec.agentsMin)
        onUnsure = try Self.word(spec.onUnsure, "on_unsure", or: onUnsure)
        if spec.deadlineMs != 0 { deadline = .milliseconds(Int64(clamping: spec.deadlineMs)) }
        onDeadline = try Self.word(spec.onDeadline, "on_deadline", or: onDeadline)
        hooks = try spec.hooks.map { try Hook($0) }
        pins = try spec.pins.map { try Pin($0) }
        drill = try spec.drill.map { try DrillRules($0) }
        verdictSuite = try Checks.text(suite, atMost: 128, "suite")
    }

    static func duration(_ milliseconds: some BinaryInteger, or usual: Duration)
        -> Duration
    { milliseconds == 0 ? usual : .milliseconds(Int64(clamping: milliseconds)) }

    static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ text: String, _ field: String, or usual: Word
    ) throws -> Word {
        if text.isEmpty { return usual }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw RPCError(
                .invalidArgument, "\(field) is '\(text.prefix(40))'; expected one of \(words)")
        }
        return word
    }
}

extension Plan.Step {
    init(_ spec: PlanStep) throws {
        guard let weight = BasisPoints(Int(spec.weightBp)) else {
            throw RPCError(
                .invalidArgument,
                "a step's weight is \(spec.weightBp) basis points; 10000 is everything")
        }
        self.init(weight: weight)
        bake = .milliseconds(Int64(spec.bakeMs))
        bakeRequests = try Checks.count(spec.bakeRequests, "bake_requests")
        bakeEvents = try Checks.count(spec.bakeEvents, "bake_events")
        warm = .milliseconds(Int64(spec.warmMs))
        warmRequests = try Checks.count(spec.warmRequests, "warm_requests")
        if spec.manualGate {
            gate = Plan.Gate(
                expiry: spec.gateExpiryMs == 0 ? nil : .milliseconds(Int64(spec.gateExpiryMs)),
                onExpiry: try Plan.word(
                    spec.gateExpiryPolicy, "gate_expiry_policy", or: Plan.Policy.hold))
        }
        kind = try Plan.Kind(spec)
        ramp = Plan.Ramp(milliseconds: spec.rampMs, parts: spec.rampParts)
        if spec.deadlineMs != 0 { deadline = .milliseconds(Int64(clamping: spec.deadlineMs)) }
    }
}

extension Plan.Guard {
    init(_ spec: GuardSpec) throws {
        let kind: Kind
        let alpha = spec.alpha == 0 ? 0.01 : spec.alpha
        switch spec.kind {
        case "failure_rate_max":
            kind = .failureRate(
                bound: spec.bound,
                requestsMin: try Checks.count(max(1, spec.requestsMin), "requests_min"))
        case "arm_eprocess": kind = .armEProcess(alpha: alpha)
        case "arm_eprocess_latency": kind = .slowEProcess(alpha: alpha)
        case "sequential_score_means":
            kind = .scoreMeans(alpha: alpha, effect: spec.effect == 0 ? 0.5 : spec.effect)
        case "paired_beta_mixture": kind = .pairedMixture(alpha: alpha)
        case "prometheus": kind = .measured(Plan.Measure(spec))
        default:
            throw RPCError(
                .invalidArgument,
                "guard \(spec.name) is of kind '\(spec.kind.prefix(40))'; expected "
                    + "failure_rate_max, arm_eprocess, arm_eprocess_latency, "
                    + "sequential_score_means, paired_beta_mixture or prometheus")
        }
        self.init(name: spec.name, kind: kind, observes: spec.observe)
        eventsMin = try Checks.count(spec.eventsMin, "events_min")
        margin = spec.margin == 0 ? nil : spec.margin
    }
}

extension Plan.Watch {
    init(_ spec: WatchSpec) throws {
        self.init()
        duration = Plan.duration(spec.durationMs, or: duration)
        switch spec.policy {
        case "", "roll_back": rollsBack = true
        case "alert": rollsBack = false
        default:
            throw RPCError(
                .invalidArgument,
                "the watch's policy is '\(spec.policy)'; expected roll_back or alert")
        }
        if spec.delta != 0 { delta = spec.delta }
        failureRateMax = spec.failureRateMax
        if spec.requestsMin != 0 {
            requestsMin = try Checks.count(spec.requestsMin, "requests_min")
        }
        runLength = Plan.duration(spec.runLengthMs, or: runLength)
        window = Plan.duration(spec.windowMs, or: window)
        detectors = try spec.detectors.map { try Plan.Detector($0) }
    }
}

extension Plan.Rollback {
    init(_ spec: RollbackSpec) throws {
        self.init()
        deadline = Plan.duration(spec.deadlineMs, or: deadline)
        if spec.verifyRequests != 0 {
            verifyRequests = try Checks.count(spec.verifyRequests, "verify_requests")
        }
        quiet = Plan.duration(spec.quietMs, or: quiet)
        if spec.alpha != 0 { alpha = spec.alpha }
        ramp = Plan.Ramp(milliseconds: spec.rampMs, parts: spec.rampParts)
        window = Plan.duration(spec.windowMs, or: window)
        onUnproven = try Plan.word(spec.onUnproven, "on_unproven", or: onUnproven)
    }
}
