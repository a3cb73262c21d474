import CairnCore
import Messages

/// What a watch looks at beside the failures.
extension PlanFile {
    private static let detectorKinds = ["adwin_latency", "cusum_scores", "cusum_latency", "psi"]

    static func detectors(_ value: ConfigValue) throws(ConfigError) -> [DetectorSpec] {
        var detectors: [DetectorSpec] = []
        for item in try value.list() { detectors.append(try detector(item)) }
        return detectors
    }

    private static func detector(_ value: ConfigValue) throws(ConfigError) -> DetectorSpec {
        let map = try ConfigMap(
            value, "a detector", keys: ["name", "kind", "column", "smallest_effect", "policy"])
        let kind = try map.required("kind").choice(detectorKinds)
        let column = kind == "psi" ? try map.required("column").text() : try map.text("column")
        guard kind == "psi" || column.isEmpty else {
            throw ConfigError("only a detector of kind psi has a column", at: value.place)
        }
        let effect =
            try map.optional("smallest_effect") { item throws(ConfigError) in
                kind == "cusum_latency" ? try Rate.read(item) : try item.number()
            } ?? 0
        guard kind != "adwin_latency" || effect == 0 else {
            throw ConfigError("ADWIN has no smallest_effect", at: value.place)
        }
        return DetectorSpec(
            name: try map.required("name").text(), kind: kind, column: column,
            smallestEffect: effect, policy: try map.choice("policy", ["roll_back", "alert"]))
    }
}
