import CairnCore
import Messages

/// Guards, hooks and pins of a plan.
extension PlanFile {
    private static let guardKinds = [
        "failure_rate_max", "arm_eprocess", "arm_eprocess_latency", "sequential_score_means",
        "paired_beta_mixture", "prometheus",
    ]

    static func guardSpec(_ value: ConfigValue) throws(ConfigError) -> GuardSpec {
        let map = try ConfigMap(
            value, "a guard",
            keys: [
                "name", "kind", "bound", "requests_min", "alpha", "observe", "events_min", "margin",
                "effect",
            ] + measureKeys)
        let kind = try map.required("kind").choice(guardKinds)
        if kind == "failure_rate_max" { _ = try map.required("bound") }
        if kind == "prometheus" { return try measure(map) }
        for key in measureKeys where try map.optional(key, { v throws(ConfigError) in v }) != nil {
            throw ConfigError("\(key) is for a guard of kind prometheus", at: value.place)
        }
        return GuardSpec(
            name: try map.required("name").text(), kind: kind,
            bound: try map.optional("bound", Rate.read) ?? 0,
            requestsMin: try map.count("requests_min"),
            alpha: try map.optional("alpha", Probability.read) ?? 0,
            observe: try map.flag("observe"), eventsMin: try map.count("events_min"),
            margin: try map.optional("margin", Rate.read) ?? 0,
            effect: try map.optional("effect") { v throws(ConfigError) in try v.number() } ?? 0)
    }

    private static let points = [
        "confirm_rollout", "pre_rollout", "rollout", "confirm_increase", "confirm_promotion",
        "post_rollout", "rollback", "event", "step",
    ]

    static func hooks(_ value: ConfigValue) throws(ConfigError) -> [HookSpec] {
        var hooks: [HookSpec] = []
        for item in try value.list() {
            let map = try ConfigMap(
                item, "a hook", keys: ["name", "point", "timeout", "retries", "on_failure"])
            hooks.append(
                HookSpec(
                    name: try map.required("name").text(),
                    point: try map.required("point").choice(points),
                    timeoutMs: try map.optional("timeout", Milliseconds.read64) ?? 0,
                    retries: try map.optional("retries") { v throws(ConfigError) in
                        try v.integer(in: 0...20)
                    } ?? 3,
                    onFailure: try map.choice("on_failure", ["hold", "roll_back", "proceed"])))
        }
        return hooks
    }

    static func drill(_ value: ConfigValue) throws(ConfigError) -> DrillSpec {
        let map = try ConfigMap(value, "a drill", keys: ["every", "limit", "cohort"])
        return DrillSpec(
            everyMs: try map.optional("every", Milliseconds.read64) ?? 0,
            limitMs: try map.optional("limit", Milliseconds.read64) ?? 0,
            cohort: try map.text("cohort"))
    }

    static func pins(_ value: ConfigValue) throws(ConfigError) -> [PinSpec] {
        var pins: [PinSpec] = []
        for item in try value.list() {
            let map = try ConfigMap(item, "a pin", keys: ["key", "prefix", "cohort", "arm"])
            let pin = PinSpec(
                key: try map.text("key"), prefix: try map.text("prefix"),
                cohort: try map.text("cohort"),
                arm: try map.required("arm").choice(["stable", "candidate"]))
            guard [pin.key, pin.prefix, pin.cohort].count(where: { !$0.isEmpty }) == 1 else {
                throw ConfigError(
                    "a pin has one of key, prefix and cohort", at: item.place)
            }
            pins.append(pin)
        }
        return pins
    }
}
