import CairnCore
import Evaluation
import Messages

/// A suite as a person writes it down, before its data set is looked up.
public struct SuiteFile: Sendable, Equatable {
    /// Without the data set's digest.
    public let spec: SuiteSpec
    public let dataset: DatasetReference
    /// Where the data set is named, for errors about it.
    public let datasetPlace: ConfigPlace

    static let keys = [
        "name", "model", "dataset", "task", "metrics", "slices", "label_column", "positive_label",
        "weight_column", "zero_division", "repeats", "seed", "priority", "skip_invalid", "stable",
        "runner", "gates",
    ]

    public init(_ value: ConfigValue) throws(ConfigError) {
        let map = try ConfigMap(value, "a suite", keys: Self.keys)
        let dataset = try map.required("dataset")
        self.dataset = try DatasetReference(dataset)
        datasetPlace = dataset.place
        let (task, kind) = try Self.task(try map.required("task"))
        spec = SuiteSpec(
            name: try map.required("name").modelName(),
            model: try map.required("model").modelName(),
            task: kind,
            metrics: try map.optional("metrics") { v throws(ConfigError) in
                try Self.metrics(v, of: task)
            } ?? [],
            runner: try map.optional("runner", RunnerFile.read),
            gates: try map.optional("gates") { v throws(ConfigError) in
                try Self.gates(v, of: task)
            } ?? [],
            labelColumn: try map.text("label_column"),
            repeats: try map.optional("repeats") { v throws(ConfigError) in
                try v.integer(in: 1...1000)
            } ?? 0,
            positiveLabel: try map.text("positive_label"),
            slices: try map.optional("slices") { v throws(ConfigError) in try v.texts() } ?? [],
            weightColumn: try map.text("weight_column"),
            zeroDivision: try map.choice("zero_division", ["0", "1", "undefined"]),
            seed: try map.count("seed"),
            priority: try map.optional("priority") { v throws(ConfigError) in try v.integer() }
                ?? 0,
            skipInvalid: try map.flag("skip_invalid"),
            stableTarget: try map.optional("stable") { v throws(ConfigError) in
                try v.targetName()
            } ?? "")
    }

    private static let kinds: [TaskKind] = [
        .binary, .multiclass, .multilabel, .regression, .languageModel, .multipleChoice,
        .textGeneration, .ranking, .code, .serving,
    ]

    private static func task(_ value: ConfigValue) throws(ConfigError)
        -> (EvaluationTask, TaskKind)
    {
        let tasks = zip(EvaluationTask.kinds, kinds)
        let word = try value.choice(EvaluationTask.kinds.map(\.description))
        guard let task = tasks.first(where: { $0.0.description == word }) else {
            preconditionFailure("'\(word)' was chosen from a list without it")
        }
        return task
    }

    private static func metrics(_ value: ConfigValue, of task: EvaluationTask) throws(ConfigError)
        -> [String]
    {
        var names: [String] = []
        for item in try value.list() { names.append(try metric(item, of: task)) }
        return names
    }

    /// A name that the catalogue has.
    private static func metric(_ value: ConfigValue, of task: EvaluationTask) throws(ConfigError)
        -> String
    {
        let name = try value.text()
        do throws(SuiteError) {
            _ = try EvaluationMetric(named: name, of: task)
            return name
        } catch {
            throw ConfigError(error.description, at: value.place)
        }
    }

    private static func gates(_ value: ConfigValue, of task: EvaluationTask) throws(ConfigError)
        -> [Gate]
    {
        var gates: [Gate] = []
        for item in try value.list() { gates.append(try gate(item, of: task)) }
        return gates
    }

    private static let conditions: [(key: String, kind: GateKind)] = [
        ("at_least", .atLeast), ("at_most", .atMost),
        ("not_worse_than_parent_by", .nonInferiorToParent),
        ("not_worse_than_stable_by", .nonInferiorToStable),
    ]

    static let gateKeys = ["metric"] + conditions.map(\.key) + ["alpha"]

    private static func gate(_ value: ConfigValue, of task: EvaluationTask) throws(ConfigError)
        -> Gate
    {
        let map = try ConfigMap(value, "a gate", keys: gateKeys)
        let metric = try metric(try map.required("metric"), of: task)
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
