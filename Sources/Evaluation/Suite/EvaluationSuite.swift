import CairnCore

/// What every version of a model is measured by: one data set, pinned by digest, one way to get
/// predictions, metrics and gates.
public struct EvaluationSuite: Equatable, Sendable {
    public let name: ModelName
    public let model: ModelName
    public let dataset: Digest
    public let task: EvaluationTask
    /// As the suite lists them; empty stands for all of the task.
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

    /// What is computed: what is listed, and what the gates speak of.
    public var metrics: [EvaluationMetric] {
        let wanted = Set(listedMetrics + gates.map(\.metric))
        let all = EvaluationMetric.all(of: task)
        return listedMetrics.isEmpty ? all : all.filter(wanted.contains)
    }

    private func check() throws(SuiteError) {
        guard (1...1_000).contains(repeats) else {
            throw SuiteError("a suite repeats 1 to 1,000 times, this one \(repeats)")
        }
        guard gates.count <= Self.gateCountMax else {
            throw SuiteError(
                "a suite has at most \(Self.gateCountMax) gates, this one \(gates.count)")
        }
        guard Set(listedMetrics).count == listedMetrics.count else {
            throw SuiteError("a metric is listed twice")
        }
        let known = EvaluationMetric.all(of: task)
        for metric in listedMetrics + gates.map(\.metric) where !known.contains(metric) {
            throw SuiteError(
                "\(metric) is no metric of a \(task) task; it has "
                    + known.map(\.name).joined(separator: ", "))
        }
        for gate in gates { try check(gate) }
    }

    /// A gate that no test could ever decide is refused now and not after the first evaluation.
    private func check(_ gate: SuiteGate) throws(SuiteError) {
        guard case .notWorseThanParent = gate.condition, repeats == 1, gate.metric.column == nil
        else { return }
        let tested = EvaluationMetric.all(of: task).filter { $0.column != nil }
        throw SuiteError(
            "\(gate.metric) is no mean over examples, so one run cannot show that it is not worse "
                + "than the parent's: let the suite repeat at least 2 times, or gate on "
                + tested.map(\.name).joined(separator: " or "))
    }
}

extension EvaluationSuite {
    /// Which numbers may be compared: those of the same data set, read in the same way.
    public struct Basis: Hashable, Sendable {
        public let dataset: Digest
        public let task: EvaluationTask
        public let labelColumn: String

        public init(dataset: Digest, task: EvaluationTask, labelColumn: String) {
            (self.dataset, self.task, self.labelColumn) = (dataset, task, labelColumn)
        }
    }

    public var basis: Basis { Basis(dataset: dataset, task: task, labelColumn: labelColumn) }
}
