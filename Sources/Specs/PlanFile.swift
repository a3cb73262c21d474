import CairnCore
import Messages

/// The plan of a target's file: the keys of `cairn.PlanSpec` without their units, values with them.
enum PlanFile {
    static let keys = [
        "steps", "guards", "watch", "rollback", "ack_deadline", "preflight_deadline",
        "step_deadline", "on_busy", "on_inconclusive", "on_no_data", "allow_decrease",
        "skip_verdict", "agents_min", "blind_limit", "on_blind", "on_unsure", "deadline",
        "on_deadline", "hooks", "pins", "drill",
    ]

    static func plan(_ value: ConfigValue) throws(ConfigError) -> PlanSpec {
        let map = try ConfigMap(value, "a plan", keys: keys)
        return PlanSpec(
            steps: try steps(try map.required("steps")),
            guards: try map.optional("guards", guards) ?? [],
            watch: try map.optional("watch", watch),
            rollback: try map.optional("rollback", rollback),
            ackDeadlineMs: try map.optional("ack_deadline", Milliseconds.read) ?? 0,
            preflightDeadlineMs: try map.optional("preflight_deadline", Milliseconds.read) ?? 0,
            stepDeadlineMs: try map.optional("step_deadline", Milliseconds.read) ?? 0,
            onBusy: try map.choice("on_busy", ["refuse", "queue", "supersede"]),
            onInconclusive: try map.choice("on_inconclusive", ["hold", "reject", "proceed"]),
            onNoData: try map.choice("on_no_data", ["hold", "roll_back", "proceed"]),
            allowDecrease: try map.flag("allow_decrease"),
            skipVerdict: try map.flag("skip_verdict"),
            agentsMin: try map.optional("agents_min") { v throws(ConfigError) in
                try v.integer(in: 1...UInt32.max)
            } ?? 0,
            blindLimitMs: try map.optional("blind_limit", Milliseconds.read) ?? 0,
            onBlind: try map.choice("on_blind", ["hold", "roll_back"]),
            onUnsure: try map.choice("on_unsure", ["hold", "roll_back", "proceed"]),
            deadlineMs: try map.optional("deadline", Milliseconds.read64) ?? 0,
            onDeadline: try map.choice("on_deadline", ["roll_back", "hold"]),
            hooks: try map.optional("hooks", hooks) ?? [],
            pins: try map.optional("pins", pins) ?? [],
            drill: try map.optional("drill", drill))
    }

    private static func steps(_ value: ConfigValue) throws(ConfigError) -> [PlanStep] {
        let items = try value.list()
        guard (1...64).contains(items.count) else {
            throw ConfigError("a plan has 1 to 64 steps, this one \(items.count)", at: value.place)
        }
        var steps: [PlanStep] = []
        for item in items { steps.append(try step(item, after: steps.last?.weightBp ?? 0)) }
        return steps
    }

    private static func guards(_ value: ConfigValue) throws(ConfigError) -> [GuardSpec] {
        var guards: [GuardSpec] = []
        for item in try value.list() { guards.append(try guardSpec(item)) }
        return guards
    }

    private static func watch(_ value: ConfigValue) throws(ConfigError) -> WatchSpec {
        let map = try ConfigMap(
            value, "a watch",
            keys: [
                "duration", "policy", "delta", "failure_rate_max", "requests_min", "run_length",
                "window", "detectors",
            ])
        return WatchSpec(
            durationMs: try map.optional("duration", Milliseconds.read64) ?? 0,
            policy: try map.choice("policy", ["roll_back", "alert"]),
            delta: try map.optional("delta", Probability.read) ?? 0,
            failureRateMax: try map.optional("failure_rate_max", Rate.read) ?? 0,
            requestsMin: try map.count("requests_min"),
            runLengthMs: try map.optional("run_length", Milliseconds.read64) ?? 0,
            windowMs: try map.optional("window", Milliseconds.read64) ?? 0,
            detectors: try map.optional("detectors", detectors) ?? [])
    }

    private static func rollback(_ value: ConfigValue) throws(ConfigError) -> RollbackSpec {
        let map = try ConfigMap(
            value, "a rollback",
            keys: [
                "deadline", "verify_requests", "quiet", "alpha", "ramp", "window", "on_unproven",
            ])
        let ramp = try map.optional("ramp", ramp)
        return RollbackSpec(
            deadlineMs: try map.optional("deadline", Milliseconds.read) ?? 0,
            verifyRequests: try map.count("verify_requests"),
            quietMs: try map.optional("quiet", Milliseconds.read) ?? 0,
            alpha: try map.optional("alpha", Probability.read) ?? 0,
            rampMs: ramp?.milliseconds ?? 0, rampParts: ramp?.parts ?? 0,
            windowMs: try map.optional("window", Milliseconds.read64) ?? 0,
            onUnproven: try map.choice("on_unproven", ["page", "accept"]))
    }
}
