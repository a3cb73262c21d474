import CairnCore
import Messages

/// A suite as a person writes it down, before its data set is looked up.
public struct SuiteFile: Sendable, Equatable {
    /// Without the data set's digest.
    public let spec: SuiteSpec
    public let dataset: DatasetReference
    /// Where the data set is named, for errors about it.
    public let datasetPlace: ConfigPlace

    static let keys = [
        "name", "model", "dataset", "task", "metrics", "label_column", "positive_label", "repeats",
        "runner", "gates",
    ]

    public init(_ value: ConfigValue) throws(ConfigError) {
        let map = try ConfigMap(value, "a suite", keys: Self.keys)
        let dataset = try map.required("dataset")
        self.dataset = try DatasetReference(dataset)
        datasetPlace = dataset.place
        spec = SuiteSpec(
            name: try map.required("name").modelName(),
            model: try map.required("model").modelName(),
            task: try Self.task(try map.required("task")),
            metrics: try map.optional("metrics") { v throws(ConfigError) in try v.texts() } ?? [],
            runner: try map.optional("runner", Self.runner),
            gates: try map.optional("gates", Self.gates) ?? [],
            labelColumn: try map.optional("label_column") { v throws(ConfigError) in try v.text() }
                ?? "",
            repeats: try map.optional("repeats") { v throws(ConfigError) in
                try v.integer(in: 1...1000)
            } ?? 0,
            positiveLabel: try map.optional("positive_label") { v throws(ConfigError) in
                try v.text()
            } ?? "")
    }

    private static func task(_ value: ConfigValue) throws(ConfigError) -> TaskKind {
        switch try value.choice(["binary", "multiclass", "regression", "language_model"]) {
        case "binary": .binary
        case "multiclass": .multiclass
        case "regression": .regression
        default: .languageModel
        }
    }

    private static func runner(_ value: ConfigValue) throws(ConfigError) -> Runner {
        let map = try ConfigMap(
            value, "a runner", keys: ["command", "time_limit", "environment", "output_limit"])
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
            } ?? 0)
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

    private static func gates(_ value: ConfigValue) throws(ConfigError) -> [Gate] {
        var gates: [Gate] = []
        for item in try value.list() { gates.append(try gate(item)) }
        return gates
    }

    private static let conditions: [(key: String, kind: GateKind)] = [
        ("at_least", .atLeast), ("at_most", .atMost),
        ("not_worse_than_parent_by", .nonInferiorToParent),
    ]

    private static func gate(_ value: ConfigValue) throws(ConfigError) -> Gate {
        let map = try ConfigMap(
            value, "a gate", keys: ["metric"] + conditions.map(\.key) + ["alpha"])
        let metric = try map.required("metric").text()
        let present = conditions.filter { map[$0.key] != nil }
        guard present.count == 1, let condition = present.first else {
            let words = conditions.map(\.key).joined(separator: ", ")
            throw ConfigError("a gate needs one of \(words), and only one", at: map.place)
        }
        return Gate(
            metric: metric, kind: condition.kind,
            bound: try map.required(condition.key).number(),
            alpha: try map.optional("alpha", Probability.read) ?? 0)
    }
}
