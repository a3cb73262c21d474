// Generated from proto/controller.proto by `cairn-dev generate`. Do not edit.

import CCairnMessages

/// The calls of `cairn.Controller`.
public enum ControllerMethods {
    public static let applyTarget = Method<TargetSpec, TargetStatus>(
        id: 0x0301, name: "Controller/ApplyTarget", shape: .unary)
    public static let listTargets = Method<ListTargets, TargetList>(
        id: 0x0302, name: "Controller/ListTargets", shape: .unary)
    public static let getTargetStatus = Method<GetTargetStatus, TargetStatus>(
        id: 0x0303, name: "Controller/GetTargetStatus", shape: .unary)
    public static let watchTargetStatus = Method<GetTargetStatus, TargetStatus>(
        id: 0x0304, name: "Controller/WatchTargetStatus", shape: .serverStream)
    public static let deploy = Method<Deploy, VerbReply>(
        id: 0x0310, name: "Controller/Deploy", shape: .unary)
    public static let promote = Method<Verb, VerbReply>(
        id: 0x0311, name: "Controller/Promote", shape: .unary)
    public static let pause = Method<Verb, VerbReply>(
        id: 0x0312, name: "Controller/Pause", shape: .unary)
    public static let resume = Method<Verb, VerbReply>(
        id: 0x0313, name: "Controller/Resume", shape: .unary)
    public static let abort = Method<Verb, VerbReply>(
        id: 0x0314, name: "Controller/Abort", shape: .unary)
    public static let retry = Method<Verb, VerbReply>(
        id: 0x0315, name: "Controller/Retry", shape: .unary)
    public static let rollback = Method<Rollback, VerbReply>(
        id: 0x0316, name: "Controller/Rollback", shape: .unary)
    public static let unquarantine = Method<Unquarantine, VerbReply>(
        id: 0x0317, name: "Controller/Unquarantine", shape: .unary)
    public static let setFreeze = Method<SetFreeze, VerbReply>(
        id: 0x0318, name: "Controller/SetFreeze", shape: .unary)
    public static let skipStep = Method<Verb, VerbReply>(
        id: 0x0319, name: "Controller/SkipStep", shape: .unary)
    public static let goToStep = Method<Verb, VerbReply>(
        id: 0x031A, name: "Controller/GoToStep", shape: .unary)
    public static let quarantine = Method<Quarantine, VerbReply>(
        id: 0x031B, name: "Controller/Quarantine", shape: .unary)
    public static let setFreezeWindow = Method<SetFreezeWindow, VerbReply>(
        id: 0x031C, name: "Controller/SetFreezeWindow", shape: .unary)
    public static let answerHook = Method<AnswerHook, HookAnswered>(
        id: 0x031D, name: "Controller/AnswerHook", shape: .unary)
    public static let verdictReached = Method<VerdictReached, Done>(
        id: 0x0320, name: "Controller/VerdictReached", shape: .unary)
    public static let serve = Method<ParticipantMessage, RouteTable>(
        id: 0x0330, name: "Controller/Serve", shape: .bidirectional)
    public static let reportOutcomes = Method<ReportOutcomes, OutcomesAccepted>(
        id: 0x0331, name: "Controller/ReportOutcomes", shape: .unary)
    public static let getHistory = Method<GetHistory, HistoryEntry>(
        id: 0x0340, name: "Controller/GetHistory", shape: .serverStream)
    public static let verifyAudit = Method<VerifyAudit, AuditReport>(
        id: 0x0341, name: "Controller/VerifyAudit", shape: .unary)
    public static let getVerdicts = Method<GetVerdicts, VerdictList>(
        id: 0x0342, name: "Controller/GetVerdicts", shape: .unary)
    public static let drill = Method<Verb, VerbReply>(
        id: 0x0370, name: "Controller/Drill", shape: .unary)
    public static let getDrills = Method<GetDrills, DrillList>(
        id: 0x0371, name: "Controller/GetDrills", shape: .unary)
    public static let getProofs = Method<GetProofs, ProofList>(
        id: 0x0372, name: "Controller/GetProofs", shape: .unary)
    public static let listNotices = Method<ListNotices, NoticeList>(
        id: 0x0373, name: "Controller/ListNotices", shape: .unary)
    public static let testNotice = Method<TestNotice, NoticeRecord>(
        id: 0x0374, name: "Controller/TestNotice", shape: .unary)
    public static let applyGroup = Method<GroupSpec, GroupStatus>(
        id: 0x0378, name: "Controller/ApplyGroup", shape: .unary)
    public static let listGroups = Method<ListGroups, GroupList>(
        id: 0x0379, name: "Controller/ListGroups", shape: .unary)
    public static let deployGroup = Method<DeployGroup, GroupReply>(
        id: 0x037A, name: "Controller/DeployGroup", shape: .unary)
    public static let abortGroup = Method<AbortGroup, GroupReply>(
        id: 0x037B, name: "Controller/AbortGroup", shape: .unary)
    public static let getControllerStatus = Method<GetControllerStatus, ControllerStatus>(
        id: 0x0350, name: "Controller/GetControllerStatus", shape: .unary)
}

public enum ParticipantRole: UInt32, Sendable, CaseIterable {
    /// splits traffic by the table
    case router = 1
    /// holds the bytes on a serving host
    case agent = 2

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

public enum ArmKind: UInt32, Sendable, CaseIterable {
    case stable = 1
    case candidate = 2
    /// the second copy of stable
    case baseline = 3
    /// the candidate's unseen answers
    case mirror = 4

    init(_ raw: UInt32, _ field: StaticString) throws(MessageError) {
        guard let value = Self(rawValue: raw) else {
            throw MessageError(
                .unknownEnum, raw == 0 ? "\(field) is not set" : "\(field) holds \(raw), unknown here")
        }
        self = value
    }
}

/// One step of a plan.
public struct PlanStep: Sendable, Equatable {
    /// candidate's share in basis points, 0 to 10,000
    public var weightBp: UInt32
    /// minimum time,
    public var bakeMs: UInt32
    /// and minimum requests of the candidate,
    public var bakeRequests: UInt64
    /// and minimum failures of both arms together, before the next step
    public var bakeEvents: UInt64
    /// not judged yet
    public var warmMs: UInt32
    public var warmRequests: UInt64
    /// waits for `promote`
    public var manualGate: Bool
    /// 0: never
    public var gateExpiryMs: UInt32
    /// "hold" (default), "roll_back", "proceed"
    public var gateExpiryPolicy: String
    /// "shift" (default), "mirror", "experiment", "hook"
    public var kind: String
    /// mirror: of the requests, that the candidate answers too
    public var mirrorBp: UInt32
    /// hook: the name of one with point "step"
    public var hook: String
    /// from the weight before to this one; 0: at once
    public var rampMs: UInt64
    /// 2 to 100, each acknowledged before the next
    public var rampParts: UInt32
    /// 0: the plan's step_deadline_ms
    public var deadlineMs: UInt64

    public init(
        weightBp: UInt32 = 0,
        bakeMs: UInt32 = 0,
        bakeRequests: UInt64 = 0,
        bakeEvents: UInt64 = 0,
        warmMs: UInt32 = 0,
        warmRequests: UInt64 = 0,
        manualGate: Bool = false,
        gateExpiryMs: UInt32 = 0,
        gateExpiryPolicy: String = "",
        kind: String = "",
        mirrorBp: UInt32 = 0,
        hook: String = "",
        rampMs: UInt64 = 0,
        rampParts: UInt32 = 0,
        deadlineMs: UInt64 = 0
    ) {
        self.weightBp = weightBp
        self.bakeMs = bakeMs
        self.bakeRequests = bakeRequests
        self.bakeEvents = bakeEvents
        self.warmMs = warmMs
        self.warmRequests = warmRequests
        self.manualGate = manualGate
        self.gateExpiryMs = gateExpiryMs
        self.gateExpiryPolicy = gateExpiryPolicy
        self.kind = kind
        self.mirrorBp = mirrorBp
        self.hook = hook
        self.rampMs = rampMs
        self.rampParts = rampParts
        self.deadlineMs = deadlineMs
    }
}

extension PlanStep: WireMessage {
    public static let name = "cairn.PlanStep"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__plan_step__unpack) {
            (c: Cairn__PlanStep) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PlanStep) throws(MessageError) {
        self.weightBp = c.weight_bp
        self.bakeMs = c.bake_ms
        self.bakeRequests = c.bake_requests
        self.bakeEvents = c.bake_events
        self.warmMs = c.warm_ms
        self.warmRequests = c.warm_requests
        self.manualGate = c.manual_gate != 0
        self.gateExpiryMs = c.gate_expiry_ms
        self.gateExpiryPolicy = try Arena.text(c.gate_expiry_policy, "PlanStep.gate_expiry_policy")
        self.kind = try Arena.text(c.kind, "PlanStep.kind")
        self.mirrorBp = c.mirror_bp
        self.hook = try Arena.text(c.hook, "PlanStep.hook")
        self.rampMs = c.ramp_ms
        self.rampParts = c.ramp_parts
        self.deadlineMs = c.deadline_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PlanStep> {
        let c = try arena.new(Cairn__PlanStep.self)
        cairn__plan_step__init(c)
        c.pointee.weight_bp = weightBp
        c.pointee.bake_ms = bakeMs
        c.pointee.bake_requests = bakeRequests
        c.pointee.bake_events = bakeEvents
        c.pointee.warm_ms = warmMs
        c.pointee.warm_requests = warmRequests
        c.pointee.manual_gate = manualGate ? 1 : 0
        c.pointee.gate_expiry_ms = gateExpiryMs
        if !gateExpiryPolicy.isEmpty { c.pointee.gate_expiry_policy = try arena.string(gateExpiryPolicy, "PlanStep.gate_expiry_policy") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "PlanStep.kind") }
        c.pointee.mirror_bp = mirrorBp
        if !hook.isEmpty { c.pointee.hook = try arena.string(hook, "PlanStep.hook") }
        c.pointee.ramp_ms = rampMs
        c.pointee.ramp_parts = rampParts
        c.pointee.deadline_ms = deadlineMs
        return c
    }
}

/// A metric that can roll back.
public struct GuardSpec: Sendable, Equatable {
    /// "errors"
    public var name: String
    /// "failure_rate_max" (hard threshold), "arm_eprocess" (failures),
    public var kind: String
    /// "arm_eprocess_latency" (over stable's 95th percentile), "sequential_score_means", "paired_beta_mixture" (mirrored requests) failure_rate_max: 0 to 1
    public var bound: Double
    /// failure_rate_max: judged from so many candidate requests on
    public var requestsMin: UInt64
    /// all but failure_rate_max; 0 means 0.01
    public var alpha: Double
    /// reports only
    public var observe: Bool
    /// no step ends with fewer events of this guard
    public var eventsMin: UInt64
    /// a step ends when the candidate is shown to fail at most so much
    public var margin: Double
    /// more, as a difference of rates; 0: nothing has to be shown sequential_score_means: the smallest that matters, in deviations of
    public var effect: Double
    /// a difference; 0 means 0.5 prometheus: PromQL with one series for each version
    public var query: String
    /// prometheus: of the series, holds the version's number
    public var label: String
    /// prometheus: breaks below `bound` instead of above it
    public var below: Bool
    /// prometheus: from question to question; 0 means 10,000
    public var intervalMs: UInt64
    /// prometheus: 0 asks for the present value, else for all of this time
    public var rangeMs: UInt64
    /// prometheus: from value to value of the range; 0 means 15,000
    public var resolutionMs: UInt64
    /// prometheus: breaks when so many; 0 means 1,
    public var breaches: UInt32
    /// prometheus: of the last values are beyond `bound`; 0 means `breaches`
    public var last: UInt32
    /// prometheus: so many failed questions in a row blind; 0 means 3
    public var errorsMax: UInt32

    public init(
        name: String = "",
        kind: String = "",
        bound: Double = 0,
        requestsMin: UInt64 = 0,
        alpha: Double = 0,
        observe: Bool = false,
        eventsMin: UInt64 = 0,
        margin: Double = 0,
        effect: Double = 0,
        query: String = "",
        label: String = "",
        below: Bool = false,
        intervalMs: UInt64 = 0,
        rangeMs: UInt64 = 0,
        resolutionMs: UInt64 = 0,
        breaches: UInt32 = 0,
        last: UInt32 = 0,
        errorsMax: UInt32 = 0
    ) {
        self.name = name
        self.kind = kind
        self.bound = bound
        self.requestsMin = requestsMin
        self.alpha = alpha
        self.observe = observe
        self.eventsMin = eventsMin
        self.margin = margin
        self.effect = effect
        self.query = query
        self.label = label
        self.below = below
        self.intervalMs = intervalMs
        self.rangeMs = rangeMs
        self.resolutionMs = resolutionMs
        self.breaches = breaches
        self.last = last
        self.errorsMax = errorsMax
    }
}

extension GuardSpec: WireMessage {
    public static let name = "cairn.GuardSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__guard_spec__unpack) {
            (c: Cairn__GuardSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GuardSpec) throws(MessageError) {
        self.name = try Arena.text(c.name, "GuardSpec.name")
        self.kind = try Arena.text(c.kind, "GuardSpec.kind")
        self.bound = c.bound
        self.requestsMin = c.requests_min
        self.alpha = c.alpha
        self.observe = c.observe != 0
        self.eventsMin = c.events_min
        self.margin = c.margin
        self.effect = c.effect
        self.query = try Arena.text(c.query, "GuardSpec.query")
        self.label = try Arena.text(c.label, "GuardSpec.label")
        self.below = c.below != 0
        self.intervalMs = c.interval_ms
        self.rangeMs = c.range_ms
        self.resolutionMs = c.resolution_ms
        self.breaches = c.breaches
        self.last = c.last
        self.errorsMax = c.errors_max
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GuardSpec> {
        let c = try arena.new(Cairn__GuardSpec.self)
        cairn__guard_spec__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "GuardSpec.name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "GuardSpec.kind") }
        c.pointee.bound = bound
        c.pointee.requests_min = requestsMin
        c.pointee.alpha = alpha
        c.pointee.observe = observe ? 1 : 0
        c.pointee.events_min = eventsMin
        c.pointee.margin = margin
        c.pointee.effect = effect
        if !query.isEmpty { c.pointee.query = try arena.string(query, "GuardSpec.query") }
        if !label.isEmpty { c.pointee.label = try arena.string(label, "GuardSpec.label") }
        c.pointee.below = below ? 1 : 0
        c.pointee.interval_ms = intervalMs
        c.pointee.range_ms = rangeMs
        c.pointee.resolution_ms = resolutionMs
        c.pointee.breaches = breaches
        c.pointee.last = last
        c.pointee.errors_max = errorsMax
        return c
    }
}

/// A program outside that is asked, or told, at a point of every rollout.
public struct HookSpec: Sendable, Equatable {
    /// 1 to 64 of a-z, 0-9, - and _
    public var name: String
    /// asked: "confirm_rollout", "pre_rollout", "rollout" (end of each
    public var point: String
    /// bake), "confirm_increase", "confirm_promotion", "step" (by a step that names it); told: "post_rollout", "rollback", "event" of one call; 0 means 30,000
    public var timeoutMs: UInt64
    /// after the first call, 0 to 20
    public var retries: UInt32
    /// a no, or no answer: "roll_back" (default), "hold", "proceed"
    public var onFailure: String

    public init(
        name: String = "",
        point: String = "",
        timeoutMs: UInt64 = 0,
        retries: UInt32 = 0,
        onFailure: String = ""
    ) {
        self.name = name
        self.point = point
        self.timeoutMs = timeoutMs
        self.retries = retries
        self.onFailure = onFailure
    }
}

extension HookSpec: WireMessage {
    public static let name = "cairn.HookSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__hook_spec__unpack) {
            (c: Cairn__HookSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HookSpec) throws(MessageError) {
        self.name = try Arena.text(c.name, "HookSpec.name")
        self.point = try Arena.text(c.point, "HookSpec.point")
        self.timeoutMs = c.timeout_ms
        self.retries = c.retries
        self.onFailure = try Arena.text(c.on_failure, "HookSpec.on_failure")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HookSpec> {
        let c = try arena.new(Cairn__HookSpec.self)
        cairn__hook_spec__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "HookSpec.name") }
        if !point.isEmpty { c.pointee.point = try arena.string(point, "HookSpec.point") }
        c.pointee.timeout_ms = timeoutMs
        c.pointee.retries = retries
        if !onFailure.isEmpty { c.pointee.on_failure = try arena.string(onFailure, "HookSpec.on_failure") }
        return c
    }
}

/// Requests that go to one arm whatever the weight. One of key, prefix and cohort is set.
public struct PinSpec: Sendable, Equatable {
    public var key: String
    public var prefix: String
    /// a list of keys that hosts know by this name
    public var cohort: String
    /// "stable" or "candidate"
    public var arm: String

    public init(
        key: String = "",
        prefix: String = "",
        cohort: String = "",
        arm: String = ""
    ) {
        self.key = key
        self.prefix = prefix
        self.cohort = cohort
        self.arm = arm
    }
}

extension PinSpec: WireMessage {
    public static let name = "cairn.PinSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__pin_spec__unpack) {
            (c: Cairn__PinSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PinSpec) throws(MessageError) {
        self.key = try Arena.text(c.key, "PinSpec.key")
        self.prefix = try Arena.text(c.prefix, "PinSpec.prefix")
        self.cohort = try Arena.text(c.cohort, "PinSpec.cohort")
        self.arm = try Arena.text(c.arm, "PinSpec.arm")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PinSpec> {
        let c = try arena.new(Cairn__PinSpec.self)
        cairn__pin_spec__init(c)
        if !key.isEmpty { c.pointee.key = try arena.string(key, "PinSpec.key") }
        if !prefix.isEmpty { c.pointee.prefix = try arena.string(prefix, "PinSpec.prefix") }
        if !cohort.isEmpty { c.pointee.cohort = try arena.string(cohort, "PinSpec.cohort") }
        if !arm.isEmpty { c.pointee.arm = try arena.string(arm, "PinSpec.arm") }
        return c
    }
}

/// What goes on after the last step.
public struct WatchSpec: Sendable, Equatable {
    /// 0 means 24 h
    public var durationMs: UInt64
    /// "roll_back" (default) or "alert"
    public var policy: String
    /// ADWIN on the failure rate; 0 means 0.002
    public var delta: Double
    /// 0: no hard threshold
    public var failureRateMax: Double
    /// for the hard threshold
    public var requestsMin: UInt64
    /// on average until the calibrated detectors, all together, raise a false
    public var runLengthMs: UInt64
    /// alarm; 0 means 100 days the least time that means and histograms are taken over; 0: 60,000
    public var windowMs: UInt64
    /// at most 32
    public var detectors: [DetectorSpec]

    public init(
        durationMs: UInt64 = 0,
        policy: String = "",
        delta: Double = 0,
        failureRateMax: Double = 0,
        requestsMin: UInt64 = 0,
        runLengthMs: UInt64 = 0,
        windowMs: UInt64 = 0,
        detectors: [DetectorSpec] = []
    ) {
        self.durationMs = durationMs
        self.policy = policy
        self.delta = delta
        self.failureRateMax = failureRateMax
        self.requestsMin = requestsMin
        self.runLengthMs = runLengthMs
        self.windowMs = windowMs
        self.detectors = detectors
    }
}

extension WatchSpec: WireMessage {
    public static let name = "cairn.WatchSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__watch_spec__unpack) {
            (c: Cairn__WatchSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__WatchSpec) throws(MessageError) {
        self.durationMs = c.duration_ms
        self.policy = try Arena.text(c.policy, "WatchSpec.policy")
        self.delta = c.delta
        self.failureRateMax = c.failure_rate_max
        self.requestsMin = c.requests_min
        self.runLengthMs = c.run_length_ms
        self.windowMs = c.window_ms
        self.detectors = try Arena.map(c.detectors, c.n_detectors) { item throws(MessageError) in try DetectorSpec(try Arena.pointee(item, "WatchSpec.detectors")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__WatchSpec> {
        let c = try arena.new(Cairn__WatchSpec.self)
        cairn__watch_spec__init(c)
        c.pointee.duration_ms = durationMs
        if !policy.isEmpty { c.pointee.policy = try arena.string(policy, "WatchSpec.policy") }
        c.pointee.delta = delta
        c.pointee.failure_rate_max = failureRateMax
        c.pointee.requests_min = requestsMin
        c.pointee.run_length_ms = runLengthMs
        c.pointee.window_ms = windowMs
        let detectorsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DetectorSpec>?.self, count: detectors.count)
        for (index, value) in detectors.enumerated() { detectorsItems[index] = try value.fill(arena) }
        c.pointee.n_detectors = detectors.count
        c.pointee.detectors = detectorsItems
        return c
    }
}

/// What the watch looks at beside the failures.
public struct DetectorSpec: Sendable, Equatable {
    /// no guard's, and not "watch"
    public var name: String
    /// "adwin_latency" (share of requests over the first 95th percentile),
    public var kind: String
    /// "cusum_scores", "cusum_latency" (means of windows), "psi" (a column of the evaluator's reference) psi: "score", "input.length", as `cairn reference` lists them
    public var column: String
    /// psi: 0 means 0.1; cusum_scores: in the scores' unit, 0: any;
    public var smallestEffect: Double
    /// cusum_latency: a share, 0 means 0.1 "roll_back" (default), "alert"
    public var policy: String

    public init(
        name: String = "",
        kind: String = "",
        column: String = "",
        smallestEffect: Double = 0,
        policy: String = ""
    ) {
        self.name = name
        self.kind = kind
        self.column = column
        self.smallestEffect = smallestEffect
        self.policy = policy
    }
}

extension DetectorSpec: WireMessage {
    public static let name = "cairn.DetectorSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__detector_spec__unpack) {
            (c: Cairn__DetectorSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DetectorSpec) throws(MessageError) {
        self.name = try Arena.text(c.name, "DetectorSpec.name")
        self.kind = try Arena.text(c.kind, "DetectorSpec.kind")
        self.column = try Arena.text(c.column, "DetectorSpec.column")
        self.smallestEffect = c.smallest_effect
        self.policy = try Arena.text(c.policy, "DetectorSpec.policy")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DetectorSpec> {
        let c = try arena.new(Cairn__DetectorSpec.self)
        cairn__detector_spec__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "DetectorSpec.name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "DetectorSpec.kind") }
        if !column.isEmpty { c.pointee.column = try arena.string(column, "DetectorSpec.column") }
        c.pointee.smallest_effect = smallestEffect
        if !policy.isEmpty { c.pointee.policy = try arena.string(policy, "DetectorSpec.policy") }
        return c
    }
}

public struct RollbackSpec: Sendable, Equatable {
    /// 0 means 60,000; then failed_rollback, and it keeps trying
    public var deadlineMs: UInt32
    /// requests seen on stable with no candidate hit
    public var verifyRequests: UInt64
    /// without traffic it counts as verified after this time; 0 means 2,000
    public var quietMs: UInt32
    /// of the metric check; 0 means 0.01
    public var alpha: Double
    /// of a way back that a person orders; 0: at once
    public var rampMs: UInt64
    /// 2 to 100
    public var rampParts: UInt32
    /// a version that stopped serving longer ago is no way back; 0: any
    public var windowMs: UInt64
    /// all are back, and the deadline passed without proof: "page" (default)
    public var onUnproven: String

    public init(
        deadlineMs: UInt32 = 0,
        verifyRequests: UInt64 = 0,
        quietMs: UInt32 = 0,
        alpha: Double = 0,
        rampMs: UInt64 = 0,
        rampParts: UInt32 = 0,
        windowMs: UInt64 = 0,
        onUnproven: String = ""
    ) {
        self.deadlineMs = deadlineMs
        self.verifyRequests = verifyRequests
        self.quietMs = quietMs
        self.alpha = alpha
        self.rampMs = rampMs
        self.rampParts = rampParts
        self.windowMs = windowMs
        self.onUnproven = onUnproven
    }
}

extension RollbackSpec: WireMessage {
    public static let name = "cairn.RollbackSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__rollback_spec__unpack) {
            (c: Cairn__RollbackSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RollbackSpec) throws(MessageError) {
        self.deadlineMs = c.deadline_ms
        self.verifyRequests = c.verify_requests
        self.quietMs = c.quiet_ms
        self.alpha = c.alpha
        self.rampMs = c.ramp_ms
        self.rampParts = c.ramp_parts
        self.windowMs = c.window_ms
        self.onUnproven = try Arena.text(c.on_unproven, "RollbackSpec.on_unproven")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RollbackSpec> {
        let c = try arena.new(Cairn__RollbackSpec.self)
        cairn__rollback_spec__init(c)
        c.pointee.deadline_ms = deadlineMs
        c.pointee.verify_requests = verifyRequests
        c.pointee.quiet_ms = quietMs
        c.pointee.alpha = alpha
        c.pointee.ramp_ms = rampMs
        c.pointee.ramp_parts = rampParts
        c.pointee.window_ms = windowMs
        if !onUnproven.isEmpty { c.pointee.on_unproven = try arena.string(onUnproven, "RollbackSpec.on_unproven") }
        return c
    }
}

public struct PlanSpec: Sendable, Equatable {
    /// 1 to 64
    public var steps: [PlanStep]
    public var guards: [GuardSpec]
    public var watch: WatchSpec?
    public var rollback: RollbackSpec?
    /// 0 means 30,000
    public var ackDeadlineMs: UInt32
    /// 0 means 600,000
    public var preflightDeadlineMs: UInt32
    /// 0 means 24 h
    public var stepDeadlineMs: UInt32
    /// another version submitted: "refuse" (default), "queue", "supersede"
    public var onBusy: String
    /// verdict: "hold" (default), "reject", "proceed"
    public var onInconclusive: String
    /// step deadline without data: "hold", "roll_back" (default), "proceed"
    public var onNoData: String
    public var allowDecrease: Bool
    /// preflight without an evaluator's verdict
    public var skipVerdict: Bool
    /// agents that must hold the bytes; 0 means every one that is there
    public var agentsMin: UInt32
    /// no outcomes come; 0 means 1 h
    public var blindLimitMs: UInt32
    /// blind for so long: "hold" (default), "roll_back"
    public var onBlind: String
    /// a margin not shown by the deadline: "hold" (default), "roll_back",
    public var onUnsure: String
    /// "proceed" of all steps together; 0: none
    public var deadlineMs: UInt64
    /// "roll_back" (default), "hold"
    public var onDeadline: String
    /// at most 32
    public var hooks: [HookSpec]
    /// at most 64, asked in order
    public var pins: [PinSpec]
    /// absent: drills only when somebody asks, within 60 s
    public var drill: DrillSpec?

    public init(
        steps: [PlanStep] = [],
        guards: [GuardSpec] = [],
        watch: WatchSpec? = nil,
        rollback: RollbackSpec? = nil,
        ackDeadlineMs: UInt32 = 0,
        preflightDeadlineMs: UInt32 = 0,
        stepDeadlineMs: UInt32 = 0,
        onBusy: String = "",
        onInconclusive: String = "",
        onNoData: String = "",
        allowDecrease: Bool = false,
        skipVerdict: Bool = false,
        agentsMin: UInt32 = 0,
        blindLimitMs: UInt32 = 0,
        onBlind: String = "",
        onUnsure: String = "",
        deadlineMs: UInt64 = 0,
        onDeadline: String = "",
        hooks: [HookSpec] = [],
        pins: [PinSpec] = [],
        drill: DrillSpec? = nil
    ) {
        self.steps = steps
        self.guards = guards
        self.watch = watch
        self.rollback = rollback
        self.ackDeadlineMs = ackDeadlineMs
        self.preflightDeadlineMs = preflightDeadlineMs
        self.stepDeadlineMs = stepDeadlineMs
        self.onBusy = onBusy
        self.onInconclusive = onInconclusive
        self.onNoData = onNoData
        self.allowDecrease = allowDecrease
        self.skipVerdict = skipVerdict
        self.agentsMin = agentsMin
        self.blindLimitMs = blindLimitMs
        self.onBlind = onBlind
        self.onUnsure = onUnsure
        self.deadlineMs = deadlineMs
        self.onDeadline = onDeadline
        self.hooks = hooks
        self.pins = pins
        self.drill = drill
    }
}

extension PlanSpec: WireMessage {
    public static let name = "cairn.PlanSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__plan_spec__unpack) {
            (c: Cairn__PlanSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PlanSpec) throws(MessageError) {
        self.steps = try Arena.map(c.steps, c.n_steps) { item throws(MessageError) in try PlanStep(try Arena.pointee(item, "PlanSpec.steps")) }
        self.guards = try Arena.map(c.guards, c.n_guards) { item throws(MessageError) in try GuardSpec(try Arena.pointee(item, "PlanSpec.guards")) }
        self.watch = if let pointer = c.watch { try WatchSpec(pointer.pointee) } else { nil }
        self.rollback = if let pointer = c.rollback { try RollbackSpec(pointer.pointee) } else { nil }
        self.ackDeadlineMs = c.ack_deadline_ms
        self.preflightDeadlineMs = c.preflight_deadline_ms
        self.stepDeadlineMs = c.step_deadline_ms
        self.onBusy = try Arena.text(c.on_busy, "PlanSpec.on_busy")
        self.onInconclusive = try Arena.text(c.on_inconclusive, "PlanSpec.on_inconclusive")
        self.onNoData = try Arena.text(c.on_no_data, "PlanSpec.on_no_data")
        self.allowDecrease = c.allow_decrease != 0
        self.skipVerdict = c.skip_verdict != 0
        self.agentsMin = c.agents_min
        self.blindLimitMs = c.blind_limit_ms
        self.onBlind = try Arena.text(c.on_blind, "PlanSpec.on_blind")
        self.onUnsure = try Arena.text(c.on_unsure, "PlanSpec.on_unsure")
        self.deadlineMs = c.deadline_ms
        self.onDeadline = try Arena.text(c.on_deadline, "PlanSpec.on_deadline")
        self.hooks = try Arena.map(c.hooks, c.n_hooks) { item throws(MessageError) in try HookSpec(try Arena.pointee(item, "PlanSpec.hooks")) }
        self.pins = try Arena.map(c.pins, c.n_pins) { item throws(MessageError) in try PinSpec(try Arena.pointee(item, "PlanSpec.pins")) }
        self.drill = if let pointer = c.drill { try DrillSpec(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PlanSpec> {
        let c = try arena.new(Cairn__PlanSpec.self)
        cairn__plan_spec__init(c)
        let stepsItems = try arena.array(of: UnsafeMutablePointer<Cairn__PlanStep>?.self, count: steps.count)
        for (index, value) in steps.enumerated() { stepsItems[index] = try value.fill(arena) }
        c.pointee.n_steps = steps.count
        c.pointee.steps = stepsItems
        let guardsItems = try arena.array(of: UnsafeMutablePointer<Cairn__GuardSpec>?.self, count: guards.count)
        for (index, value) in guards.enumerated() { guardsItems[index] = try value.fill(arena) }
        c.pointee.n_guards = guards.count
        c.pointee.guards = guardsItems
        if let watch { c.pointee.watch = try watch.fill(arena) }
        if let rollback { c.pointee.rollback = try rollback.fill(arena) }
        c.pointee.ack_deadline_ms = ackDeadlineMs
        c.pointee.preflight_deadline_ms = preflightDeadlineMs
        c.pointee.step_deadline_ms = stepDeadlineMs
        if !onBusy.isEmpty { c.pointee.on_busy = try arena.string(onBusy, "PlanSpec.on_busy") }
        if !onInconclusive.isEmpty { c.pointee.on_inconclusive = try arena.string(onInconclusive, "PlanSpec.on_inconclusive") }
        if !onNoData.isEmpty { c.pointee.on_no_data = try arena.string(onNoData, "PlanSpec.on_no_data") }
        c.pointee.allow_decrease = allowDecrease ? 1 : 0
        c.pointee.skip_verdict = skipVerdict ? 1 : 0
        c.pointee.agents_min = agentsMin
        c.pointee.blind_limit_ms = blindLimitMs
        if !onBlind.isEmpty { c.pointee.on_blind = try arena.string(onBlind, "PlanSpec.on_blind") }
        if !onUnsure.isEmpty { c.pointee.on_unsure = try arena.string(onUnsure, "PlanSpec.on_unsure") }
        c.pointee.deadline_ms = deadlineMs
        if !onDeadline.isEmpty { c.pointee.on_deadline = try arena.string(onDeadline, "PlanSpec.on_deadline") }
        let hooksItems = try arena.array(of: UnsafeMutablePointer<Cairn__HookSpec>?.self, count: hooks.count)
        for (index, value) in hooks.enumerated() { hooksItems[index] = try value.fill(arena) }
        c.pointee.n_hooks = hooks.count
        c.pointee.hooks = hooksItems
        let pinsItems = try arena.array(of: UnsafeMutablePointer<Cairn__PinSpec>?.self, count: pins.count)
        for (index, value) in pins.enumerated() { pinsItems[index] = try value.fill(arena) }
        c.pointee.n_pins = pins.count
        c.pointee.pins = pinsItems
        if let drill { c.pointee.drill = try drill.fill(arena) }
        return c
    }
}

/// Rehearsals of the way back.
public struct DrillSpec: Sendable, Equatable {
    /// from the end of one to the next; 0: only when somebody asks
    public var everyMs: UInt64
    /// a drill that takes longer has failed; 0 means 60,000
    public var limitMs: UInt64
    /// keys that hosts know by this name go the way; empty: no request does
    public var cohort: String

    public init(
        everyMs: UInt64 = 0,
        limitMs: UInt64 = 0,
        cohort: String = ""
    ) {
        self.everyMs = everyMs
        self.limitMs = limitMs
        self.cohort = cohort
    }
}

extension DrillSpec: WireMessage {
    public static let name = "cairn.DrillSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__drill_spec__unpack) {
            (c: Cairn__DrillSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DrillSpec) throws(MessageError) {
        self.everyMs = c.every_ms
        self.limitMs = c.limit_ms
        self.cohort = try Arena.text(c.cohort, "DrillSpec.cohort")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DrillSpec> {
        let c = try arena.new(Cairn__DrillSpec.self)
        cairn__drill_spec__init(c)
        c.pointee.every_ms = everyMs
        c.pointee.limit_ms = limitMs
        if !cohort.isEmpty { c.pointee.cohort = try arena.string(cohort, "DrillSpec.cohort") }
        return c
    }
}

/// Operator → controller. Declarative; the same text twice changes nothing. A running attempt keeps
/// the plan that it started with.
public struct TargetSpec: Sendable, Equatable {
    /// "prod/chat"
    public var target: String
    public var model: String
    public var plan: PlanSpec?
    /// says what would change, changes nothing
    public var planOnly: Bool
    public var actor: String
    /// whose verdict preflight asks for; empty: all of the model's
    public var suite: String
    public var reason: String

    public init(
        target: String = "",
        model: String = "",
        plan: PlanSpec? = nil,
        planOnly: Bool = false,
        actor: String = "",
        suite: String = "",
        reason: String = ""
    ) {
        self.target = target
        self.model = model
        self.plan = plan
        self.planOnly = planOnly
        self.actor = actor
        self.suite = suite
        self.reason = reason
    }
}

extension TargetSpec: WireMessage {
    public static let name = "cairn.TargetSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__target_spec__unpack) {
            (c: Cairn__TargetSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__TargetSpec) throws(MessageError) {
        self.target = try Arena.text(c.target, "TargetSpec.target")
        self.model = try Arena.text(c.model, "TargetSpec.model")
        self.plan = if let pointer = c.plan { try PlanSpec(pointer.pointee) } else { nil }
        self.planOnly = c.plan_only != 0
        self.actor = try Arena.text(c.actor, "TargetSpec.actor")
        self.suite = try Arena.text(c.suite, "TargetSpec.suite")
        self.reason = try Arena.text(c.reason, "TargetSpec.reason")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__TargetSpec> {
        let c = try arena.new(Cairn__TargetSpec.self)
        cairn__target_spec__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "TargetSpec.target") }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "TargetSpec.model") }
        if let plan { c.pointee.plan = try plan.fill(arena) }
        c.pointee.plan_only = planOnly ? 1 : 0
        if !actor.isEmpty { c.pointee.actor = try arena.string(actor, "TargetSpec.actor") }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "TargetSpec.suite") }
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "TargetSpec.reason") }
        return c
    }
}

public struct ListTargets: Sendable, Equatable {
    public init() {}
}

extension ListTargets: WireMessage {
    public static let name = "cairn.ListTargets"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_targets__unpack) {
            (c: Cairn__ListTargets) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListTargets) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListTargets> {
        let c = try arena.new(Cairn__ListTargets.self)
        cairn__list_targets__init(c)
        return c
    }
}

public struct TargetList: Sendable, Equatable {
    public var targets: [TargetStatus]

    public init(
        targets: [TargetStatus] = []
    ) {
        self.targets = targets
    }
}

extension TargetList: WireMessage {
    public static let name = "cairn.TargetList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__target_list__unpack) {
            (c: Cairn__TargetList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__TargetList) throws(MessageError) {
        self.targets = try Arena.map(c.targets, c.n_targets) { item throws(MessageError) in try TargetStatus(try Arena.pointee(item, "TargetList.targets")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__TargetList> {
        let c = try arena.new(Cairn__TargetList.self)
        cairn__target_list__init(c)
        let targetsItems = try arena.array(of: UnsafeMutablePointer<Cairn__TargetStatus>?.self, count: targets.count)
        for (index, value) in targets.enumerated() { targetsItems[index] = try value.fill(arena) }
        c.pointee.n_targets = targets.count
        c.pointee.targets = targetsItems
        return c
    }
}

public struct GetTargetStatus: Sendable, Equatable {
    public var target: String

    public init(
        target: String = ""
    ) {
        self.target = target
    }
}

extension GetTargetStatus: WireMessage {
    public static let name = "cairn.GetTargetStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_target_status__unpack) {
            (c: Cairn__GetTargetStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetTargetStatus) throws(MessageError) {
        self.target = try Arena.text(c.target, "GetTargetStatus.target")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetTargetStatus> {
        let c = try arena.new(Cairn__GetTargetStatus.self)
        cairn__get_target_status__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "GetTargetStatus.target") }
        return c
    }
}

/// Who asks, and on what understanding. Every verb carries one.
public struct Expectation: Sendable, Equatable {
    /// for the audit log
    public var actor: String
    public var reason: String
    /// of the target, as seen by the caller; 0: whatever it is
    public var revision: UInt64
    /// 0: whatever it is
    public var attempt: UInt64
    /// `step` counts
    public var hasStep: Bool
    /// from 0
    public var step: UInt32
    /// says what would happen, does nothing
    public var planOnly: Bool
    /// 16 bytes; a repeat is answered with the first answer
    public var requestId: [UInt8]

    public init(
        actor: String = "",
        reason: String = "",
        revision: UInt64 = 0,
        attempt: UInt64 = 0,
        hasStep: Bool = false,
        step: UInt32 = 0,
        planOnly: Bool = false,
        requestId: [UInt8] = []
    ) {
        self.actor = actor
        self.reason = reason
        self.revision = revision
        self.attempt = attempt
        self.hasStep = hasStep
        self.step = step
        self.planOnly = planOnly
        self.requestId = requestId
    }
}

extension Expectation: WireMessage {
    public static let name = "cairn.Expectation"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__expectation__unpack) {
            (c: Cairn__Expectation) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Expectation) throws(MessageError) {
        self.actor = try Arena.text(c.actor, "Expectation.actor")
        self.reason = try Arena.text(c.reason, "Expectation.reason")
        self.revision = c.revision
        self.attempt = c.attempt
        self.hasStep = c.has_step != 0
        self.step = c.step
        self.planOnly = c.plan_only != 0
        self.requestId = Arena.bytes(c.request_id)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Expectation> {
        let c = try arena.new(Cairn__Expectation.self)
        cairn__expectation__init(c)
        if !actor.isEmpty { c.pointee.actor = try arena.string(actor, "Expectation.actor") }
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "Expectation.reason") }
        c.pointee.revision = revision
        c.pointee.attempt = attempt
        c.pointee.has_step = hasStep ? 1 : 0
        c.pointee.step = step
        c.pointee.plan_only = planOnly ? 1 : 0
        if !requestId.isEmpty { c.pointee.request_id = try arena.binary(requestId) }
        return c
    }
}

public struct Deploy: Sendable, Equatable {
    public var target: String
    public var number: String
    public var manifestDigest: [UInt8]
    public var expectation: Expectation?

    public init(
        target: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        expectation: Expectation? = nil
    ) {
        self.target = target
        self.number = number
        self.manifestDigest = manifestDigest
        self.expectation = expectation
    }
}

extension Deploy: WireMessage {
    public static let name = "cairn.Deploy"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__deploy__unpack) {
            (c: Cairn__Deploy) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Deploy) throws(MessageError) {
        self.target = try Arena.text(c.target, "Deploy.target")
        self.number = try Arena.text(c.number, "Deploy.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Deploy> {
        let c = try arena.new(Cairn__Deploy.self)
        cairn__deploy__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "Deploy.target") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "Deploy.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

public struct Verb: Sendable, Equatable {
    public var target: String
    public var expectation: Expectation?
    /// promote: to the end, recorded as an override
    public var full: Bool
    /// promote with full: to the last step, which is baked and judged
    public var keepGuards: Bool
    /// abort: keeps the version out
    public var quarantine: Bool
    /// go to step: from 0
    public var toStep: UInt32

    public init(
        target: String = "",
        expectation: Expectation? = nil,
        full: Bool = false,
        keepGuards: Bool = false,
        quarantine: Bool = false,
        toStep: UInt32 = 0
    ) {
        self.target = target
        self.expectation = expectation
        self.full = full
        self.keepGuards = keepGuards
        self.quarantine = quarantine
        self.toStep = toStep
    }
}

extension Verb: WireMessage {
    public static let name = "cairn.Verb"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verb__unpack) {
            (c: Cairn__Verb) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Verb) throws(MessageError) {
        self.target = try Arena.text(c.target, "Verb.target")
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
        self.full = c.full != 0
        self.keepGuards = c.keep_guards != 0
        self.quarantine = c.quarantine != 0
        self.toStep = c.to_step
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Verb> {
        let c = try arena.new(Cairn__Verb.self)
        cairn__verb__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "Verb.target") }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        c.pointee.full = full ? 1 : 0
        c.pointee.keep_guards = keepGuards ? 1 : 0
        c.pointee.quarantine = quarantine ? 1 : 0
        c.pointee.to_step = toStep
        return c
    }
}

public struct Rollback: Sendable, Equatable {
    public var target: String
    /// empty: from a live attempt to stable, else to the version before
    public var number: String
    public var expectation: Expectation?
    /// at once, whatever ramp the plan has
    public var fast: Bool

    public init(
        target: String = "",
        number: String = "",
        expectation: Expectation? = nil,
        fast: Bool = false
    ) {
        self.target = target
        self.number = number
        self.expectation = expectation
        self.fast = fast
    }
}

extension Rollback: WireMessage {
    public static let name = "cairn.Rollback"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__rollback__unpack) {
            (c: Cairn__Rollback) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Rollback) throws(MessageError) {
        self.target = try Arena.text(c.target, "Rollback.target")
        self.number = try Arena.text(c.number, "Rollback.number")
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
        self.fast = c.fast != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Rollback> {
        let c = try arena.new(Cairn__Rollback.self)
        cairn__rollback__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "Rollback.target") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "Rollback.number") }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        c.pointee.fast = fast ? 1 : 0
        return c
    }
}

public struct Quarantine: Sendable, Equatable {
    public var target: String
    public var number: String
    public var manifestDigest: [UInt8]
    public var expectation: Expectation?

    public init(
        target: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        expectation: Expectation? = nil
    ) {
        self.target = target
        self.number = number
        self.manifestDigest = manifestDigest
        self.expectation = expectation
    }
}

extension Quarantine: WireMessage {
    public static let name = "cairn.Quarantine"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__quarantine__unpack) {
            (c: Cairn__Quarantine) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Quarantine) throws(MessageError) {
        self.target = try Arena.text(c.target, "Quarantine.target")
        self.number = try Arena.text(c.number, "Quarantine.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Quarantine> {
        let c = try arena.new(Cairn__Quarantine.self)
        cairn__quarantine__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "Quarantine.target") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "Quarantine.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

public struct Unquarantine: Sendable, Equatable {
    public var target: String
    public var manifestDigest: [UInt8]
    public var expectation: Expectation?

    public init(
        target: String = "",
        manifestDigest: [UInt8] = [],
        expectation: Expectation? = nil
    ) {
        self.target = target
        self.manifestDigest = manifestDigest
        self.expectation = expectation
    }
}

extension Unquarantine: WireMessage {
    public static let name = "cairn.Unquarantine"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__unquarantine__unpack) {
            (c: Cairn__Unquarantine) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Unquarantine) throws(MessageError) {
        self.target = try Arena.text(c.target, "Unquarantine.target")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Unquarantine> {
        let c = try arena.new(Cairn__Unquarantine.self)
        cairn__unquarantine__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "Unquarantine.target") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

public struct SetFreeze: Sendable, Equatable {
    public var target: String
    public var frozen: Bool
    public var expectation: Expectation?

    public init(
        target: String = "",
        frozen: Bool = false,
        expectation: Expectation? = nil
    ) {
        self.target = target
        self.frozen = frozen
        self.expectation = expectation
    }
}

extension SetFreeze: WireMessage {
    public static let name = "cairn.SetFreeze"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__set_freeze__unpack) {
            (c: Cairn__SetFreeze) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SetFreeze) throws(MessageError) {
        self.target = try Arena.text(c.target, "SetFreeze.target")
        self.frozen = c.frozen != 0
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SetFreeze> {
        let c = try arena.new(Cairn__SetFreeze.self)
        cairn__set_freeze__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "SetFreeze.target") }
        c.pointee.frozen = frozen ? 1 : 0
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

/// A time in which nothing starts and no weight rises.
public struct FreezeWindow: Sendable, Equatable {
    /// 1 to 64 of a-z, 0-9, - and _
    public var name: String
    public var fromUnixMs: Int64
    public var untilUnixMs: Int64
    /// from one start to the next; 0: once
    public var everyMs: UInt64

    public init(
        name: String = "",
        fromUnixMs: Int64 = 0,
        untilUnixMs: Int64 = 0,
        everyMs: UInt64 = 0
    ) {
        self.name = name
        self.fromUnixMs = fromUnixMs
        self.untilUnixMs = untilUnixMs
        self.everyMs = everyMs
    }
}

extension FreezeWindow: WireMessage {
    public static let name = "cairn.FreezeWindow"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__freeze_window__unpack) {
            (c: Cairn__FreezeWindow) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__FreezeWindow) throws(MessageError) {
        self.name = try Arena.text(c.name, "FreezeWindow.name")
        self.fromUnixMs = c.from_unix_ms
        self.untilUnixMs = c.until_unix_ms
        self.everyMs = c.every_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__FreezeWindow> {
        let c = try arena.new(Cairn__FreezeWindow.self)
        cairn__freeze_window__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "FreezeWindow.name") }
        c.pointee.from_unix_ms = fromUnixMs
        c.pointee.until_unix_ms = untilUnixMs
        c.pointee.every_ms = everyMs
        return c
    }
}

/// Sets a window, in place of one with the same name, or removes it.
public struct SetFreezeWindow: Sendable, Equatable {
    public var target: String
    /// to remove one its name is enough
    public var window: FreezeWindow?
    public var remove: Bool
    public var expectation: Expectation?

    public init(
        target: String = "",
        window: FreezeWindow? = nil,
        remove: Bool = false,
        expectation: Expectation? = nil
    ) {
        self.target = target
        self.window = window
        self.remove = remove
        self.expectation = expectation
    }
}

extension SetFreezeWindow: WireMessage {
    public static let name = "cairn.SetFreezeWindow"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__set_freeze_window__unpack) {
            (c: Cairn__SetFreezeWindow) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__SetFreezeWindow) throws(MessageError) {
        self.target = try Arena.text(c.target, "SetFreezeWindow.target")
        self.window = if let pointer = c.window { try FreezeWindow(pointer.pointee) } else { nil }
        self.remove = c.remove != 0
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__SetFreezeWindow> {
        let c = try arena.new(Cairn__SetFreezeWindow.self)
        cairn__set_freeze_window__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "SetFreezeWindow.target") }
        if let window { c.pointee.window = try window.fill(arena) }
        c.pointee.remove = remove ? 1 : 0
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

/// A program's answer to a call that `TargetStatus.hooks` shows. Safe to repeat.
public struct AnswerHook: Sendable, Equatable {
    public var target: String
    /// of the call
    public var key: String
    public var yes: Bool
    /// at most 1,024 bytes
    public var why: String
    /// says whether it would change anything, changes nothing
    public var planOnly: Bool

    public init(
        target: String = "",
        key: String = "",
        yes: Bool = false,
        why: String = "",
        planOnly: Bool = false
    ) {
        self.target = target
        self.key = key
        self.yes = yes
        self.why = why
        self.planOnly = planOnly
    }
}

extension AnswerHook: WireMessage {
    public static let name = "cairn.AnswerHook"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__answer_hook__unpack) {
            (c: Cairn__AnswerHook) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__AnswerHook) throws(MessageError) {
        self.target = try Arena.text(c.target, "AnswerHook.target")
        self.key = try Arena.text(c.key, "AnswerHook.key")
        self.yes = c.yes != 0
        self.why = try Arena.text(c.why, "AnswerHook.why")
        self.planOnly = c.plan_only != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__AnswerHook> {
        let c = try arena.new(Cairn__AnswerHook.self)
        cairn__answer_hook__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "AnswerHook.target") }
        if !key.isEmpty { c.pointee.key = try arena.string(key, "AnswerHook.key") }
        c.pointee.yes = yes ? 1 : 0
        if !why.isEmpty { c.pointee.why = try arena.string(why, "AnswerHook.why") }
        c.pointee.plan_only = planOnly ? 1 : 0
        return c
    }
}

public struct HookAnswered: Sendable, Equatable {
    /// false: answered before, or nobody waits for it any more
    public var changed: Bool

    public init(
        changed: Bool = false
    ) {
        self.changed = changed
    }
}

extension HookAnswered: WireMessage {
    public static let name = "cairn.HookAnswered"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__hook_answered__unpack) {
            (c: Cairn__HookAnswered) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HookAnswered) throws(MessageError) {
        self.changed = c.changed != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HookAnswered> {
        let c = try arena.new(Cairn__HookAnswered.self)
        cairn__hook_answered__init(c)
        c.pointee.changed = changed ? 1 : 0
        return c
    }
}

/// What a verb did (or, with plan_only, would do), after it is durable.
public struct VerbReply: Sendable, Equatable {
    /// "rolling back chat v1.1.0 → v1.0.0, epoch 7"
    public var text: String
    public var status: TargetStatus?
    /// false: it was so already
    public var changed: Bool

    public init(
        text: String = "",
        status: TargetStatus? = nil,
        changed: Bool = false
    ) {
        self.text = text
        self.status = status
        self.changed = changed
    }
}

extension VerbReply: WireMessage {
    public static let name = "cairn.VerbReply"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verb_reply__unpack) {
            (c: Cairn__VerbReply) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerbReply) throws(MessageError) {
        self.text = try Arena.text(c.text, "VerbReply.text")
        self.status = if let pointer = c.status { try TargetStatus(pointer.pointee) } else { nil }
        self.changed = c.changed != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerbReply> {
        let c = try arena.new(Cairn__VerbReply.self)
        cairn__verb_reply__init(c)
        if !text.isEmpty { c.pointee.text = try arena.string(text, "VerbReply.text") }
        if let status { c.pointee.status = try status.fill(arena) }
        c.pointee.changed = changed ? 1 : 0
        return c
    }
}

/// Evaluator → controller, from the outbox: at least once, applied once per event_id.
public struct VerdictReached: Sendable, Equatable {
    public var eventId: [UInt8]
    public var model: String
    public var number: String
    public var manifestDigest: [UInt8]
    public var suite: String
    /// "pass", "fail", "inconclusive", "error"
    public var verdict: String
    public var reasons: [String]

    public init(
        eventId: [UInt8] = [],
        model: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        suite: String = "",
        verdict: String = "",
        reasons: [String] = []
    ) {
        self.eventId = eventId
        self.model = model
        self.number = number
        self.manifestDigest = manifestDigest
        self.suite = suite
        self.verdict = verdict
        self.reasons = reasons
    }
}

extension VerdictReached: WireMessage {
    public static let name = "cairn.VerdictReached"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verdict_reached__unpack) {
            (c: Cairn__VerdictReached) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerdictReached) throws(MessageError) {
        self.eventId = Arena.bytes(c.event_id)
        self.model = try Arena.text(c.model, "VerdictReached.model")
        self.number = try Arena.text(c.number, "VerdictReached.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.suite = try Arena.text(c.suite, "VerdictReached.suite")
        self.verdict = try Arena.text(c.verdict, "VerdictReached.verdict")
        self.reasons = try Arena.map(c.reasons, c.n_reasons) { item throws(MessageError) in try Arena.text(item, "VerdictReached.reasons") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerdictReached> {
        let c = try arena.new(Cairn__VerdictReached.self)
        cairn__verdict_reached__init(c)
        if !eventId.isEmpty { c.pointee.event_id = try arena.binary(eventId) }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "VerdictReached.model") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "VerdictReached.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !suite.isEmpty { c.pointee.suite = try arena.string(suite, "VerdictReached.suite") }
        if !verdict.isEmpty { c.pointee.verdict = try arena.string(verdict, "VerdictReached.verdict") }
        let reasonsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: reasons.count)
        for (index, value) in reasons.enumerated() { reasonsItems[index] = try arena.string(value, "VerdictReached.reasons") }
        c.pointee.n_reasons = reasons.count
        c.pointee.reasons = reasonsItems
        return c
    }
}

/// Agent or router → controller. The first message joins; later ones acknowledge tables.
public struct ParticipantMessage: Sendable, Equatable {
    /// first message only
    public var target: String
    /// first message only: stable across restarts
    public var name: String
    public var role: ParticipantRole
    /// the table that is in force here; 0 in the first message
    public var epoch: UInt64
    /// agents: manifests on disk, verified
    public var heldDigests: [[UInt8]]
    /// agents: what serves as stable
    public var loadedStableDigest: [UInt8]
    /// agents: what serves as candidate; empty: none
    public var loadedCandidateDigest: [UInt8]
    /// why the table could not be put in force; empty: it was
    public var problem: String
    /// a clean goodbye
    public var leaving: Bool

    public init(
        target: String = "",
        name: String = "",
        role: ParticipantRole,
        epoch: UInt64 = 0,
        heldDigests: [[UInt8]] = [],
        loadedStableDigest: [UInt8] = [],
        loadedCandidateDigest: [UInt8] = [],
        problem: String = "",
        leaving: Bool = false
    ) {
        self.target = target
        self.name = name
        self.role = role
        self.epoch = epoch
        self.heldDigests = heldDigests
        self.loadedStableDigest = loadedStableDigest
        self.loadedCandidateDigest = loadedCandidateDigest
        self.problem = problem
        self.leaving = leaving
    }
}

extension ParticipantMessage: WireMessage {
    public static let name = "cairn.ParticipantMessage"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__participant_message__unpack) {
            (c: Cairn__ParticipantMessage) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ParticipantMessage) throws(MessageError) {
        self.target = try Arena.text(c.target, "ParticipantMessage.target")
        self.name = try Arena.text(c.name, "ParticipantMessage.name")
        self.role = try ParticipantRole(c.role.rawValue, "ParticipantMessage.role")
        self.epoch = c.epoch
        self.heldDigests = try Arena.map(c.held_digests, c.n_held_digests) { item throws(MessageError) in Arena.bytes(item) }
        self.loadedStableDigest = Arena.bytes(c.loaded_stable_digest)
        self.loadedCandidateDigest = Arena.bytes(c.loaded_candidate_digest)
        self.problem = try Arena.text(c.problem, "ParticipantMessage.problem")
        self.leaving = c.leaving != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ParticipantMessage> {
        let c = try arena.new(Cairn__ParticipantMessage.self)
        cairn__participant_message__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "ParticipantMessage.target") }
        if !name.isEmpty { c.pointee.name = try arena.string(name, "ParticipantMessage.name") }
        c.pointee.role = Cairn__ParticipantRole(rawValue: role.rawValue)
        c.pointee.epoch = epoch
        let heldDigestsItems = try arena.array(of: ProtobufCBinaryData.self, count: heldDigests.count)
        for (index, value) in heldDigests.enumerated() { heldDigestsItems[index] = try arena.binary(value) }
        c.pointee.n_held_digests = heldDigests.count
        c.pointee.held_digests = heldDigestsItems
        if !loadedStableDigest.isEmpty { c.pointee.loaded_stable_digest = try arena.binary(loadedStableDigest) }
        if !loadedCandidateDigest.isEmpty { c.pointee.loaded_candidate_digest = try arena.binary(loadedCandidateDigest) }
        if !problem.isEmpty { c.pointee.problem = try arena.string(problem, "ParticipantMessage.problem") }
        c.pointee.leaving = leaving ? 1 : 0
        return c
    }
}

/// One arm of a route table.
public struct Arm: Sendable, Equatable {
    public var number: String
    public var manifestDigest: [UInt8]
    public var weightBp: UInt32

    public init(
        number: String = "",
        manifestDigest: [UInt8] = [],
        weightBp: UInt32 = 0
    ) {
        self.number = number
        self.manifestDigest = manifestDigest
        self.weightBp = weightBp
    }
}

extension Arm: WireMessage {
    public static let name = "cairn.Arm"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__arm__unpack) {
            (c: Cairn__Arm) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__Arm) throws(MessageError) {
        self.number = try Arena.text(c.number, "Arm.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.weightBp = c.weight_bp
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__Arm> {
        let c = try arena.new(Cairn__Arm.self)
        cairn__arm__init(c)
        if !number.isEmpty { c.pointee.number = try arena.string(number, "Arm.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        c.pointee.weight_bp = weightBp
        return c
    }
}

/// Controller → agents and routers: the whole truth, each time. A lower epoch or fencing token than
/// one seen before is refused by the receiver.
public struct RouteTable: Sendable, Equatable {
    public var target: String
    public var model: String
    public var epoch: UInt64
    public var fencingToken: UInt64
    /// 0: none
    public var attempt: UInt64
    /// absent before the first version serves
    public var stable: Arm?
    /// absent outside an attempt
    public var candidate: Arm?
    /// manifests to hold on disk: what may be needed to go back
    public var keepDigests: [[UInt8]]
    public var changedUnixMs: Int64
    /// of stable's share, what goes to its second copy in an experiment
    public var baselineBp: UInt32
    /// of stable's requests, what the candidate answers too, unseen
    public var mirrorBp: UInt32
    /// asked before the weights, in order; not counted as evidence
    public var pins: [PinSpec]
    /// what to count of the attempt's version while it is stable
    public var histograms: [HistogramSpec]

    public init(
        target: String = "",
        model: String = "",
        epoch: UInt64 = 0,
        fencingToken: UInt64 = 0,
        attempt: UInt64 = 0,
        stable: Arm? = nil,
        candidate: Arm? = nil,
        keepDigests: [[UInt8]] = [],
        changedUnixMs: Int64 = 0,
        baselineBp: UInt32 = 0,
        mirrorBp: UInt32 = 0,
        pins: [PinSpec] = [],
        histograms: [HistogramSpec] = []
    ) {
        self.target = target
        self.model = model
        self.epoch = epoch
        self.fencingToken = fencingToken
        self.attempt = attempt
        self.stable = stable
        self.candidate = candidate
        self.keepDigests = keepDigests
        self.changedUnixMs = changedUnixMs
        self.baselineBp = baselineBp
        self.mirrorBp = mirrorBp
        self.pins = pins
        self.histograms = histograms
    }
}

extension RouteTable: WireMessage {
    public static let name = "cairn.RouteTable"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__route_table__unpack) {
            (c: Cairn__RouteTable) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RouteTable) throws(MessageError) {
        self.target = try Arena.text(c.target, "RouteTable.target")
        self.model = try Arena.text(c.model, "RouteTable.model")
        self.epoch = c.epoch
        self.fencingToken = c.fencing_token
        self.attempt = c.attempt
        self.stable = if let pointer = c.stable { try Arm(pointer.pointee) } else { nil }
        self.candidate = if let pointer = c.candidate { try Arm(pointer.pointee) } else { nil }
        self.keepDigests = try Arena.map(c.keep_digests, c.n_keep_digests) { item throws(MessageError) in Arena.bytes(item) }
        self.changedUnixMs = c.changed_unix_ms
        self.baselineBp = c.baseline_bp
        self.mirrorBp = c.mirror_bp
        self.pins = try Arena.map(c.pins, c.n_pins) { item throws(MessageError) in try PinSpec(try Arena.pointee(item, "RouteTable.pins")) }
        self.histograms = try Arena.map(c.histograms, c.n_histograms) { item throws(MessageError) in try HistogramSpec(try Arena.pointee(item, "RouteTable.histograms")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RouteTable> {
        let c = try arena.new(Cairn__RouteTable.self)
        cairn__route_table__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "RouteTable.target") }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "RouteTable.model") }
        c.pointee.epoch = epoch
        c.pointee.fencing_token = fencingToken
        c.pointee.attempt = attempt
        if let stable { c.pointee.stable = try stable.fill(arena) }
        if let candidate { c.pointee.candidate = try candidate.fill(arena) }
        let keepDigestsItems = try arena.array(of: ProtobufCBinaryData.self, count: keepDigests.count)
        for (index, value) in keepDigests.enumerated() { keepDigestsItems[index] = try arena.binary(value) }
        c.pointee.n_keep_digests = keepDigests.count
        c.pointee.keep_digests = keepDigestsItems
        c.pointee.changed_unix_ms = changedUnixMs
        c.pointee.baseline_bp = baselineBp
        c.pointee.mirror_bp = mirrorBp
        let pinsItems = try arena.array(of: UnsafeMutablePointer<Cairn__PinSpec>?.self, count: pins.count)
        for (index, value) in pins.enumerated() { pinsItems[index] = try value.fill(arena) }
        c.pointee.n_pins = pins.count
        c.pointee.pins = pinsItems
        let histogramsItems = try arena.array(of: UnsafeMutablePointer<Cairn__HistogramSpec>?.self, count: histograms.count)
        for (index, value) in histograms.enumerated() { histogramsItems[index] = try value.fill(arena) }
        c.pointee.n_histograms = histograms.count
        c.pointee.histograms = histogramsItems
        return c
    }
}

/// The cells in which one column of live traffic is counted: those of the attempt's reference, which
/// never change within an attempt. Either edges or names.
public struct HistogramSpec: Sendable, Equatable {
    /// "score", "input.length", "input.language"
    public var column: String
    /// rising; a value on an edge belongs to the cell that ends there
    public var edges: [Double]
    /// all others have the last cell
    public var names: [String]

    public init(
        column: String = "",
        edges: [Double] = [],
        names: [String] = []
    ) {
        self.column = column
        self.edges = edges
        self.names = names
    }
}

extension HistogramSpec: WireMessage {
    public static let name = "cairn.HistogramSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__histogram_spec__unpack) {
            (c: Cairn__HistogramSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HistogramSpec) throws(MessageError) {
        self.column = try Arena.text(c.column, "HistogramSpec.column")
        self.edges = Arena.values(c.edges, c.n_edges)
        self.names = try Arena.map(c.names, c.n_names) { item throws(MessageError) in try Arena.text(item, "HistogramSpec.names") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HistogramSpec> {
        let c = try arena.new(Cairn__HistogramSpec.self)
        cairn__histogram_spec__init(c)
        if !column.isEmpty { c.pointee.column = try arena.string(column, "HistogramSpec.column") }
        c.pointee.n_edges = edges.count
        c.pointee.edges = try arena.copy(edges)
        let namesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: names.count)
        for (index, value) in names.enumerated() { namesItems[index] = try arena.string(value, "HistogramSpec.names") }
        c.pointee.n_names = names.count
        c.pointee.names = namesItems
        return c
    }
}

/// What one arm did under one epoch since the last report.
public struct ArmOutcomes: Sendable, Equatable {
    public var epoch: UInt64
    public var arm: ArmKind
    public var requestCount: UInt64
    /// with sticky keys: the first of each key
    public var failureCount: UInt64
    public var latencyMsSum: Double
    public var latencyMsMax: Double
    public var scoreSum: Double
    public var scoreSquareSum: Double
    public var scoreCount: UInt64
    /// of the version that answered
    public var manifestDigest: [UInt8]
    /// at most 512, of the requests whose latency is known
    public var latencies: [LatencyCount]

    public init(
        epoch: UInt64 = 0,
        arm: ArmKind,
        requestCount: UInt64 = 0,
        failureCount: UInt64 = 0,
        latencyMsSum: Double = 0,
        latencyMsMax: Double = 0,
        scoreSum: Double = 0,
        scoreSquareSum: Double = 0,
        scoreCount: UInt64 = 0,
        manifestDigest: [UInt8] = [],
        latencies: [LatencyCount] = []
    ) {
        self.epoch = epoch
        self.arm = arm
        self.requestCount = requestCount
        self.failureCount = failureCount
        self.latencyMsSum = latencyMsSum
        self.latencyMsMax = latencyMsMax
        self.scoreSum = scoreSum
        self.scoreSquareSum = scoreSquareSum
        self.scoreCount = scoreCount
        self.manifestDigest = manifestDigest
        self.latencies = latencies
    }
}

extension ArmOutcomes: WireMessage {
    public static let name = "cairn.ArmOutcomes"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__arm_outcomes__unpack) {
            (c: Cairn__ArmOutcomes) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ArmOutcomes) throws(MessageError) {
        self.epoch = c.epoch
        self.arm = try ArmKind(c.arm.rawValue, "ArmOutcomes.arm")
        self.requestCount = c.request_count
        self.failureCount = c.failure_count
        self.latencyMsSum = c.latency_ms_sum
        self.latencyMsMax = c.latency_ms_max
        self.scoreSum = c.score_sum
        self.scoreSquareSum = c.score_square_sum
        self.scoreCount = c.score_count
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.latencies = try Arena.map(c.latencies, c.n_latencies) { item throws(MessageError) in try LatencyCount(try Arena.pointee(item, "ArmOutcomes.latencies")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ArmOutcomes> {
        let c = try arena.new(Cairn__ArmOutcomes.self)
        cairn__arm_outcomes__init(c)
        c.pointee.epoch = epoch
        c.pointee.arm = Cairn__ArmKind(rawValue: arm.rawValue)
        c.pointee.request_count = requestCount
        c.pointee.failure_count = failureCount
        c.pointee.latency_ms_sum = latencyMsSum
        c.pointee.latency_ms_max = latencyMsMax
        c.pointee.score_sum = scoreSum
        c.pointee.score_square_sum = scoreSquareSum
        c.pointee.score_count = scoreCount
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        let latenciesItems = try arena.array(of: UnsafeMutablePointer<Cairn__LatencyCount>?.self, count: latencies.count)
        for (index, value) in latencies.enumerated() { latenciesItems[index] = try value.fill(arena) }
        c.pointee.n_latencies = latencies.count
        c.pointee.latencies = latenciesItems
        return c
    }
}

/// Requests in one bucket of latency. Bucket 0 ends at 0.01 ms, each next one 4 % later, up to 511.
public struct LatencyCount: Sendable, Equatable {
    public var bucket: UInt32
    public var count: UInt64

    public init(
        bucket: UInt32 = 0,
        count: UInt64 = 0
    ) {
        self.bucket = bucket
        self.count = count
    }
}

extension LatencyCount: WireMessage {
    public static let name = "cairn.LatencyCount"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__latency_count__unpack) {
            (c: Cairn__LatencyCount) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__LatencyCount) throws(MessageError) {
        self.bucket = c.bucket
        self.count = c.count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__LatencyCount> {
        let c = try arena.new(Cairn__LatencyCount.self)
        cairn__latency_count__init(c)
        c.pointee.bucket = bucket
        c.pointee.count = count
        return c
    }
}

/// Mirrored requests whose two answers were compared; ties are left out.
public struct PairOutcomes: Sendable, Equatable {
    public var epoch: UInt64
    /// the candidate's answer was better
    public var wins: UInt64
    public var losses: UInt64

    public init(
        epoch: UInt64 = 0,
        wins: UInt64 = 0,
        losses: UInt64 = 0
    ) {
        self.epoch = epoch
        self.wins = wins
        self.losses = losses
    }
}

extension PairOutcomes: WireMessage {
    public static let name = "cairn.PairOutcomes"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__pair_outcomes__unpack) {
            (c: Cairn__PairOutcomes) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__PairOutcomes) throws(MessageError) {
        self.epoch = c.epoch
        self.wins = c.wins
        self.losses = c.losses
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__PairOutcomes> {
        let c = try arena.new(Cairn__PairOutcomes.self)
        cairn__pair_outcomes__init(c)
        c.pointee.epoch = epoch
        c.pointee.wins = wins
        c.pointee.losses = losses
        return c
    }
}

/// Values of one column in the cells that the table gave.
public struct HistogramOutcomes: Sendable, Equatable {
    public var epoch: UInt64
    public var arm: ArmKind
    /// its place in the table's histograms, from 0
    public var column: UInt32
    /// one for each cell, at most 64
    public var counts: [UInt64]

    public init(
        epoch: UInt64 = 0,
        arm: ArmKind,
        column: UInt32 = 0,
        counts: [UInt64] = []
    ) {
        self.epoch = epoch
        self.arm = arm
        self.column = column
        self.counts = counts
    }
}

extension HistogramOutcomes: WireMessage {
    public static let name = "cairn.HistogramOutcomes"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__histogram_outcomes__unpack) {
            (c: Cairn__HistogramOutcomes) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HistogramOutcomes) throws(MessageError) {
        self.epoch = c.epoch
        self.arm = try ArmKind(c.arm.rawValue, "HistogramOutcomes.arm")
        self.column = c.column
        self.counts = Arena.values(c.counts, c.n_counts)
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HistogramOutcomes> {
        let c = try arena.new(Cairn__HistogramOutcomes.self)
        cairn__histogram_outcomes__init(c)
        c.pointee.epoch = epoch
        c.pointee.arm = Cairn__ArmKind(rawValue: arm.rawValue)
        c.pointee.column = column
        c.pointee.n_counts = counts.count
        c.pointee.counts = try arena.copy(counts)
        return c
    }
}

/// Serving host → controller. Applied once per (reporter, incarnation, sequence).
public struct ReportOutcomes: Sendable, Equatable {
    public var target: String
    /// stable across restarts
    public var reporter: String
    /// 1, 2, … for each incarnation
    public var sequence: UInt64
    /// of the table in force; 0: none
    public var attempt: UInt64
    /// at most 256
    public var outcomes: [ArmOutcomes]
    public var fromUnixMs: Int64
    public var untilUnixMs: Int64
    /// grows with each start of the reporter
    public var incarnation: UInt64
    /// at most 256
    public var pairs: [PairOutcomes]
    /// at most 256
    public var histograms: [HistogramOutcomes]

    public init(
        target: String = "",
        reporter: String = "",
        sequence: UInt64 = 0,
        attempt: UInt64 = 0,
        outcomes: [ArmOutcomes] = [],
        fromUnixMs: Int64 = 0,
        untilUnixMs: Int64 = 0,
        incarnation: UInt64 = 0,
        pairs: [PairOutcomes] = [],
        histograms: [HistogramOutcomes] = []
    ) {
        self.target = target
        self.reporter = reporter
        self.sequence = sequence
        self.attempt = attempt
        self.outcomes = outcomes
        self.fromUnixMs = fromUnixMs
        self.untilUnixMs = untilUnixMs
        self.incarnation = incarnation
        self.pairs = pairs
        self.histograms = histograms
    }
}

extension ReportOutcomes: WireMessage {
    public static let name = "cairn.ReportOutcomes"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__report_outcomes__unpack) {
            (c: Cairn__ReportOutcomes) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ReportOutcomes) throws(MessageError) {
        self.target = try Arena.text(c.target, "ReportOutcomes.target")
        self.reporter = try Arena.text(c.reporter, "ReportOutcomes.reporter")
        self.sequence = c.sequence
        self.attempt = c.attempt
        self.outcomes = try Arena.map(c.outcomes, c.n_outcomes) { item throws(MessageError) in try ArmOutcomes(try Arena.pointee(item, "ReportOutcomes.outcomes")) }
        self.fromUnixMs = c.from_unix_ms
        self.untilUnixMs = c.until_unix_ms
        self.incarnation = c.incarnation
        self.pairs = try Arena.map(c.pairs, c.n_pairs) { item throws(MessageError) in try PairOutcomes(try Arena.pointee(item, "ReportOutcomes.pairs")) }
        self.histograms = try Arena.map(c.histograms, c.n_histograms) { item throws(MessageError) in try HistogramOutcomes(try Arena.pointee(item, "ReportOutcomes.histograms")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ReportOutcomes> {
        let c = try arena.new(Cairn__ReportOutcomes.self)
        cairn__report_outcomes__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "ReportOutcomes.target") }
        if !reporter.isEmpty { c.pointee.reporter = try arena.string(reporter, "ReportOutcomes.reporter") }
        c.pointee.sequence = sequence
        c.pointee.attempt = attempt
        let outcomesItems = try arena.array(of: UnsafeMutablePointer<Cairn__ArmOutcomes>?.self, count: outcomes.count)
        for (index, value) in outcomes.enumerated() { outcomesItems[index] = try value.fill(arena) }
        c.pointee.n_outcomes = outcomes.count
        c.pointee.outcomes = outcomesItems
        c.pointee.from_unix_ms = fromUnixMs
        c.pointee.until_unix_ms = untilUnixMs
        c.pointee.incarnation = incarnation
        let pairsItems = try arena.array(of: UnsafeMutablePointer<Cairn__PairOutcomes>?.self, count: pairs.count)
        for (index, value) in pairs.enumerated() { pairsItems[index] = try value.fill(arena) }
        c.pointee.n_pairs = pairs.count
        c.pointee.pairs = pairsItems
        let histogramsItems = try arena.array(of: UnsafeMutablePointer<Cairn__HistogramOutcomes>?.self, count: histograms.count)
        for (index, value) in histograms.enumerated() { histogramsItems[index] = try value.fill(arena) }
        c.pointee.n_histograms = histograms.count
        c.pointee.histograms = histogramsItems
        return c
    }
}

public struct OutcomesAccepted: Sendable, Equatable {
    /// applied before
    public var existed: Bool
    /// the present one
    public var epoch: UInt64

    public init(
        existed: Bool = false,
        epoch: UInt64 = 0
    ) {
        self.existed = existed
        self.epoch = epoch
    }
}

extension OutcomesAccepted: WireMessage {
    public static let name = "cairn.OutcomesAccepted"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__outcomes_accepted__unpack) {
            (c: Cairn__OutcomesAccepted) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__OutcomesAccepted) throws(MessageError) {
        self.existed = c.existed != 0
        self.epoch = c.epoch
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__OutcomesAccepted> {
        let c = try arena.new(Cairn__OutcomesAccepted.self)
        cairn__outcomes_accepted__init(c)
        c.pointee.existed = existed ? 1 : 0
        c.pointee.epoch = epoch
        return c
    }
}

/// A guard's evidence now.
public struct GuardStatus: Sendable, Equatable {
    public var name: String
    public var kind: String
    /// arm_eprocess: the e-value; failure_rate_max: the rate; adwin and
    public var statistic: Double
    /// adwin_latency: the gap of the means of two parts of the window; cusum: the larger sum; psi: of the last window 1/alpha after correction; the threshold; what chance allows
    public var bound: Double
    public var stableRequests: UInt64
    public var stableFailures: UInt64
    public var candidateRequests: UInt64
    public var candidateFailures: UInt64
    public var tripped: Bool
    public var observe: Bool
    public var why: String
    /// "pass", "fail", "inconclusive", "no_data", "provider_error",
    public var assessment: String
    /// "no_reference" (psi: `why` says why) failures, slow requests or pairs so far
    public var events: UInt64
    public var eventsMin: UInt64
    /// the smallest difference that so many would show; 0: unknown
    public var detectable: Double
    /// of the candidate, until it trips (or shows its margin, or has its
    public var requestsLeft: UInt64
    /// events) should all go on as it does; 0: no such number the same in time, at the rate at which requests come
    public var leftMs: UInt64
    /// what that leads to: "trip", "events"; empty: nothing in sight
    public var leftFor: String

    public init(
        name: String = "",
        kind: String = "",
        statistic: Double = 0,
        bound: Double = 0,
        stableRequests: UInt64 = 0,
        stableFailures: UInt64 = 0,
        candidateRequests: UInt64 = 0,
        candidateFailures: UInt64 = 0,
        tripped: Bool = false,
        observe: Bool = false,
        why: String = "",
        assessment: String = "",
        events: UInt64 = 0,
        eventsMin: UInt64 = 0,
        detectable: Double = 0,
        requestsLeft: UInt64 = 0,
        leftMs: UInt64 = 0,
        leftFor: String = ""
    ) {
        self.name = name
        self.kind = kind
        self.statistic = statistic
        self.bound = bound
        self.stableRequests = stableRequests
        self.stableFailures = stableFailures
        self.candidateRequests = candidateRequests
        self.candidateFailures = candidateFailures
        self.tripped = tripped
        self.observe = observe
        self.why = why
        self.assessment = assessment
        self.events = events
        self.eventsMin = eventsMin
        self.detectable = detectable
        self.requestsLeft = requestsLeft
        self.leftMs = leftMs
        self.leftFor = leftFor
    }
}

extension GuardStatus: WireMessage {
    public static let name = "cairn.GuardStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__guard_status__unpack) {
            (c: Cairn__GuardStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GuardStatus) throws(MessageError) {
        self.name = try Arena.text(c.name, "GuardStatus.name")
        self.kind = try Arena.text(c.kind, "GuardStatus.kind")
        self.statistic = c.statistic
        self.bound = c.bound
        self.stableRequests = c.stable_requests
        self.stableFailures = c.stable_failures
        self.candidateRequests = c.candidate_requests
        self.candidateFailures = c.candidate_failures
        self.tripped = c.tripped != 0
        self.observe = c.observe != 0
        self.why = try Arena.text(c.why, "GuardStatus.why")
        self.assessment = try Arena.text(c.assessment, "GuardStatus.assessment")
        self.events = c.events
        self.eventsMin = c.events_min
        self.detectable = c.detectable
        self.requestsLeft = c.requests_left
        self.leftMs = c.left_ms
        self.leftFor = try Arena.text(c.left_for, "GuardStatus.left_for")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GuardStatus> {
        let c = try arena.new(Cairn__GuardStatus.self)
        cairn__guard_status__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "GuardStatus.name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "GuardStatus.kind") }
        c.pointee.statistic = statistic
        c.pointee.bound = bound
        c.pointee.stable_requests = stableRequests
        c.pointee.stable_failures = stableFailures
        c.pointee.candidate_requests = candidateRequests
        c.pointee.candidate_failures = candidateFailures
        c.pointee.tripped = tripped ? 1 : 0
        c.pointee.observe = observe ? 1 : 0
        if !why.isEmpty { c.pointee.why = try arena.string(why, "GuardStatus.why") }
        if !assessment.isEmpty { c.pointee.assessment = try arena.string(assessment, "GuardStatus.assessment") }
        c.pointee.events = events
        c.pointee.events_min = eventsMin
        c.pointee.detectable = detectable
        c.pointee.requests_left = requestsLeft
        c.pointee.left_ms = leftMs
        if !leftFor.isEmpty { c.pointee.left_for = try arena.string(leftFor, "GuardStatus.left_for") }
        return c
    }
}

public struct ParticipantStatus: Sendable, Equatable {
    public var name: String
    public var role: ParticipantRole
    public var epoch: UInt64
    public var connected: Bool
    public var holdsStable: Bool
    public var holdsCandidate: Bool
    public var problem: String
    /// agents: what they have loaded as stable is what the table names
    public var loadsStable: Bool
    /// agents: something is loaded as candidate
    public var loadsCandidate: Bool

    public init(
        name: String = "",
        role: ParticipantRole,
        epoch: UInt64 = 0,
        connected: Bool = false,
        holdsStable: Bool = false,
        holdsCandidate: Bool = false,
        problem: String = "",
        loadsStable: Bool = false,
        loadsCandidate: Bool = false
    ) {
        self.name = name
        self.role = role
        self.epoch = epoch
        self.connected = connected
        self.holdsStable = holdsStable
        self.holdsCandidate = holdsCandidate
        self.problem = problem
        self.loadsStable = loadsStable
        self.loadsCandidate = loadsCandidate
    }
}

extension ParticipantStatus: WireMessage {
    public static let name = "cairn.ParticipantStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__participant_status__unpack) {
            (c: Cairn__ParticipantStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ParticipantStatus) throws(MessageError) {
        self.name = try Arena.text(c.name, "ParticipantStatus.name")
        self.role = try ParticipantRole(c.role.rawValue, "ParticipantStatus.role")
        self.epoch = c.epoch
        self.connected = c.connected != 0
        self.holdsStable = c.holds_stable != 0
        self.holdsCandidate = c.holds_candidate != 0
        self.problem = try Arena.text(c.problem, "ParticipantStatus.problem")
        self.loadsStable = c.loads_stable != 0
        self.loadsCandidate = c.loads_candidate != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ParticipantStatus> {
        let c = try arena.new(Cairn__ParticipantStatus.self)
        cairn__participant_status__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "ParticipantStatus.name") }
        c.pointee.role = Cairn__ParticipantRole(rawValue: role.rawValue)
        c.pointee.epoch = epoch
        c.pointee.connected = connected ? 1 : 0
        c.pointee.holds_stable = holdsStable ? 1 : 0
        c.pointee.holds_candidate = holdsCandidate ? 1 : 0
        if !problem.isEmpty { c.pointee.problem = try arena.string(problem, "ParticipantStatus.problem") }
        c.pointee.loads_stable = loadsStable ? 1 : 0
        c.pointee.loads_candidate = loadsCandidate ? 1 : 0
        return c
    }
}

public struct StepStatus: Sendable, Equatable {
    public var weightBp: UInt32
    /// "done", "shifting", "warming", "baking", "gate", "waiting"
    public var state: String
    public var bakedMs: UInt64
    public var bakeMs: UInt64
    public var bakedRequests: UInt64
    public var bakeRequests: UInt64
    /// "shift", "mirror", "experiment", "hook"
    public var kind: String
    /// of a ramp under way; 0: none
    public var rampPart: UInt32
    public var rampParts: UInt32

    public init(
        weightBp: UInt32 = 0,
        state: String = "",
        bakedMs: UInt64 = 0,
        bakeMs: UInt64 = 0,
        bakedRequests: UInt64 = 0,
        bakeRequests: UInt64 = 0,
        kind: String = "",
        rampPart: UInt32 = 0,
        rampParts: UInt32 = 0
    ) {
        self.weightBp = weightBp
        self.state = state
        self.bakedMs = bakedMs
        self.bakeMs = bakeMs
        self.bakedRequests = bakedRequests
        self.bakeRequests = bakeRequests
        self.kind = kind
        self.rampPart = rampPart
        self.rampParts = rampParts
    }
}

extension StepStatus: WireMessage {
    public static let name = "cairn.StepStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__step_status__unpack) {
            (c: Cairn__StepStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__StepStatus) throws(MessageError) {
        self.weightBp = c.weight_bp
        self.state = try Arena.text(c.state, "StepStatus.state")
        self.bakedMs = c.baked_ms
        self.bakeMs = c.bake_ms
        self.bakedRequests = c.baked_requests
        self.bakeRequests = c.bake_requests
        self.kind = try Arena.text(c.kind, "StepStatus.kind")
        self.rampPart = c.ramp_part
        self.rampParts = c.ramp_parts
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__StepStatus> {
        let c = try arena.new(Cairn__StepStatus.self)
        cairn__step_status__init(c)
        c.pointee.weight_bp = weightBp
        if !state.isEmpty { c.pointee.state = try arena.string(state, "StepStatus.state") }
        c.pointee.baked_ms = bakedMs
        c.pointee.bake_ms = bakeMs
        c.pointee.baked_requests = bakedRequests
        c.pointee.bake_requests = bakeRequests
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "StepStatus.kind") }
        c.pointee.ramp_part = rampPart
        c.pointee.ramp_parts = rampParts
        return c
    }
}

/// A call of a hook, and what became of it.
public struct HookStatus: Sendable, Equatable {
    public var key: String
    public var name: String
    public var point: String
    /// "waiting", "yes", "no", "timed_out", "cancelled"
    public var state: String
    /// what is asked or told
    public var text: String
    public var answer: String
    public var tries: UInt32
    public var attempt: UInt64
    public var number: String
    public var manifestDigest: [UInt8]
    /// the rollout waits for it now
    public var awaited: Bool

    public init(
        key: String = "",
        name: String = "",
        point: String = "",
        state: String = "",
        text: String = "",
        answer: String = "",
        tries: UInt32 = 0,
        attempt: UInt64 = 0,
        number: String = "",
        manifestDigest: [UInt8] = [],
        awaited: Bool = false
    ) {
        self.key = key
        self.name = name
        self.point = point
        self.state = state
        self.text = text
        self.answer = answer
        self.tries = tries
        self.attempt = attempt
        self.number = number
        self.manifestDigest = manifestDigest
        self.awaited = awaited
    }
}

extension HookStatus: WireMessage {
    public static let name = "cairn.HookStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__hook_status__unpack) {
            (c: Cairn__HookStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HookStatus) throws(MessageError) {
        self.key = try Arena.text(c.key, "HookStatus.key")
        self.name = try Arena.text(c.name, "HookStatus.name")
        self.point = try Arena.text(c.point, "HookStatus.point")
        self.state = try Arena.text(c.state, "HookStatus.state")
        self.text = try Arena.text(c.text, "HookStatus.text")
        self.answer = try Arena.text(c.answer, "HookStatus.answer")
        self.tries = c.tries
        self.attempt = c.attempt
        self.number = try Arena.text(c.number, "HookStatus.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.awaited = c.awaited != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HookStatus> {
        let c = try arena.new(Cairn__HookStatus.self)
        cairn__hook_status__init(c)
        if !key.isEmpty { c.pointee.key = try arena.string(key, "HookStatus.key") }
        if !name.isEmpty { c.pointee.name = try arena.string(name, "HookStatus.name") }
        if !point.isEmpty { c.pointee.point = try arena.string(point, "HookStatus.point") }
        if !state.isEmpty { c.pointee.state = try arena.string(state, "HookStatus.state") }
        if !text.isEmpty { c.pointee.text = try arena.string(text, "HookStatus.text") }
        if !answer.isEmpty { c.pointee.answer = try arena.string(answer, "HookStatus.answer") }
        c.pointee.tries = tries
        c.pointee.attempt = attempt
        if !number.isEmpty { c.pointee.number = try arena.string(number, "HookStatus.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        c.pointee.awaited = awaited ? 1 : 0
        return c
    }
}

/// The last rollback of a target, timed.
public struct RollbackRecord: Sendable, Equatable {
    public var attempt: UInt64
    public var cause: String
    public var fromNumber: String
    public var toNumber: String
    public var startedUnixMs: Int64
    /// every router acknowledged weight 0
    public var ackedUnixMs: Int64
    public var verifiedUnixMs: Int64
    /// what was checked and found
    public var verification: String
    public var startedToAckedMs: Double
    public var startedToVerifiedMs: Double
    public var checks: [ProofCheck]
    /// who ended it without all of its proof; empty: nobody had to
    public var acceptedBy: String

    public init(
        attempt: UInt64 = 0,
        cause: String = "",
        fromNumber: String = "",
        toNumber: String = "",
        startedUnixMs: Int64 = 0,
        ackedUnixMs: Int64 = 0,
        verifiedUnixMs: Int64 = 0,
        verification: String = "",
        startedToAckedMs: Double = 0,
        startedToVerifiedMs: Double = 0,
        checks: [ProofCheck] = [],
        acceptedBy: String = ""
    ) {
        self.attempt = attempt
        self.cause = cause
        self.fromNumber = fromNumber
        self.toNumber = toNumber
        self.startedUnixMs = startedUnixMs
        self.ackedUnixMs = ackedUnixMs
        self.verifiedUnixMs = verifiedUnixMs
        self.verification = verification
        self.startedToAckedMs = startedToAckedMs
        self.startedToVerifiedMs = startedToVerifiedMs
        self.checks = checks
        self.acceptedBy = acceptedBy
    }
}

extension RollbackRecord: WireMessage {
    public static let name = "cairn.RollbackRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__rollback_record__unpack) {
            (c: Cairn__RollbackRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__RollbackRecord) throws(MessageError) {
        self.attempt = c.attempt
        self.cause = try Arena.text(c.cause, "RollbackRecord.cause")
        self.fromNumber = try Arena.text(c.from_number, "RollbackRecord.from_number")
        self.toNumber = try Arena.text(c.to_number, "RollbackRecord.to_number")
        self.startedUnixMs = c.started_unix_ms
        self.ackedUnixMs = c.acked_unix_ms
        self.verifiedUnixMs = c.verified_unix_ms
        self.verification = try Arena.text(c.verification, "RollbackRecord.verification")
        self.startedToAckedMs = c.started_to_acked_ms
        self.startedToVerifiedMs = c.started_to_verified_ms
        self.checks = try Arena.map(c.checks, c.n_checks) { item throws(MessageError) in try ProofCheck(try Arena.pointee(item, "RollbackRecord.checks")) }
        self.acceptedBy = try Arena.text(c.accepted_by, "RollbackRecord.accepted_by")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__RollbackRecord> {
        let c = try arena.new(Cairn__RollbackRecord.self)
        cairn__rollback_record__init(c)
        c.pointee.attempt = attempt
        if !cause.isEmpty { c.pointee.cause = try arena.string(cause, "RollbackRecord.cause") }
        if !fromNumber.isEmpty { c.pointee.from_number = try arena.string(fromNumber, "RollbackRecord.from_number") }
        if !toNumber.isEmpty { c.pointee.to_number = try arena.string(toNumber, "RollbackRecord.to_number") }
        c.pointee.started_unix_ms = startedUnixMs
        c.pointee.acked_unix_ms = ackedUnixMs
        c.pointee.verified_unix_ms = verifiedUnixMs
        if !verification.isEmpty { c.pointee.verification = try arena.string(verification, "RollbackRecord.verification") }
        c.pointee.started_to_acked_ms = startedToAckedMs
        c.pointee.started_to_verified_ms = startedToVerifiedMs
        let checksItems = try arena.array(of: UnsafeMutablePointer<Cairn__ProofCheck>?.self, count: checks.count)
        for (index, value) in checks.enumerated() { checksItems[index] = try value.fill(arena) }
        c.pointee.n_checks = checks.count
        c.pointee.checks = checksItems
        if !acceptedBy.isEmpty { c.pointee.accepted_by = try arena.string(acceptedBy, "RollbackRecord.accepted_by") }
        return c
    }
}

/// One of the checks that prove a way back.
public struct ProofCheck: Sendable, Equatable {
    /// "acknowledged", "loaded", "requests", "failures", "latencies"
    public var name: String
    /// "met", "waiting", "open" (could not be asked)
    public var state: String
    /// what was found, or is waited for
    public var finding: String

    public init(
        name: String = "",
        state: String = "",
        finding: String = ""
    ) {
        self.name = name
        self.state = state
        self.finding = finding
    }
}

extension ProofCheck: WireMessage {
    public static let name = "cairn.ProofCheck"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__proof_check__unpack) {
            (c: Cairn__ProofCheck) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ProofCheck) throws(MessageError) {
        self.name = try Arena.text(c.name, "ProofCheck.name")
        self.state = try Arena.text(c.state, "ProofCheck.state")
        self.finding = try Arena.text(c.finding, "ProofCheck.finding")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ProofCheck> {
        let c = try arena.new(Cairn__ProofCheck.self)
        cairn__proof_check__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "ProofCheck.name") }
        if !state.isEmpty { c.pointee.state = try arena.string(state, "ProofCheck.state") }
        if !finding.isEmpty { c.pointee.finding = try arena.string(finding, "ProofCheck.finding") }
        return c
    }
}

public struct GetProofs: Sendable, Equatable {
    public var target: String

    public init(
        target: String = ""
    ) {
        self.target = target
    }
}

extension GetProofs: WireMessage {
    public static let name = "cairn.GetProofs"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_proofs__unpack) {
            (c: Cairn__GetProofs) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetProofs) throws(MessageError) {
        self.target = try Arena.text(c.target, "GetProofs.target")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetProofs> {
        let c = try arena.new(Cairn__GetProofs.self)
        cairn__get_proofs__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "GetProofs.target") }
        return c
    }
}

/// Every way back of a target, from its log and nothing else.
public struct ProofList: Sendable, Equatable {
    /// that ended, oldest first
    public var rollbacks: [RollbackRecord]
    /// of the log's records that they ended at
    public var sequences: [UInt64]
    /// of the log, all of them folded and proven on the way
    public var recordCount: UInt64

    public init(
        rollbacks: [RollbackRecord] = [],
        sequences: [UInt64] = [],
        recordCount: UInt64 = 0
    ) {
        self.rollbacks = rollbacks
        self.sequences = sequences
        self.recordCount = recordCount
    }
}

extension ProofList: WireMessage {
    public static let name = "cairn.ProofList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__proof_list__unpack) {
            (c: Cairn__ProofList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ProofList) throws(MessageError) {
        self.rollbacks = try Arena.map(c.rollbacks, c.n_rollbacks) { item throws(MessageError) in try RollbackRecord(try Arena.pointee(item, "ProofList.rollbacks")) }
        self.sequences = Arena.values(c.sequences, c.n_sequences)
        self.recordCount = c.record_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ProofList> {
        let c = try arena.new(Cairn__ProofList.self)
        cairn__proof_list__init(c)
        let rollbacksItems = try arena.array(of: UnsafeMutablePointer<Cairn__RollbackRecord>?.self, count: rollbacks.count)
        for (index, value) in rollbacks.enumerated() { rollbacksItems[index] = try value.fill(arena) }
        c.pointee.n_rollbacks = rollbacks.count
        c.pointee.rollbacks = rollbacksItems
        c.pointee.n_sequences = sequences.count
        c.pointee.sequences = try arena.copy(sequences)
        c.pointee.record_count = recordCount
        return c
    }
}

/// A rehearsal of the way back that ended.
public struct DrillRecord: Sendable, Equatable {
    public var number: UInt64
    /// who asked; "the schedule"
    public var by: String
    /// what was rehearsed to be gone back to
    public var releaseNumber: String
    public var startedUnixMs: Int64
    /// until everyone had loaded it; 0: that did not happen
    public var outMs: Double
    /// from then until it was off everywhere
    public var backMs: Double
    public var tookMs: Double
    public var participantCount: UInt32
    public var agentCount: UInt32
    /// of the cohort, that it answered
    public var requestCount: UInt64
    /// "passed", "failed", "overtaken"
    public var result: String
    public var why: String

    public init(
        number: UInt64 = 0,
        by: String = "",
        releaseNumber: String = "",
        startedUnixMs: Int64 = 0,
        outMs: Double = 0,
        backMs: Double = 0,
        tookMs: Double = 0,
        participantCount: UInt32 = 0,
        agentCount: UInt32 = 0,
        requestCount: UInt64 = 0,
        result: String = "",
        why: String = ""
    ) {
        self.number = number
        self.by = by
        self.releaseNumber = releaseNumber
        self.startedUnixMs = startedUnixMs
        self.outMs = outMs
        self.backMs = backMs
        self.tookMs = tookMs
        self.participantCount = participantCount
        self.agentCount = agentCount
        self.requestCount = requestCount
        self.result = result
        self.why = why
    }
}

extension DrillRecord: WireMessage {
    public static let name = "cairn.DrillRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__drill_record__unpack) {
            (c: Cairn__DrillRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DrillRecord) throws(MessageError) {
        self.number = c.number
        self.by = try Arena.text(c.by, "DrillRecord.by")
        self.releaseNumber = try Arena.text(c.release_number, "DrillRecord.release_number")
        self.startedUnixMs = c.started_unix_ms
        self.outMs = c.out_ms
        self.backMs = c.back_ms
        self.tookMs = c.took_ms
        self.participantCount = c.participant_count
        self.agentCount = c.agent_count
        self.requestCount = c.request_count
        self.result = try Arena.text(c.result, "DrillRecord.result")
        self.why = try Arena.text(c.why, "DrillRecord.why")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DrillRecord> {
        let c = try arena.new(Cairn__DrillRecord.self)
        cairn__drill_record__init(c)
        c.pointee.number = number
        if !by.isEmpty { c.pointee.by = try arena.string(by, "DrillRecord.by") }
        if !releaseNumber.isEmpty { c.pointee.release_number = try arena.string(releaseNumber, "DrillRecord.release_number") }
        c.pointee.started_unix_ms = startedUnixMs
        c.pointee.out_ms = outMs
        c.pointee.back_ms = backMs
        c.pointee.took_ms = tookMs
        c.pointee.participant_count = participantCount
        c.pointee.agent_count = agentCount
        c.pointee.request_count = requestCount
        if !result.isEmpty { c.pointee.result = try arena.string(result, "DrillRecord.result") }
        if !why.isEmpty { c.pointee.why = try arena.string(why, "DrillRecord.why") }
        return c
    }
}

public struct GetDrills: Sendable, Equatable {
    /// empty: every target's last one
    public var target: String

    public init(
        target: String = ""
    ) {
        self.target = target
    }
}

extension GetDrills: WireMessage {
    public static let name = "cairn.GetDrills"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_drills__unpack) {
            (c: Cairn__GetDrills) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetDrills) throws(MessageError) {
        self.target = try Arena.text(c.target, "GetDrills.target")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetDrills> {
        let c = try arena.new(Cairn__GetDrills.self)
        cairn__get_drills__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "GetDrills.target") }
        return c
    }
}

/// Of one target.
public struct DrillState: Sendable, Equatable {
    public var target: String
    /// 0: no schedule
    public var everyMs: UInt64
    /// of the next one; 0: none
    public var dueUnixMs: Int64
    /// by a whole interval
    public var overdue: Bool
    /// its end; 0: none is known
    public var lastPassedUnixMs: Int64
    /// of all that were begun
    public var count: UInt64
    /// the one under way; 0: none
    public var present: UInt64
    /// of it: "out", "back"
    public var phase: String
    /// at most the last 100, oldest first
    public var drills: [DrillRecord]

    public init(
        target: String = "",
        everyMs: UInt64 = 0,
        dueUnixMs: Int64 = 0,
        overdue: Bool = false,
        lastPassedUnixMs: Int64 = 0,
        count: UInt64 = 0,
        present: UInt64 = 0,
        phase: String = "",
        drills: [DrillRecord] = []
    ) {
        self.target = target
        self.everyMs = everyMs
        self.dueUnixMs = dueUnixMs
        self.overdue = overdue
        self.lastPassedUnixMs = lastPassedUnixMs
        self.count = count
        self.present = present
        self.phase = phase
        self.drills = drills
    }
}

extension DrillState: WireMessage {
    public static let name = "cairn.DrillState"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__drill_state__unpack) {
            (c: Cairn__DrillState) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DrillState) throws(MessageError) {
        self.target = try Arena.text(c.target, "DrillState.target")
        self.everyMs = c.every_ms
        self.dueUnixMs = c.due_unix_ms
        self.overdue = c.overdue != 0
        self.lastPassedUnixMs = c.last_passed_unix_ms
        self.count = c.count
        self.present = c.present
        self.phase = try Arena.text(c.phase, "DrillState.phase")
        self.drills = try Arena.map(c.drills, c.n_drills) { item throws(MessageError) in try DrillRecord(try Arena.pointee(item, "DrillState.drills")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DrillState> {
        let c = try arena.new(Cairn__DrillState.self)
        cairn__drill_state__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "DrillState.target") }
        c.pointee.every_ms = everyMs
        c.pointee.due_unix_ms = dueUnixMs
        c.pointee.overdue = overdue ? 1 : 0
        c.pointee.last_passed_unix_ms = lastPassedUnixMs
        c.pointee.count = count
        c.pointee.present = present
        if !phase.isEmpty { c.pointee.phase = try arena.string(phase, "DrillState.phase") }
        let drillsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DrillRecord>?.self, count: drills.count)
        for (index, value) in drills.enumerated() { drillsItems[index] = try value.fill(arena) }
        c.pointee.n_drills = drills.count
        c.pointee.drills = drillsItems
        return c
    }
}

public struct DrillList: Sendable, Equatable {
    public var targets: [DrillState]

    public init(
        targets: [DrillState] = []
    ) {
        self.targets = targets
    }
}

extension DrillList: WireMessage {
    public static let name = "cairn.DrillList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__drill_list__unpack) {
            (c: Cairn__DrillList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DrillList) throws(MessageError) {
        self.targets = try Arena.map(c.targets, c.n_targets) { item throws(MessageError) in try DrillState(try Arena.pointee(item, "DrillList.targets")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DrillList> {
        let c = try arena.new(Cairn__DrillList.self)
        cairn__drill_list__init(c)
        let targetsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DrillState>?.self, count: targets.count)
        for (index, value) in targets.enumerated() { targetsItems[index] = try value.fill(arena) }
        c.pointee.n_targets = targets.count
        c.pointee.targets = targetsItems
        return c
    }
}

public struct ListNotices: Sendable, Equatable {
    /// of the newest; 0 means 50, at most 1,000
    public var limit: UInt32
    /// only those that some endpoint has not taken yet
    public var undelivered: Bool

    public init(
        limit: UInt32 = 0,
        undelivered: Bool = false
    ) {
        self.limit = limit
        self.undelivered = undelivered
    }
}

extension ListNotices: WireMessage {
    public static let name = "cairn.ListNotices"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_notices__unpack) {
            (c: Cairn__ListNotices) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListNotices) throws(MessageError) {
        self.limit = c.limit
        self.undelivered = c.undelivered != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListNotices> {
        let c = try arena.new(Cairn__ListNotices.self)
        cairn__list_notices__init(c)
        c.pointee.limit = limit
        c.pointee.undelivered = undelivered ? 1 : 0
        return c
    }
}

/// Something that people were to be told, with what became of it.
public struct NoticeRecord: Sendable, Equatable {
    /// "prod/chat#17.0": the place in the log; the same at every try
    public var id: String
    public var target: String
    /// "page", "alert", "info", "test"
    public var level: String
    public var text: String
    public var timeUnixMs: Int64
    public var deliveries: [NoticeDelivery]

    public init(
        id: String = "",
        target: String = "",
        level: String = "",
        text: String = "",
        timeUnixMs: Int64 = 0,
        deliveries: [NoticeDelivery] = []
    ) {
        self.id = id
        self.target = target
        self.level = level
        self.text = text
        self.timeUnixMs = timeUnixMs
        self.deliveries = deliveries
    }
}

extension NoticeRecord: WireMessage {
    public static let name = "cairn.NoticeRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__notice_record__unpack) {
            (c: Cairn__NoticeRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__NoticeRecord) throws(MessageError) {
        self.id = try Arena.text(c.id, "NoticeRecord.id")
        self.target = try Arena.text(c.target, "NoticeRecord.target")
        self.level = try Arena.text(c.level, "NoticeRecord.level")
        self.text = try Arena.text(c.text, "NoticeRecord.text")
        self.timeUnixMs = c.time_unix_ms
        self.deliveries = try Arena.map(c.deliveries, c.n_deliveries) { item throws(MessageError) in try NoticeDelivery(try Arena.pointee(item, "NoticeRecord.deliveries")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__NoticeRecord> {
        let c = try arena.new(Cairn__NoticeRecord.self)
        cairn__notice_record__init(c)
        if !id.isEmpty { c.pointee.id = try arena.string(id, "NoticeRecord.id") }
        if !target.isEmpty { c.pointee.target = try arena.string(target, "NoticeRecord.target") }
        if !level.isEmpty { c.pointee.level = try arena.string(level, "NoticeRecord.level") }
        if !text.isEmpty { c.pointee.text = try arena.string(text, "NoticeRecord.text") }
        c.pointee.time_unix_ms = timeUnixMs
        let deliveriesItems = try arena.array(of: UnsafeMutablePointer<Cairn__NoticeDelivery>?.self, count: deliveries.count)
        for (index, value) in deliveries.enumerated() { deliveriesItems[index] = try value.fill(arena) }
        c.pointee.n_deliveries = deliveries.count
        c.pointee.deliveries = deliveriesItems
        return c
    }
}

public struct NoticeDelivery: Sendable, Equatable {
    public var endpoint: String
    /// "waiting", "delivered", "given_up"
    public var state: String
    public var tries: UInt32
    public var deliveredUnixMs: Int64
    public var nextTryUnixMs: Int64
    /// of the last try
    public var error: String

    public init(
        endpoint: String = "",
        state: String = "",
        tries: UInt32 = 0,
        deliveredUnixMs: Int64 = 0,
        nextTryUnixMs: Int64 = 0,
        error: String = ""
    ) {
        self.endpoint = endpoint
        self.state = state
        self.tries = tries
        self.deliveredUnixMs = deliveredUnixMs
        self.nextTryUnixMs = nextTryUnixMs
        self.error = error
    }
}

extension NoticeDelivery: WireMessage {
    public static let name = "cairn.NoticeDelivery"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__notice_delivery__unpack) {
            (c: Cairn__NoticeDelivery) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__NoticeDelivery) throws(MessageError) {
        self.endpoint = try Arena.text(c.endpoint, "NoticeDelivery.endpoint")
        self.state = try Arena.text(c.state, "NoticeDelivery.state")
        self.tries = c.tries
        self.deliveredUnixMs = c.delivered_unix_ms
        self.nextTryUnixMs = c.next_try_unix_ms
        self.error = try Arena.text(c.error, "NoticeDelivery.error")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__NoticeDelivery> {
        let c = try arena.new(Cairn__NoticeDelivery.self)
        cairn__notice_delivery__init(c)
        if !endpoint.isEmpty { c.pointee.endpoint = try arena.string(endpoint, "NoticeDelivery.endpoint") }
        if !state.isEmpty { c.pointee.state = try arena.string(state, "NoticeDelivery.state") }
        c.pointee.tries = tries
        c.pointee.delivered_unix_ms = deliveredUnixMs
        c.pointee.next_try_unix_ms = nextTryUnixMs
        if !error.isEmpty { c.pointee.error = try arena.string(error, "NoticeDelivery.error") }
        return c
    }
}

public struct NoticeEndpoint: Sendable, Equatable {
    public var name: String
    /// "webhook", "slack", "command"
    public var kind: String
    /// level from which on it is told: "info", "alert", "page"
    public var least: String
    public var perMinute: UInt32
    public var waitingCount: UInt64

    public init(
        name: String = "",
        kind: String = "",
        least: String = "",
        perMinute: UInt32 = 0,
        waitingCount: UInt64 = 0
    ) {
        self.name = name
        self.kind = kind
        self.least = least
        self.perMinute = perMinute
        self.waitingCount = waitingCount
    }
}

extension NoticeEndpoint: WireMessage {
    public static let name = "cairn.NoticeEndpoint"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__notice_endpoint__unpack) {
            (c: Cairn__NoticeEndpoint) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__NoticeEndpoint) throws(MessageError) {
        self.name = try Arena.text(c.name, "NoticeEndpoint.name")
        self.kind = try Arena.text(c.kind, "NoticeEndpoint.kind")
        self.least = try Arena.text(c.least, "NoticeEndpoint.least")
        self.perMinute = c.per_minute
        self.waitingCount = c.waiting_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__NoticeEndpoint> {
        let c = try arena.new(Cairn__NoticeEndpoint.self)
        cairn__notice_endpoint__init(c)
        if !name.isEmpty { c.pointee.name = try arena.string(name, "NoticeEndpoint.name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "NoticeEndpoint.kind") }
        if !least.isEmpty { c.pointee.least = try arena.string(least, "NoticeEndpoint.least") }
        c.pointee.per_minute = perMinute
        c.pointee.waiting_count = waitingCount
        return c
    }
}

public struct NoticeList: Sendable, Equatable {
    /// newest first
    public var notices: [NoticeRecord]
    public var endpoints: [NoticeEndpoint]

    public init(
        notices: [NoticeRecord] = [],
        endpoints: [NoticeEndpoint] = []
    ) {
        self.notices = notices
        self.endpoints = endpoints
    }
}

extension NoticeList: WireMessage {
    public static let name = "cairn.NoticeList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__notice_list__unpack) {
            (c: Cairn__NoticeList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__NoticeList) throws(MessageError) {
        self.notices = try Arena.map(c.notices, c.n_notices) { item throws(MessageError) in try NoticeRecord(try Arena.pointee(item, "NoticeList.notices")) }
        self.endpoints = try Arena.map(c.endpoints, c.n_endpoints) { item throws(MessageError) in try NoticeEndpoint(try Arena.pointee(item, "NoticeList.endpoints")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__NoticeList> {
        let c = try arena.new(Cairn__NoticeList.self)
        cairn__notice_list__init(c)
        let noticesItems = try arena.array(of: UnsafeMutablePointer<Cairn__NoticeRecord>?.self, count: notices.count)
        for (index, value) in notices.enumerated() { noticesItems[index] = try value.fill(arena) }
        c.pointee.n_notices = notices.count
        c.pointee.notices = noticesItems
        let endpointsItems = try arena.array(of: UnsafeMutablePointer<Cairn__NoticeEndpoint>?.self, count: endpoints.count)
        for (index, value) in endpoints.enumerated() { endpointsItems[index] = try value.fill(arena) }
        c.pointee.n_endpoints = endpoints.count
        c.pointee.endpoints = endpointsItems
        return c
    }
}

/// Puts a notice of level "test" into the outbox of one endpoint.
public struct TestNotice: Sendable, Equatable {
    public var endpoint: String
    public var actor: String

    public init(
        endpoint: String = "",
        actor: String = ""
    ) {
        self.endpoint = endpoint
        self.actor = actor
    }
}

extension TestNotice: WireMessage {
    public static let name = "cairn.TestNotice"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__test_notice__unpack) {
            (c: Cairn__TestNotice) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__TestNotice) throws(MessageError) {
        self.endpoint = try Arena.text(c.endpoint, "TestNotice.endpoint")
        self.actor = try Arena.text(c.actor, "TestNotice.actor")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__TestNotice> {
        let c = try arena.new(Cairn__TestNotice.self)
        cairn__test_notice__init(c)
        if !endpoint.isEmpty { c.pointee.endpoint = try arena.string(endpoint, "TestNotice.endpoint") }
        if !actor.isEmpty { c.pointee.actor = try arena.string(actor, "TestNotice.actor") }
        return c
    }
}

/// Targets that one version moves into in lockstep.
public struct GroupSpec: Sendable, Equatable {
    /// 1 to 64 of a-z, 0-9, - and _
    public var group: String
    /// 2 to 64, of one model and with the same number of steps
    public var targets: [String]
    /// so many may be out of reach without holding up the others
    public var maxUnavailable: UInt32
    public var actor: String
    public var planOnly: Bool

    public init(
        group: String = "",
        targets: [String] = [],
        maxUnavailable: UInt32 = 0,
        actor: String = "",
        planOnly: Bool = false
    ) {
        self.group = group
        self.targets = targets
        self.maxUnavailable = maxUnavailable
        self.actor = actor
        self.planOnly = planOnly
    }
}

extension GroupSpec: WireMessage {
    public static let name = "cairn.GroupSpec"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__group_spec__unpack) {
            (c: Cairn__GroupSpec) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GroupSpec) throws(MessageError) {
        self.group = try Arena.text(c.group, "GroupSpec.group")
        self.targets = try Arena.map(c.targets, c.n_targets) { item throws(MessageError) in try Arena.text(item, "GroupSpec.targets") }
        self.maxUnavailable = c.max_unavailable
        self.actor = try Arena.text(c.actor, "GroupSpec.actor")
        self.planOnly = c.plan_only != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GroupSpec> {
        let c = try arena.new(Cairn__GroupSpec.self)
        cairn__group_spec__init(c)
        if !group.isEmpty { c.pointee.group = try arena.string(group, "GroupSpec.group") }
        let targetsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: targets.count)
        for (index, value) in targets.enumerated() { targetsItems[index] = try arena.string(value, "GroupSpec.targets") }
        c.pointee.n_targets = targets.count
        c.pointee.targets = targetsItems
        c.pointee.max_unavailable = maxUnavailable
        if !actor.isEmpty { c.pointee.actor = try arena.string(actor, "GroupSpec.actor") }
        c.pointee.plan_only = planOnly ? 1 : 0
        return c
    }
}

public struct ListGroups: Sendable, Equatable {
    /// empty: all
    public var group: String

    public init(
        group: String = ""
    ) {
        self.group = group
    }
}

extension ListGroups: WireMessage {
    public static let name = "cairn.ListGroups"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__list_groups__unpack) {
            (c: Cairn__ListGroups) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ListGroups) throws(MessageError) {
        self.group = try Arena.text(c.group, "ListGroups.group")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ListGroups> {
        let c = try arena.new(Cairn__ListGroups.self)
        cairn__list_groups__init(c)
        if !group.isEmpty { c.pointee.group = try arena.string(group, "ListGroups.group") }
        return c
    }
}

public struct GroupList: Sendable, Equatable {
    public var groups: [GroupStatus]

    public init(
        groups: [GroupStatus] = []
    ) {
        self.groups = groups
    }
}

extension GroupList: WireMessage {
    public static let name = "cairn.GroupList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__group_list__unpack) {
            (c: Cairn__GroupList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GroupList) throws(MessageError) {
        self.groups = try Arena.map(c.groups, c.n_groups) { item throws(MessageError) in try GroupStatus(try Arena.pointee(item, "GroupList.groups")) }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GroupList> {
        let c = try arena.new(Cairn__GroupList.self)
        cairn__group_list__init(c)
        let groupsItems = try arena.array(of: UnsafeMutablePointer<Cairn__GroupStatus>?.self, count: groups.count)
        for (index, value) in groups.enumerated() { groupsItems[index] = try value.fill(arena) }
        c.pointee.n_groups = groups.count
        c.pointee.groups = groupsItems
        return c
    }
}

public struct GroupMember: Sendable, Equatable {
    public var target: String
    /// as in TargetStatus
    public var state: String
    public var step: UInt32
    public var attempt: UInt64
    /// at the barrier
    public var ready: Bool
    public var unavailable: Bool
    public var why: String

    public init(
        target: String = "",
        state: String = "",
        step: UInt32 = 0,
        attempt: UInt64 = 0,
        ready: Bool = false,
        unavailable: Bool = false,
        why: String = ""
    ) {
        self.target = target
        self.state = state
        self.step = step
        self.attempt = attempt
        self.ready = ready
        self.unavailable = unavailable
        self.why = why
    }
}

extension GroupMember: WireMessage {
    public static let name = "cairn.GroupMember"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__group_member__unpack) {
            (c: Cairn__GroupMember) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GroupMember) throws(MessageError) {
        self.target = try Arena.text(c.target, "GroupMember.target")
        self.state = try Arena.text(c.state, "GroupMember.state")
        self.step = c.step
        self.attempt = c.attempt
        self.ready = c.ready != 0
        self.unavailable = c.unavailable != 0
        self.why = try Arena.text(c.why, "GroupMember.why")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GroupMember> {
        let c = try arena.new(Cairn__GroupMember.self)
        cairn__group_member__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "GroupMember.target") }
        if !state.isEmpty { c.pointee.state = try arena.string(state, "GroupMember.state") }
        c.pointee.step = step
        c.pointee.attempt = attempt
        c.pointee.ready = ready ? 1 : 0
        c.pointee.unavailable = unavailable ? 1 : 0
        if !why.isEmpty { c.pointee.why = try arena.string(why, "GroupMember.why") }
        return c
    }
}

public struct GroupStatus: Sendable, Equatable {
    public var group: String
    public var members: [GroupMember]
    public var maxUnavailable: UInt32
    /// "idle", "rolling_out", "promoted", "going_back", "went_back"
    public var state: String
    /// of the version on its way, or the last one
    public var number: String
    /// the last step that may begin, from 0
    public var barrier: UInt32
    public var why: String
    public var startedUnixMs: Int64
    public var endedUnixMs: Int64
    public var waitingFor: [String]

    public init(
        group: String = "",
        members: [GroupMember] = [],
        maxUnavailable: UInt32 = 0,
        state: String = "",
        number: String = "",
        barrier: UInt32 = 0,
        why: String = "",
        startedUnixMs: Int64 = 0,
        endedUnixMs: Int64 = 0,
        waitingFor: [String] = []
    ) {
        self.group = group
        self.members = members
        self.maxUnavailable = maxUnavailable
        self.state = state
        self.number = number
        self.barrier = barrier
        self.why = why
        self.startedUnixMs = startedUnixMs
        self.endedUnixMs = endedUnixMs
        self.waitingFor = waitingFor
    }
}

extension GroupStatus: WireMessage {
    public static let name = "cairn.GroupStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__group_status__unpack) {
            (c: Cairn__GroupStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GroupStatus) throws(MessageError) {
        self.group = try Arena.text(c.group, "GroupStatus.group")
        self.members = try Arena.map(c.members, c.n_members) { item throws(MessageError) in try GroupMember(try Arena.pointee(item, "GroupStatus.members")) }
        self.maxUnavailable = c.max_unavailable
        self.state = try Arena.text(c.state, "GroupStatus.state")
        self.number = try Arena.text(c.number, "GroupStatus.number")
        self.barrier = c.barrier
        self.why = try Arena.text(c.why, "GroupStatus.why")
        self.startedUnixMs = c.started_unix_ms
        self.endedUnixMs = c.ended_unix_ms
        self.waitingFor = try Arena.map(c.waiting_for, c.n_waiting_for) { item throws(MessageError) in try Arena.text(item, "GroupStatus.waiting_for") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GroupStatus> {
        let c = try arena.new(Cairn__GroupStatus.self)
        cairn__group_status__init(c)
        if !group.isEmpty { c.pointee.group = try arena.string(group, "GroupStatus.group") }
        let membersItems = try arena.array(of: UnsafeMutablePointer<Cairn__GroupMember>?.self, count: members.count)
        for (index, value) in members.enumerated() { membersItems[index] = try value.fill(arena) }
        c.pointee.n_members = members.count
        c.pointee.members = membersItems
        c.pointee.max_unavailable = maxUnavailable
        if !state.isEmpty { c.pointee.state = try arena.string(state, "GroupStatus.state") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "GroupStatus.number") }
        c.pointee.barrier = barrier
        if !why.isEmpty { c.pointee.why = try arena.string(why, "GroupStatus.why") }
        c.pointee.started_unix_ms = startedUnixMs
        c.pointee.ended_unix_ms = endedUnixMs
        let waitingForItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: waitingFor.count)
        for (index, value) in waitingFor.enumerated() { waitingForItems[index] = try arena.string(value, "GroupStatus.waiting_for") }
        c.pointee.n_waiting_for = waitingFor.count
        c.pointee.waiting_for = waitingForItems
        return c
    }
}

public struct DeployGroup: Sendable, Equatable {
    public var group: String
    public var number: String
    public var manifestDigest: [UInt8]
    /// its revision, attempt and step do not count here
    public var expectation: Expectation?

    public init(
        group: String = "",
        number: String = "",
        manifestDigest: [UInt8] = [],
        expectation: Expectation? = nil
    ) {
        self.group = group
        self.number = number
        self.manifestDigest = manifestDigest
        self.expectation = expectation
    }
}

extension DeployGroup: WireMessage {
    public static let name = "cairn.DeployGroup"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__deploy_group__unpack) {
            (c: Cairn__DeployGroup) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__DeployGroup) throws(MessageError) {
        self.group = try Arena.text(c.group, "DeployGroup.group")
        self.number = try Arena.text(c.number, "DeployGroup.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__DeployGroup> {
        let c = try arena.new(Cairn__DeployGroup.self)
        cairn__deploy_group__init(c)
        if !group.isEmpty { c.pointee.group = try arena.string(group, "DeployGroup.group") }
        if !number.isEmpty { c.pointee.number = try arena.string(number, "DeployGroup.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

/// Takes every member back.
public struct AbortGroup: Sendable, Equatable {
    public var group: String
    public var expectation: Expectation?

    public init(
        group: String = "",
        expectation: Expectation? = nil
    ) {
        self.group = group
        self.expectation = expectation
    }
}

extension AbortGroup: WireMessage {
    public static let name = "cairn.AbortGroup"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__abort_group__unpack) {
            (c: Cairn__AbortGroup) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__AbortGroup) throws(MessageError) {
        self.group = try Arena.text(c.group, "AbortGroup.group")
        self.expectation = if let pointer = c.expectation { try Expectation(pointer.pointee) } else { nil }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__AbortGroup> {
        let c = try arena.new(Cairn__AbortGroup.self)
        cairn__abort_group__init(c)
        if !group.isEmpty { c.pointee.group = try arena.string(group, "AbortGroup.group") }
        if let expectation { c.pointee.expectation = try expectation.fill(arena) }
        return c
    }
}

public struct GroupReply: Sendable, Equatable {
    public var text: String
    public var status: GroupStatus?
    public var changed: Bool

    public init(
        text: String = "",
        status: GroupStatus? = nil,
        changed: Bool = false
    ) {
        self.text = text
        self.status = status
        self.changed = changed
    }
}

extension GroupReply: WireMessage {
    public static let name = "cairn.GroupReply"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__group_reply__unpack) {
            (c: Cairn__GroupReply) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GroupReply) throws(MessageError) {
        self.text = try Arena.text(c.text, "GroupReply.text")
        self.status = if let pointer = c.status { try GroupStatus(pointer.pointee) } else { nil }
        self.changed = c.changed != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GroupReply> {
        let c = try arena.new(Cairn__GroupReply.self)
        cairn__group_reply__init(c)
        if !text.isEmpty { c.pointee.text = try arena.string(text, "GroupReply.text") }
        if let status { c.pointee.status = try status.fill(arena) }
        c.pointee.changed = changed ? 1 : 0
        return c
    }
}

public struct QuarantineEntry: Sendable, Equatable {
    public var number: String
    public var manifestDigest: [UInt8]
    public var why: String
    public var sinceUnixMs: Int64

    public init(
        number: String = "",
        manifestDigest: [UInt8] = [],
        why: String = "",
        sinceUnixMs: Int64 = 0
    ) {
        self.number = number
        self.manifestDigest = manifestDigest
        self.why = why
        self.sinceUnixMs = sinceUnixMs
    }
}

extension QuarantineEntry: WireMessage {
    public static let name = "cairn.QuarantineEntry"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__quarantine_entry__unpack) {
            (c: Cairn__QuarantineEntry) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__QuarantineEntry) throws(MessageError) {
        self.number = try Arena.text(c.number, "QuarantineEntry.number")
        self.manifestDigest = Arena.bytes(c.manifest_digest)
        self.why = try Arena.text(c.why, "QuarantineEntry.why")
        self.sinceUnixMs = c.since_unix_ms
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__QuarantineEntry> {
        let c = try arena.new(Cairn__QuarantineEntry.self)
        cairn__quarantine_entry__init(c)
        if !number.isEmpty { c.pointee.number = try arena.string(number, "QuarantineEntry.number") }
        if !manifestDigest.isEmpty { c.pointee.manifest_digest = try arena.binary(manifestDigest) }
        if !why.isEmpty { c.pointee.why = try arena.string(why, "QuarantineEntry.why") }
        c.pointee.since_unix_ms = sinceUnixMs
        return c
    }
}

public struct TargetStatus: Sendable, Equatable {
    public var target: String
    public var model: String
    /// rises with every change: what `Expectation.revision` names
    public var revision: UInt64
    /// "idle", "queued", "preflight", "step", "watching", …
    public var state: String
    public var attempt: UInt64
    public var stable: Arm?
    public var candidate: Arm?
    public var epoch: UInt64
    public var paused: Bool
    public var frozen: Bool
    public var blind: Bool
    public var steps: [StepStatus]
    public var guards: [GuardStatus]
    public var participants: [ParticipantStatus]
    /// one sentence each
    public var waitingFor: [String]
    /// 0: none
    public var nextTimerUnixMs: Int64
    public var quarantine: [QuarantineEntry]
    public var lastRollback: RollbackRecord?
    /// newest last
    public var lastEvents: [String]
    /// one sentence on the present state
    public var why: String
    /// the controller's clock
    public var nowUnixMs: Int64
    /// where `rollback` without a version would go
    public var previousNumber: String
    public var step: UInt32
    public var baselineBp: UInt32
    public var mirrorBp: UInt32
    public var pinCount: UInt32
    public var freezeWindows: [FreezeWindow]
    /// newest last
    public var hooks: [HookStatus]
    /// of the plan that the attempt is pinned to
    public var planDigest: [UInt8]
    /// what a person ordered past the plan
    public var overrides: [String]
    public var drill: DrillState?
    /// absent where nothing was reported yet
    public var observed: ObservedShare?
    /// whose rollout this attempt is part of
    public var group: String
    /// of that group: the last step that may begin, from 0
    public var barrier: UInt32

    public init(
        target: String = "",
        model: String = "",
        revision: UInt64 = 0,
        state: String = "",
        attempt: UInt64 = 0,
        stable: Arm? = nil,
        candidate: Arm? = nil,
        epoch: UInt64 = 0,
        paused: Bool = false,
        frozen: Bool = false,
        blind: Bool = false,
        steps: [StepStatus] = [],
        guards: [GuardStatus] = [],
        participants: [ParticipantStatus] = [],
        waitingFor: [String] = [],
        nextTimerUnixMs: Int64 = 0,
        quarantine: [QuarantineEntry] = [],
        lastRollback: RollbackRecord? = nil,
        lastEvents: [String] = [],
        why: String = "",
        nowUnixMs: Int64 = 0,
        previousNumber: String = "",
        step: UInt32 = 0,
        baselineBp: UInt32 = 0,
        mirrorBp: UInt32 = 0,
        pinCount: UInt32 = 0,
        freezeWindows: [FreezeWindow] = [],
        hooks: [HookStatus] = [],
        planDigest: [UInt8] = [],
        overrides: [String] = [],
        drill: DrillState? = nil,
        observed: ObservedShare? = nil,
        group: String = "",
        barrier: UInt32 = 0
    ) {
        self.target = target
        self.model = model
        self.revision = revision
        self.state = state
        self.attempt = attempt
        self.stable = stable
        self.candidate = candidate
        self.epoch = epoch
        self.paused = paused
        self.frozen = frozen
        self.blind = blind
        self.steps = steps
        self.guards = guards
        self.participants = participants
        self.waitingFor = waitingFor
        self.nextTimerUnixMs = nextTimerUnixMs
        self.quarantine = quarantine
        self.lastRollback = lastRollback
        self.lastEvents = lastEvents
        self.why = why
        self.nowUnixMs = nowUnixMs
        self.previousNumber = previousNumber
        self.step = step
        self.baselineBp = baselineBp
        self.mirrorBp = mirrorBp
        self.pinCount = pinCount
        self.freezeWindows = freezeWindows
        self.hooks = hooks
        self.planDigest = planDigest
        self.overrides = overrides
        self.drill = drill
        self.observed = observed
        self.group = group
        self.barrier = barrier
    }
}

extension TargetStatus: WireMessage {
    public static let name = "cairn.TargetStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__target_status__unpack) {
            (c: Cairn__TargetStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__TargetStatus) throws(MessageError) {
        self.target = try Arena.text(c.target, "TargetStatus.target")
        self.model = try Arena.text(c.model, "TargetStatus.model")
        self.revision = c.revision
        self.state = try Arena.text(c.state, "TargetStatus.state")
        self.attempt = c.attempt
        self.stable = if let pointer = c.stable { try Arm(pointer.pointee) } else { nil }
        self.candidate = if let pointer = c.candidate { try Arm(pointer.pointee) } else { nil }
        self.epoch = c.epoch
        self.paused = c.paused != 0
        self.frozen = c.frozen != 0
        self.blind = c.blind != 0
        self.steps = try Arena.map(c.steps, c.n_steps) { item throws(MessageError) in try StepStatus(try Arena.pointee(item, "TargetStatus.steps")) }
        self.guards = try Arena.map(c.guards, c.n_guards) { item throws(MessageError) in try GuardStatus(try Arena.pointee(item, "TargetStatus.guards")) }
        self.participants = try Arena.map(c.participants, c.n_participants) { item throws(MessageError) in try ParticipantStatus(try Arena.pointee(item, "TargetStatus.participants")) }
        self.waitingFor = try Arena.map(c.waiting_for, c.n_waiting_for) { item throws(MessageError) in try Arena.text(item, "TargetStatus.waiting_for") }
        self.nextTimerUnixMs = c.next_timer_unix_ms
        self.quarantine = try Arena.map(c.quarantine, c.n_quarantine) { item throws(MessageError) in try QuarantineEntry(try Arena.pointee(item, "TargetStatus.quarantine")) }
        self.lastRollback = if let pointer = c.last_rollback { try RollbackRecord(pointer.pointee) } else { nil }
        self.lastEvents = try Arena.map(c.last_events, c.n_last_events) { item throws(MessageError) in try Arena.text(item, "TargetStatus.last_events") }
        self.why = try Arena.text(c.why, "TargetStatus.why")
        self.nowUnixMs = c.now_unix_ms
        self.previousNumber = try Arena.text(c.previous_number, "TargetStatus.previous_number")
        self.step = c.step
        self.baselineBp = c.baseline_bp
        self.mirrorBp = c.mirror_bp
        self.pinCount = c.pin_count
        self.freezeWindows = try Arena.map(c.freeze_windows, c.n_freeze_windows) { item throws(MessageError) in try FreezeWindow(try Arena.pointee(item, "TargetStatus.freeze_windows")) }
        self.hooks = try Arena.map(c.hooks, c.n_hooks) { item throws(MessageError) in try HookStatus(try Arena.pointee(item, "TargetStatus.hooks")) }
        self.planDigest = Arena.bytes(c.plan_digest)
        self.overrides = try Arena.map(c.overrides, c.n_overrides) { item throws(MessageError) in try Arena.text(item, "TargetStatus.overrides") }
        self.drill = if let pointer = c.drill { try DrillState(pointer.pointee) } else { nil }
        self.observed = if let pointer = c.observed { try ObservedShare(pointer.pointee) } else { nil }
        self.group = try Arena.text(c.group, "TargetStatus.group")
        self.barrier = c.barrier
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__TargetStatus> {
        let c = try arena.new(Cairn__TargetStatus.self)
        cairn__target_status__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "TargetStatus.target") }
        if !model.isEmpty { c.pointee.model = try arena.string(model, "TargetStatus.model") }
        c.pointee.revision = revision
        if !state.isEmpty { c.pointee.state = try arena.string(state, "TargetStatus.state") }
        c.pointee.attempt = attempt
        if let stable { c.pointee.stable = try stable.fill(arena) }
        if let candidate { c.pointee.candidate = try candidate.fill(arena) }
        c.pointee.epoch = epoch
        c.pointee.paused = paused ? 1 : 0
        c.pointee.frozen = frozen ? 1 : 0
        c.pointee.blind = blind ? 1 : 0
        let stepsItems = try arena.array(of: UnsafeMutablePointer<Cairn__StepStatus>?.self, count: steps.count)
        for (index, value) in steps.enumerated() { stepsItems[index] = try value.fill(arena) }
        c.pointee.n_steps = steps.count
        c.pointee.steps = stepsItems
        let guardsItems = try arena.array(of: UnsafeMutablePointer<Cairn__GuardStatus>?.self, count: guards.count)
        for (index, value) in guards.enumerated() { guardsItems[index] = try value.fill(arena) }
        c.pointee.n_guards = guards.count
        c.pointee.guards = guardsItems
        let participantsItems = try arena.array(of: UnsafeMutablePointer<Cairn__ParticipantStatus>?.self, count: participants.count)
        for (index, value) in participants.enumerated() { participantsItems[index] = try value.fill(arena) }
        c.pointee.n_participants = participants.count
        c.pointee.participants = participantsItems
        let waitingForItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: waitingFor.count)
        for (index, value) in waitingFor.enumerated() { waitingForItems[index] = try arena.string(value, "TargetStatus.waiting_for") }
        c.pointee.n_waiting_for = waitingFor.count
        c.pointee.waiting_for = waitingForItems
        c.pointee.next_timer_unix_ms = nextTimerUnixMs
        let quarantineItems = try arena.array(of: UnsafeMutablePointer<Cairn__QuarantineEntry>?.self, count: quarantine.count)
        for (index, value) in quarantine.enumerated() { quarantineItems[index] = try value.fill(arena) }
        c.pointee.n_quarantine = quarantine.count
        c.pointee.quarantine = quarantineItems
        if let lastRollback { c.pointee.last_rollback = try lastRollback.fill(arena) }
        let lastEventsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: lastEvents.count)
        for (index, value) in lastEvents.enumerated() { lastEventsItems[index] = try arena.string(value, "TargetStatus.last_events") }
        c.pointee.n_last_events = lastEvents.count
        c.pointee.last_events = lastEventsItems
        if !why.isEmpty { c.pointee.why = try arena.string(why, "TargetStatus.why") }
        c.pointee.now_unix_ms = nowUnixMs
        if !previousNumber.isEmpty { c.pointee.previous_number = try arena.string(previousNumber, "TargetStatus.previous_number") }
        c.pointee.step = step
        c.pointee.baseline_bp = baselineBp
        c.pointee.mirror_bp = mirrorBp
        c.pointee.pin_count = pinCount
        let freezeWindowsItems = try arena.array(of: UnsafeMutablePointer<Cairn__FreezeWindow>?.self, count: freezeWindows.count)
        for (index, value) in freezeWindows.enumerated() { freezeWindowsItems[index] = try value.fill(arena) }
        c.pointee.n_freeze_windows = freezeWindows.count
        c.pointee.freeze_windows = freezeWindowsItems
        let hooksItems = try arena.array(of: UnsafeMutablePointer<Cairn__HookStatus>?.self, count: hooks.count)
        for (index, value) in hooks.enumerated() { hooksItems[index] = try value.fill(arena) }
        c.pointee.n_hooks = hooks.count
        c.pointee.hooks = hooksItems
        if !planDigest.isEmpty { c.pointee.plan_digest = try arena.binary(planDigest) }
        let overridesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: overrides.count)
        for (index, value) in overrides.enumerated() { overridesItems[index] = try arena.string(value, "TargetStatus.overrides") }
        c.pointee.n_overrides = overrides.count
        c.pointee.overrides = overridesItems
        if let drill { c.pointee.drill = try drill.fill(arena) }
        if let observed { c.pointee.observed = try observed.fill(arena) }
        if !group.isEmpty { c.pointee.group = try arena.string(group, "TargetStatus.group") }
        c.pointee.barrier = barrier
        return c
    }
}

/// How much of the traffic the candidate has in fact had in the present step.
public struct ObservedShare: Sendable, Equatable {
    /// of all arms that the weight is about
    public var requestCount: UInt64
    public var candidateCount: UInt64
    /// the candidate's share by the weights
    public var wantedBp: UInt32
    /// what of that many requests may come of chance: 999 times in 1,000
    public var low: Double
    public var high: Double
    public var fits: Bool

    public init(
        requestCount: UInt64 = 0,
        candidateCount: UInt64 = 0,
        wantedBp: UInt32 = 0,
        low: Double = 0,
        high: Double = 0,
        fits: Bool = false
    ) {
        self.requestCount = requestCount
        self.candidateCount = candidateCount
        self.wantedBp = wantedBp
        self.low = low
        self.high = high
        self.fits = fits
    }
}

extension ObservedShare: WireMessage {
    public static let name = "cairn.ObservedShare"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__observed_share__unpack) {
            (c: Cairn__ObservedShare) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ObservedShare) throws(MessageError) {
        self.requestCount = c.request_count
        self.candidateCount = c.candidate_count
        self.wantedBp = c.wanted_bp
        self.low = c.low
        self.high = c.high
        self.fits = c.fits != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ObservedShare> {
        let c = try arena.new(Cairn__ObservedShare.self)
        cairn__observed_share__init(c)
        c.pointee.request_count = requestCount
        c.pointee.candidate_count = candidateCount
        c.pointee.wanted_bp = wantedBp
        c.pointee.low = low
        c.pointee.high = high
        c.pointee.fits = fits ? 1 : 0
        return c
    }
}

public struct GetHistory: Sendable, Equatable {
    public var target: String
    /// 0: everything; else the entry in force then
    public var atUnixMs: Int64
    public var afterSequence: UInt64

    public init(
        target: String = "",
        atUnixMs: Int64 = 0,
        afterSequence: UInt64 = 0
    ) {
        self.target = target
        self.atUnixMs = atUnixMs
        self.afterSequence = afterSequence
    }
}

extension GetHistory: WireMessage {
    public static let name = "cairn.GetHistory"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_history__unpack) {
            (c: Cairn__GetHistory) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetHistory) throws(MessageError) {
        self.target = try Arena.text(c.target, "GetHistory.target")
        self.atUnixMs = c.at_unix_ms
        self.afterSequence = c.after_sequence
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetHistory> {
        let c = try arena.new(Cairn__GetHistory.self)
        cairn__get_history__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "GetHistory.target") }
        c.pointee.at_unix_ms = atUnixMs
        c.pointee.after_sequence = afterSequence
        return c
    }
}

/// One record of the hash-chained log.
public struct HistoryEntry: Sendable, Equatable {
    public var sequence: UInt64
    public var timeUnixMs: Int64
    public var actor: String
    public var reason: String
    /// the canonical text that the chain covers
    public var event: String
    /// for people
    public var summary: String
    public var chainDigest: [UInt8]
    /// what served after it
    public var stableNumber: String
    public var candidateNumber: String
    public var candidateWeightBp: UInt32
    public var epoch: UInt64

    public init(
        sequence: UInt64 = 0,
        timeUnixMs: Int64 = 0,
        actor: String = "",
        reason: String = "",
        event: String = "",
        summary: String = "",
        chainDigest: [UInt8] = [],
        stableNumber: String = "",
        candidateNumber: String = "",
        candidateWeightBp: UInt32 = 0,
        epoch: UInt64 = 0
    ) {
        self.sequence = sequence
        self.timeUnixMs = timeUnixMs
        self.actor = actor
        self.reason = reason
        self.event = event
        self.summary = summary
        self.chainDigest = chainDigest
        self.stableNumber = stableNumber
        self.candidateNumber = candidateNumber
        self.candidateWeightBp = candidateWeightBp
        self.epoch = epoch
    }
}

extension HistoryEntry: WireMessage {
    public static let name = "cairn.HistoryEntry"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__history_entry__unpack) {
            (c: Cairn__HistoryEntry) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__HistoryEntry) throws(MessageError) {
        self.sequence = c.sequence
        self.timeUnixMs = c.time_unix_ms
        self.actor = try Arena.text(c.actor, "HistoryEntry.actor")
        self.reason = try Arena.text(c.reason, "HistoryEntry.reason")
        self.event = try Arena.text(c.event, "HistoryEntry.event")
        self.summary = try Arena.text(c.summary, "HistoryEntry.summary")
        self.chainDigest = Arena.bytes(c.chain_digest)
        self.stableNumber = try Arena.text(c.stable_number, "HistoryEntry.stable_number")
        self.candidateNumber = try Arena.text(c.candidate_number, "HistoryEntry.candidate_number")
        self.candidateWeightBp = c.candidate_weight_bp
        self.epoch = c.epoch
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__HistoryEntry> {
        let c = try arena.new(Cairn__HistoryEntry.self)
        cairn__history_entry__init(c)
        c.pointee.sequence = sequence
        c.pointee.time_unix_ms = timeUnixMs
        if !actor.isEmpty { c.pointee.actor = try arena.string(actor, "HistoryEntry.actor") }
        if !reason.isEmpty { c.pointee.reason = try arena.string(reason, "HistoryEntry.reason") }
        if !event.isEmpty { c.pointee.event = try arena.string(event, "HistoryEntry.event") }
        if !summary.isEmpty { c.pointee.summary = try arena.string(summary, "HistoryEntry.summary") }
        if !chainDigest.isEmpty { c.pointee.chain_digest = try arena.binary(chainDigest) }
        if !stableNumber.isEmpty { c.pointee.stable_number = try arena.string(stableNumber, "HistoryEntry.stable_number") }
        if !candidateNumber.isEmpty { c.pointee.candidate_number = try arena.string(candidateNumber, "HistoryEntry.candidate_number") }
        c.pointee.candidate_weight_bp = candidateWeightBp
        c.pointee.epoch = epoch
        return c
    }
}

public struct GetVerdicts: Sendable, Equatable {
    public var target: String
    /// 0: of every attempt
    public var attempt: UInt64

    public init(
        target: String = "",
        attempt: UInt64 = 0
    ) {
        self.target = target
        self.attempt = attempt
    }
}

extension GetVerdicts: WireMessage {
    public static let name = "cairn.GetVerdicts"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_verdicts__unpack) {
            (c: Cairn__GetVerdicts) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetVerdicts) throws(MessageError) {
        self.target = try Arena.text(c.target, "GetVerdicts.target")
        self.attempt = c.attempt
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetVerdicts> {
        let c = try arena.new(Cairn__GetVerdicts.self)
        cairn__get_verdicts__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "GetVerdicts.target") }
        c.pointee.attempt = attempt
        return c
    }
}

/// A guard's verdict, as it fell and as it comes out when it is computed again from what was stored.
public struct VerdictRecord: Sendable, Equatable {
    /// of the log's record that it fell at
    public var sequence: UInt64
    public var attempt: UInt64
    public var guardName: String
    public var kind: String
    public var observe: Bool
    /// ln e; of a threshold the rate; of the watch as in GuardStatus
    public var statistic: Double
    /// what it had to reach
    public var bound: Double
    public var stableRequests: UInt64
    public var stableFailures: UInt64
    public var candidateRequests: UInt64
    public var candidateFailures: UInt64
    /// 0: unknown
    public var detectable: Double
    public var atUnixMs: Int64
    public var why: String
    /// one line for each thing that the statistic is a function of
    public var inputs: [String]
    public var recomputed: Double
    /// the same verdict again
    public var confirmed: Bool

    public init(
        sequence: UInt64 = 0,
        attempt: UInt64 = 0,
        guardName: String = "",
        kind: String = "",
        observe: Bool = false,
        statistic: Double = 0,
        bound: Double = 0,
        stableRequests: UInt64 = 0,
        stableFailures: UInt64 = 0,
        candidateRequests: UInt64 = 0,
        candidateFailures: UInt64 = 0,
        detectable: Double = 0,
        atUnixMs: Int64 = 0,
        why: String = "",
        inputs: [String] = [],
        recomputed: Double = 0,
        confirmed: Bool = false
    ) {
        self.sequence = sequence
        self.attempt = attempt
        self.guardName = guardName
        self.kind = kind
        self.observe = observe
        self.statistic = statistic
        self.bound = bound
        self.stableRequests = stableRequests
        self.stableFailures = stableFailures
        self.candidateRequests = candidateRequests
        self.candidateFailures = candidateFailures
        self.detectable = detectable
        self.atUnixMs = atUnixMs
        self.why = why
        self.inputs = inputs
        self.recomputed = recomputed
        self.confirmed = confirmed
    }
}

extension VerdictRecord: WireMessage {
    public static let name = "cairn.VerdictRecord"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verdict_record__unpack) {
            (c: Cairn__VerdictRecord) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerdictRecord) throws(MessageError) {
        self.sequence = c.sequence
        self.attempt = c.attempt
        self.guardName = try Arena.text(c.guard_name, "VerdictRecord.guard_name")
        self.kind = try Arena.text(c.kind, "VerdictRecord.kind")
        self.observe = c.observe != 0
        self.statistic = c.statistic
        self.bound = c.bound
        self.stableRequests = c.stable_requests
        self.stableFailures = c.stable_failures
        self.candidateRequests = c.candidate_requests
        self.candidateFailures = c.candidate_failures
        self.detectable = c.detectable
        self.atUnixMs = c.at_unix_ms
        self.why = try Arena.text(c.why, "VerdictRecord.why")
        self.inputs = try Arena.map(c.inputs, c.n_inputs) { item throws(MessageError) in try Arena.text(item, "VerdictRecord.inputs") }
        self.recomputed = c.recomputed
        self.confirmed = c.confirmed != 0
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerdictRecord> {
        let c = try arena.new(Cairn__VerdictRecord.self)
        cairn__verdict_record__init(c)
        c.pointee.sequence = sequence
        c.pointee.attempt = attempt
        if !guardName.isEmpty { c.pointee.guard_name = try arena.string(guardName, "VerdictRecord.guard_name") }
        if !kind.isEmpty { c.pointee.kind = try arena.string(kind, "VerdictRecord.kind") }
        c.pointee.observe = observe ? 1 : 0
        c.pointee.statistic = statistic
        c.pointee.bound = bound
        c.pointee.stable_requests = stableRequests
        c.pointee.stable_failures = stableFailures
        c.pointee.candidate_requests = candidateRequests
        c.pointee.candidate_failures = candidateFailures
        c.pointee.detectable = detectable
        c.pointee.at_unix_ms = atUnixMs
        if !why.isEmpty { c.pointee.why = try arena.string(why, "VerdictRecord.why") }
        let inputsItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: inputs.count)
        for (index, value) in inputs.enumerated() { inputsItems[index] = try arena.string(value, "VerdictRecord.inputs") }
        c.pointee.n_inputs = inputs.count
        c.pointee.inputs = inputsItems
        c.pointee.recomputed = recomputed
        c.pointee.confirmed = confirmed ? 1 : 0
        return c
    }
}

public struct VerdictList: Sendable, Equatable {
    /// oldest first
    public var verdicts: [VerdictRecord]
    /// of the log, all of them folded and proven on the way
    public var recordCount: UInt64

    public init(
        verdicts: [VerdictRecord] = [],
        recordCount: UInt64 = 0
    ) {
        self.verdicts = verdicts
        self.recordCount = recordCount
    }
}

extension VerdictList: WireMessage {
    public static let name = "cairn.VerdictList"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verdict_list__unpack) {
            (c: Cairn__VerdictList) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerdictList) throws(MessageError) {
        self.verdicts = try Arena.map(c.verdicts, c.n_verdicts) { item throws(MessageError) in try VerdictRecord(try Arena.pointee(item, "VerdictList.verdicts")) }
        self.recordCount = c.record_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerdictList> {
        let c = try arena.new(Cairn__VerdictList.self)
        cairn__verdict_list__init(c)
        let verdictsItems = try arena.array(of: UnsafeMutablePointer<Cairn__VerdictRecord>?.self, count: verdicts.count)
        for (index, value) in verdicts.enumerated() { verdictsItems[index] = try value.fill(arena) }
        c.pointee.n_verdicts = verdicts.count
        c.pointee.verdicts = verdictsItems
        c.pointee.record_count = recordCount
        return c
    }
}

public struct VerifyAudit: Sendable, Equatable {
    /// empty: every target
    public var target: String

    public init(
        target: String = ""
    ) {
        self.target = target
    }
}

extension VerifyAudit: WireMessage {
    public static let name = "cairn.VerifyAudit"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__verify_audit__unpack) {
            (c: Cairn__VerifyAudit) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__VerifyAudit) throws(MessageError) {
        self.target = try Arena.text(c.target, "VerifyAudit.target")
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__VerifyAudit> {
        let c = try arena.new(Cairn__VerifyAudit.self)
        cairn__verify_audit__init(c)
        if !target.isEmpty { c.pointee.target = try arena.string(target, "VerifyAudit.target") }
        return c
    }
}

public struct AuditReport: Sendable, Equatable {
    public var recordCount: UInt64
    /// empty: the chain is whole
    public var damages: [String]

    public init(
        recordCount: UInt64 = 0,
        damages: [String] = []
    ) {
        self.recordCount = recordCount
        self.damages = damages
    }
}

extension AuditReport: WireMessage {
    public static let name = "cairn.AuditReport"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__audit_report__unpack) {
            (c: Cairn__AuditReport) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__AuditReport) throws(MessageError) {
        self.recordCount = c.record_count
        self.damages = try Arena.map(c.damages, c.n_damages) { item throws(MessageError) in try Arena.text(item, "AuditReport.damages") }
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__AuditReport> {
        let c = try arena.new(Cairn__AuditReport.self)
        cairn__audit_report__init(c)
        c.pointee.record_count = recordCount
        let damagesItems = try arena.array(of: UnsafeMutablePointer<CChar>?.self, count: damages.count)
        for (index, value) in damages.enumerated() { damagesItems[index] = try arena.string(value, "AuditReport.damages") }
        c.pointee.n_damages = damages.count
        c.pointee.damages = damagesItems
        return c
    }
}

public struct GetControllerStatus: Sendable, Equatable {
    public init() {}
}

extension GetControllerStatus: WireMessage {
    public static let name = "cairn.GetControllerStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__get_controller_status__unpack) {
            (c: Cairn__GetControllerStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__GetControllerStatus) throws(MessageError) {
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__GetControllerStatus> {
        let c = try arena.new(Cairn__GetControllerStatus.self)
        cairn__get_controller_status__init(c)
        return c
    }
}

public struct ControllerStatus: Sendable, Equatable {
    public var targetCount: UInt64
    public var liveAttemptCount: UInt64
    public var participantCount: UInt64
    public var undeliveredEventCount: UInt64
    /// of targets that have a schedule or had a drill, without the list
    public var drills: [DrillState]
    public var waitingNoticeCount: UInt64
    public var givenUpNoticeCount: UInt64

    public init(
        targetCount: UInt64 = 0,
        liveAttemptCount: UInt64 = 0,
        participantCount: UInt64 = 0,
        undeliveredEventCount: UInt64 = 0,
        drills: [DrillState] = [],
        waitingNoticeCount: UInt64 = 0,
        givenUpNoticeCount: UInt64 = 0
    ) {
        self.targetCount = targetCount
        self.liveAttemptCount = liveAttemptCount
        self.participantCount = participantCount
        self.undeliveredEventCount = undeliveredEventCount
        self.drills = drills
        self.waitingNoticeCount = waitingNoticeCount
        self.givenUpNoticeCount = givenUpNoticeCount
    }
}

extension ControllerStatus: WireMessage {
    public static let name = "cairn.ControllerStatus"

    public init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
        self = try Arena.decode(bytes, Self.name, cairn__controller_status__unpack) {
            (c: Cairn__ControllerStatus) throws(MessageError) in try Self(c)
        }
    }

    public func encoded() throws(MessageError) -> [UInt8] {
        let arena = Arena()
        return try arena.pack(try fill(arena), Self.name)
    }

    init(_ c: Cairn__ControllerStatus) throws(MessageError) {
        self.targetCount = c.target_count
        self.liveAttemptCount = c.live_attempt_count
        self.participantCount = c.participant_count
        self.undeliveredEventCount = c.undelivered_event_count
        self.drills = try Arena.map(c.drills, c.n_drills) { item throws(MessageError) in try DrillState(try Arena.pointee(item, "ControllerStatus.drills")) }
        self.waitingNoticeCount = c.waiting_notice_count
        self.givenUpNoticeCount = c.given_up_notice_count
    }

    func fill(_ arena: Arena) throws(MessageError) -> UnsafeMutablePointer<Cairn__ControllerStatus> {
        let c = try arena.new(Cairn__ControllerStatus.self)
        cairn__controller_status__init(c)
        c.pointee.target_count = targetCount
        c.pointee.live_attempt_count = liveAttemptCount
        c.pointee.participant_count = participantCount
        c.pointee.undelivered_event_count = undeliveredEventCount
        let drillsItems = try arena.array(of: UnsafeMutablePointer<Cairn__DrillState>?.self, count: drills.count)
        for (index, value) in drills.enumerated() { drillsItems[index] = try value.fill(arena) }
        c.pointee.n_drills = drills.count
        c.pointee.drills = drillsItems
        c.pointee.waiting_notice_count = waitingNoticeCount
        c.pointee.given_up_notice_count = givenUpNoticeCount
        return c
    }
}
