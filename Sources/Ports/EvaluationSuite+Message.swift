import CairnCore
import Evaluation
import Messages

extension EvaluationSuite {
    /// Checks a suite that came over the wire, or out of a store.
    /// - Throws: with the nearest known name where a metric is unknown.
    public init(_ spec: SuiteSpec) throws(SuiteError) {
        guard let dataset = Digest(bytes: spec.datasetDigest) else {
            throw SuiteError(
                "the data set's digest has \(spec.datasetDigest.count) bytes; expected 32")
        }
        let task = Self.task(spec)
        var gates: [SuiteGate] = []
        for gate in spec.gates { gates.append(try Self.gate(gate, of: task)) }
        var metrics: [EvaluationMetric] = []
        for name in spec.metrics {
            metrics.append(try EvaluationMetric(named: name, of: task))
        }
        var runner: RunnerSpec?
        if let sent = spec.runner { runner = try Self.runner(sent) }
        try self.init(
            name: try Self.name(spec.name), model: try Self.name(spec.model), dataset: dataset,
            task: task, metrics: metrics, runner: runner, gates: gates,
            labelColumn: spec.labelColumn, repeats: Int(spec.repeats),
            options: try SuiteOptions(spec))
    }

    private static func name(_ text: String) throws(SuiteError) -> ModelName {
        do { return try ModelName(text) } catch { throw SuiteError(error.description) }
    }

    private static func task(_ spec: SuiteSpec) -> EvaluationTask {
        switch spec.task {
        case .binary: .binary(positive: spec.positiveLabel.isEmpty ? "1" : spec.positiveLabel)
        case .multiclass: .multiclass
        case .regression: .regression
        case .languageModel: .languageModel
        case .multilabel: .multilabel
        case .multipleChoice: .multipleChoice
        case .textGeneration: .textGeneration
        case .ranking: .ranking
        case .code: .code
        case .serving: .serving
        }
    }

    private static func gate(_ gate: Gate, of task: EvaluationTask) throws(SuiteError)
        -> SuiteGate
    {
        let condition: SuiteGate.Condition =
            switch gate.kind {
            case .atLeast: .atLeast(gate.bound)
            case .atMost: .atMost(gate.bound)
            case .nonInferiorToParent: .notWorseThanParent(by: gate.bound)
            case .nonInferiorToStable: .notWorseThanStable(by: gate.bound)
            }
        let metric = try EvaluationMetric(named: gate.metric, of: task)
        return try SuiteGate(metric, condition, alpha: gate.alpha)
    }

    private static func runner(_ runner: Runner) throws(SuiteError) -> RunnerSpec {
        try RunnerSpec(
            command: runner.command, timeLimit: .milliseconds(Int64(runner.timeLimitMs)),
            environment: runner.environment.map { RunnerSpec.Variable($0.key, $0.value) },
            outputByteCountMax: runner.outputByteCountMax,
            memoryByteCountMax: runner.memoryByteCountMax, user: runner.user,
            predictionsFile: runner.predictionsFile)
    }

    /// With every default spelled out.
    public var spec: SuiteSpec {
        var positiveLabel = ""
        if case .binary(let label) = task { positiveLabel = label }
        return SuiteSpec(
            name: name.description, model: model.description, datasetDigest: dataset.bytes,
            task: taskKind, metrics: listedMetrics.map(\.name), runner: runner?.message,
            gates: gates.map(\.message), labelColumn: labelColumn, repeats: UInt32(repeats),
            positiveLabel: positiveLabel, slices: options.slices,
            weightColumn: options.weightColumn, zeroDivision: options.zeroDivision.rawValue,
            seed: options.seed, priority: options.priority, skipInvalid: options.skipsInvalid,
            stableTarget: options.stableTarget?.description ?? "")
    }

    private var taskKind: TaskKind {
        switch task {
        case .binary: .binary
        case .multiclass: .multiclass
        case .regression: .regression
        case .languageModel: .languageModel
        case .multilabel: .multilabel
        case .multipleChoice: .multipleChoice
        case .textGeneration: .textGeneration
        case .ranking: .ranking
        case .code: .code
        case .serving: .serving
        }
    }
}

extension SuiteGate {
    public var message: Gate {
        switch condition {
        case .atLeast(let bound):
            Gate(metric: metric.name, kind: .atLeast, bound: bound, alpha: alpha)
        case .atMost(let bound):
            Gate(metric: metric.name, kind: .atMost, bound: bound, alpha: alpha)
        case .notWorseThanParent(let margin):
            Gate(metric: metric.name, kind: .nonInferiorToParent, bound: margin, alpha: alpha)
        case .notWorseThanStable(let margin):
            Gate(metric: metric.name, kind: .nonInferiorToStable, bound: margin, alpha: alpha)
        }
    }
}

extension RunnerSpec {
    fileprivate var message: Runner {
        Runner(
            command: command, timeLimitMs: UInt32(timeLimit.wholeMilliseconds),
            environment: environment.map { KeyValue(key: $0.name, value: $0.value) },
            outputByteCountMax: outputByteCountMax, memoryByteCountMax: memoryByteCountMax,
            user: user, predictionsFile: predictionsFile)
    }
}

extension SuiteOptions {
    fileprivate init(_ spec: SuiteSpec) throws(SuiteError) {
        self.init()
        (slices, weightColumn, seed) = (spec.slices, spec.weightColumn, spec.seed)
        (priority, skipsInvalid) = (spec.priority, spec.skipInvalid)
        if !spec.zeroDivision.isEmpty {
            guard let value = ZeroDivision(rawValue: spec.zeroDivision) else {
                let words = ZeroDivision.allCases.map(\.rawValue).joined(separator: ", ")
                throw SuiteError(
                    "zero_division is '\(spec.zeroDivision)'; expected one of \(words)")
            }
            zeroDivision = value
        }
        if !spec.stableTarget.isEmpty {
            do { stableTarget = try TargetName(spec.stableTarget) } catch {
                throw SuiteError(error.description)
            }
        }
    }
}
