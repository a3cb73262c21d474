import CairnCore
import Messages

/// Reads a target with its rollout plan as a person writes it down.
///
/// Absent keys stay absent (0 or empty on the wire), so that the controller's defaults hold and are
/// stated in one place. What one value alone can break is refused here, with its line; what only
/// the plan as a whole can break is the controller's to refuse.
public enum TargetFile {
    static let keys = ["target", "model", "suite", "plan"]

    /// - Returns: the spec without `actor` and `planOnly`, which belong to the caller.
    public static func spec(_ value: ConfigValue) throws(ConfigError) -> TargetSpec {
        let map = try ConfigMap(value, "a target", keys: keys)
        return TargetSpec(
            target: try map.required("target").targetName(),
            model: try map.required("model").modelName(),
            plan: try PlanFile.plan(try map.required("plan")),
            suite: try map.optional("suite") { v throws(ConfigError) in try v.text() } ?? "")
    }
}
