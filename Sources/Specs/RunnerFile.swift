import CairnCore
import Messages

/// How a suite gets predictions, as a person writes it down.
enum RunnerFile {
    static let keys = [
        "command", "time_limit", "environment", "output_limit", "memory_limit", "user",
        "predictions_file",
    ]

    static func read(_ value: ConfigValue) throws(ConfigError) -> Runner {
        let map = try ConfigMap(value, "a runner", keys: keys)
        let command = try map.required("command")
        let words = try command.texts()
        guard words.contains(where: { $0.contains("{predictions}") }) else {
            throw ConfigError(
                "the command names no {predictions}: the path that it shall write to",
                at: command.place)
        }
        return Runner(
            command: words,
            timeLimitMs: try map.optional("time_limit", Milliseconds.read) ?? 0,
            environment: try map.optional("environment", environment) ?? [],
            outputByteCountMax: try map.optional("output_limit") { v throws(ConfigError) in
                try v.byteCount()
            } ?? 0,
            memoryByteCountMax: try map.optional("memory_limit") { v throws(ConfigError) in
                try v.byteCount()
            } ?? 0,
            user: try map.text("user"), predictionsFile: try map.text("predictions_file"))
    }

    private static func environment(_ value: ConfigValue) throws(ConfigError) -> [KeyValue] {
        guard case .map(let entries) = value.content else {
            throw ConfigError("expected names with values", at: value.place)
        }
        var pairs: [KeyValue] = []
        for entry in entries {
            let isName =
                entry.key.first?.isNumber == false
                && entry.key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            guard isName else {
                throw ConfigError(
                    "'\(entry.key)' is no name of an environment variable", at: entry.place)
            }
            let text = entry.value.content == .null ? "" : try entry.value.text()
            pairs.append(KeyValue(key: entry.key, value: text))
        }
        return pairs
    }
}
