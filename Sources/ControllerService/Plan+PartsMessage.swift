import CairnCore
import Deployment
import Messages
import Ports

extension Plan.Kind {
    init(_ spec: PlanStep) throws {
        switch spec.kind {
        case "", "shift": self = .shift
        case "mirror":
            guard let share = BasisPoints(Int(spec.mirrorBp)) else {
                throw RPCError(
                    .invalidArgument,
                    "a step mirrors \(spec.mirrorBp) basis points; 10000 is everything")
            }
            self = .mirror(share)
        case "experiment": self = .experiment
        case "hook": self = .hook(spec.hook)
        default:
            throw RPCError(
                .invalidArgument,
                "a step is of kind '\(spec.kind.prefix(40))'; expected shift, mirror, experiment or "
                    + "hook")
        }
    }

    /// As the wire names it.
    var word: String {
        switch self {
        case .shift: "shift"
        case .mirror: "mirror"
        case .experiment: "experiment"
        case .hook: "hook"
        }
    }
}

extension Plan.Ramp {
    /// `nil` where there is none: both are 0.
    init?(milliseconds: UInt64, parts: UInt32) {
        if milliseconds == 0, parts == 0 { return nil }
        self.init(over: .milliseconds(Int64(clamping: milliseconds)), parts: Int(parts))
    }
}

extension Plan.Hook {
    init(_ spec: HookSpec) throws {
        guard let point = Point(rawValue: spec.point) else {
            let points = Point.allCases.map(\.rawValue).joined(separator: ", ")
            throw RPCError(
                .invalidArgument,
                "hook \(spec.name.prefix(64)) is at point '\(spec.point.prefix(40))'; expected one "
                    + "of \(points)")
        }
        self.init(name: spec.name, point: point)
        timeout = Plan.duration(spec.timeoutMs, or: timeout)
        retries = Int(spec.retries)
        onFailure = try Plan.word(spec.onFailure, "on_failure", or: onFailure)
    }
}

extension DrillRules {
    init(_ spec: DrillSpec) throws {
        self.init()
        if spec.everyMs != 0 { every = .milliseconds(Int64(clamping: spec.everyMs)) }
        limit = Plan.duration(spec.limitMs, or: limit)
        if let every, spec.limitMs == 0 { limit = min(limit, every) }
        cohort = spec.cohort
    }
}

extension Plan.Pin {
    init(_ spec: PinSpec) throws {
        let matches: [Match] =
            (spec.key.isEmpty ? [] : [.key(spec.key)])
            + (spec.prefix.isEmpty ? [] : [.prefix(spec.prefix)])
            + (spec.cohort.isEmpty ? [] : [.cohort(spec.cohort)])
        guard matches.count == 1, let arm = Deployment.Arm(rawValue: spec.arm) else {
            throw RPCError(
                .invalidArgument,
                "a pin has one of key, prefix and cohort, and an arm, stable or candidate")
        }
        self.init(matches[0], to: arm)
    }
}

extension PinSpec {
    init(_ pin: Plan.Pin) {
        self.init(arm: pin.arm.rawValue)
        switch pin.match {
        case .key(let text): key = text
        case .prefix(let text): prefix = text
        case .cohort(let name): cohort = name
        }
    }
}
