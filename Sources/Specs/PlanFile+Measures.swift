import CairnCore
import Messages

/// Guards over a metrics store.
extension PlanFile {
    static let measureKeys = [
        "query", "label", "max", "min", "interval", "range", "resolution", "breaches", "last",
        "errors_max",
    ]

    static func measure(_ map: ConfigMap) throws(ConfigError) -> GuardSpec {
        let read = { (v: ConfigValue) throws(ConfigError) -> Double in try v.number() }
        let (most, least) = (try map.optional("max", read), try map.optional("min", read))
        guard (most == nil) != (least == nil) else {
            throw ConfigError(
                "a guard of kind prometheus has one limit: max or min",
                at: try map.required("kind").place)
        }
        func small(_ key: String) throws(ConfigError) -> UInt32 {
            try map.optional(key) { v throws(ConfigError) in try v.integer(in: 1...1_000) } ?? 0
        }
        return GuardSpec(
            name: try map.required("name").text(), kind: "prometheus",
            bound: most ?? least ?? 0, observe: try map.flag("observe"),
            eventsMin: try map.count("events_min"), query: try map.required("query").text(),
            label: try map.optional("label") { v throws(ConfigError) in try v.text() } ?? "version",
            below: least != nil,
            intervalMs: try map.optional("interval", Milliseconds.read64) ?? 0,
            rangeMs: try map.optional("range", Milliseconds.read64) ?? 0,
            resolutionMs: try map.optional("resolution", Milliseconds.read64) ?? 0,
            breaches: try small("breaches"), last: try small("last"),
            errorsMax: try small("errors_max"))
    }
}
