import CairnCore
import Messages

/// Steps of a plan: a weight, or one of the kinds that need no weight of their own.
extension PlanFile {
    private static let common = [
        "weight", "bake", "bake_requests", "bake_events", "warm", "warm_requests", "manual_gate",
        "gate_expiry", "gate_expiry_policy", "deadline", "ramp",
    ]

    /// `mirror: 10%`, `experiment: 5%` and `hook: NAME` say what kind of a step it is.
    ///
    /// - Parameter weight: of the step before, which a mirror and a hook leave as it is.
    static func step(_ value: ConfigValue, after weight: UInt32) throws(ConfigError) -> PlanStep {
        let kinds = ["mirror", "experiment", "hook"]
        let map = try ConfigMap(value, "a step", keys: common + kinds)
        var step = try plain(map)
        var kind = ""
        for word in kinds {
            let isThere = try map.optional(word) { value throws(ConfigError) in value } != nil
            guard isThere else { continue }
            guard kind.isEmpty else {
                throw ConfigError("a step is a \(kind) or a \(word), not both", at: value.place)
            }
            kind = word
        }
        let ownWeight = try map.optional("weight") { v throws(ConfigError) in
            UInt32(try v.share().value)
        }
        if !kind.isEmpty, ownWeight != nil {
            throw ConfigError("a step that is a \(kind) has no weight of its own", at: value.place)
        }
        step.kind = kind
        switch kind {
        case "mirror":
            step.mirrorBp = UInt32(try map.required("mirror").share().value)
            step.weightBp = weight
        case "experiment": step.weightBp = UInt32(try map.required("experiment").share().value)
        case "hook":
            step.hook = try map.required("hook").text()
            step.weightBp = weight
        default: step.weightBp = UInt32(try map.required("weight").share().value)
        }
        return step
    }

    private static func plain(_ map: ConfigMap) throws(ConfigError) -> PlanStep {
        let ramp = try map.optional("ramp", ramp)
        return PlanStep(
            bakeMs: try map.optional("bake", Milliseconds.read) ?? 0,
            bakeRequests: try map.count("bake_requests"),
            bakeEvents: try map.count("bake_events"),
            warmMs: try map.optional("warm", Milliseconds.read) ?? 0,
            warmRequests: try map.count("warm_requests"),
            manualGate: try map.flag("manual_gate"),
            gateExpiryMs: try map.optional("gate_expiry", Milliseconds.read) ?? 0,
            gateExpiryPolicy: try map.choice(
                "gate_expiry_policy", ["hold", "roll_back", "proceed"]),
            rampMs: ramp?.milliseconds ?? 0, rampParts: ramp?.parts ?? 0,
            deadlineMs: try map.optional("deadline", Milliseconds.read64) ?? 0)
    }

    /// `{over: 10m, parts: 5}`.
    static func ramp(_ value: ConfigValue) throws(ConfigError) -> (
        milliseconds: UInt64, parts: UInt32
    ) {
        let map = try ConfigMap(value, "a ramp", keys: ["over", "parts"])
        return (
            try Milliseconds.read64(try map.required("over")),
            try map.required("parts").integer(in: 2...100)
        )
    }
}
