import CairnCore

/// What every version of a model is measured by: one data set, pinned by digest, one way to get
/// predictions, metrics and gates.
public struct EvaluationSuite: Equatable, Sendable {
    public let name: ModelName
    public let model: ModelName
    public let dataset: Digest
    public let task: EvaluationTask
    /// As the suite lists them; empty stands for those that are shown by default.
    public let listedMetrics: [EvaluationMetric]
    /// `nil`: predictions are uploaded.
    public let runner: RunnerSpec?
    public let gates: [SuiteGate]
    public let labelColumn: String
    /// How often the runner predicts the whole data set, 1 to 1,000: for models with chance in them.
    public let repeats: Int
    public let options: SuiteOptions

    public static let gateCountMax = 64

    /// - Parameters:
    ///   - labelColumn: empty stands for `label`.
    ///   - repeats: 0 stands for 1.
    public init(
        name: ModelName, model: ModelName, dataset: Digest, task: EvaluationTask,
        metrics: [EvaluationMetric] = [], runner: RunnerSpec? = nil, gates: [SuiteGate] = [],
        labelColumn: String = "", repeats: Int = 0, options: SuiteOptions = SuiteOptions()
    ) throws(SuiteError) {
        (self.name, self.model, self.dataset, self.task) = (name, model, dataset, task)
        (listedMetrics, self.runner, self.gates) = (metrics, runner, gates)
        self.labelColumn = labelColumn.isEmpty ? "label" : labelColumn
        self.repeats = repeats == 0 ? 1 : repeats
        self.options = options
        try check()
    }

    /// What is computed: what is listed, or else what is shown by default, and what the gates speak
    /// of.
    public var metrics: [EvaluationMetric] {
        var metrics =
            listedMetrics.isEmpty
            ? EvaluationMetric.shown(of: task).filter { options.allows($0) } : listedMetrics
        for metric in gates.map(\.metric) where !metrics.contains(metric) {
            metrics.append(metric)
        }
        return metrics
    }
}

extension EvaluationSuite {
    /// Those that gates hold against other versions: of these more is kept of each example.
    public var metricsHeldAgainstOthers: [EvaluationMetric] {
        gates.filter { $0.condition.margin != nil }.map(\.metric)
    }

    /// Which numbers may be compared: those of the same data set, read in the same way.
    public struct Basis: Hashable, Sendable {
        public let dataset: Digest
        public let task: EvaluationTask
        public let labelColumn: String
        /// Empty: every example weighs 1.
        public let weightColumn: String

        public init(
            dataset: Digest, task: EvaluationTask, labelColumn: String, weightColumn: String = ""
        ) {
            (self.dataset, self.task, self.labelColumn) = (dataset, task, labelColumn)
            self.weightColumn = weightColumn
        }
    }

    public var basis: Basis {
        Basis(
            dataset: dataset, task: task, labelColumn: labelColumn,
            weightColumn: options.weightColumn)
    }
}
