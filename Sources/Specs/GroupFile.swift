import CairnCore
import Messages

/// Reads a group of targets as a person writes it down.
public enum GroupFile {
    /// - Returns: the spec without `actor` and `planOnly`, which belong to the caller.
    public static func spec(_ value: ConfigValue) throws(ConfigError) -> GroupSpec {
        let map = try ConfigMap(value, "a group", keys: ["group", "targets", "max_unavailable"])
        var targets: [String] = []
        for item in try map.required("targets").list() { targets.append(try item.targetName()) }
        return GroupSpec(
            group: try map.required("group").text(), targets: targets,
            maxUnavailable: try map.optional("max_unavailable") { v throws(ConfigError) in
                try v.integer(in: 0...63)
            } ?? 0)
    }
}
