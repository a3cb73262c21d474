import CairnCore

/// A number that an evaluation gives, by the name that suites and records use.
///
/// `MetricCatalogue` has all there are; docs/reference/metrics.md says what each is.
public struct EvaluationMetric: Hashable, Sendable {
    /// Which values are the better ones.
    public enum Direction: Hashable, Sendable {
        case higher, lower
        /// Neither: counts, a threshold, a bias.
        case none
    }

    /// What the examples, one by one, say about the metric: by this two versions are told apart.
    public enum Evidence: Hashable, Sendable {
        /// It is the mean of this column.
        case mean(ExampleColumn)
        /// It can be measured again on examples drawn anew from those that were kept: a bootstrap.
        case resampled
        /// Only repeats of the whole suite tell.
        case repeatsOnly
    }

    /// With its parameter: `f1_macro`, `ndcg@10`.
    public let name: String
    public let direction: Direction
    public let evidence: Evidence
    /// Whether examples may weigh differently.
    public let takesWeights: Bool
    /// Whether a suite that lists no metrics has it.
    public let isShown: Bool
    let quantity: MetricQuantity

    /// Whether a larger value is the better one; where neither is, it is not asked.
    public var isHigherBetter: Bool { direction == .higher }

    /// The per-example values whose mean this metric is, where it is one: what paired tests use.
    public var column: ExampleColumn? {
        if case .mean(let column) = evidence { column } else { nil }
    }
}

extension EvaluationMetric: CustomStringConvertible {
    public var description: String { name }
}

extension EvaluationMetric {
    /// The metric of that name of a task.
    /// - Throws: with the nearest known name.
    public init(named name: String, of task: EvaluationTask) throws(SuiteError) {
        let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let parameter = parts.count == 2 ? String(parts[1]) : nil
        var refusal: SuiteError?
        for entry in MetricCatalogue.entries(of: task) {
            guard let text = entry.parameterText(String(parts[0]), parameter) else { continue }
            do throws(SuiteError) {
                self = try entry.metric(text)
                return
            } catch {
                refusal = refusal ?? error
            }
        }
        throw refusal ?? Self.unknown(name, task)
    }

    /// Which values of a metric are the better ones, whatever its task: the same in all that have it.
    /// - Returns: `.none` for a name that the catalogue does not have.
    public static func direction(of name: String) -> Direction {
        for task in EvaluationTask.kinds {
            do throws(SuiteError) {
                return try EvaluationMetric(named: name, of: task).direction
            } catch { continue }
        }
        return .none
    }

    /// The metrics of a suite that lists none, in the order in which they are shown.
    public static func shown(of task: EvaluationTask) -> [EvaluationMetric] {
        MetricCatalogue.entries(of: task).flatMap(\.shown)
    }

    private static func unknown(_ name: String, _ task: EvaluationTask) -> SuiteError {
        let patterns = MetricCatalogue.entries(of: task).map(\.pattern)
        if let near = Nearest.word(to: name, among: patterns + patterns.map(MetricEntry.base)) {
            return SuiteError("there is no metric '\(name)'; did you mean '\(near)'?")
        }
        let shown = shown(of: task).map(\.name).joined(separator: ", ")
        return SuiteError(
            "there is no metric '\(name)' of a \(task) task; there are \(shown) and those in "
                + "docs/reference/metrics.md")
    }
}

extension EvaluationMetric {
    /// A metric that is known to be there, for code and tests that name one.
    private static func known(_ name: String, _ task: EvaluationTask) -> EvaluationMetric {
        do { return try EvaluationMetric(named: name, of: task) } catch {
            preconditionFailure("\(error)")
        }
    }

    public static let accuracy = known("accuracy", .multiclass)
    public static let balancedAccuracy = known("balanced_accuracy", .multiclass)
    public static let f1Macro = known("f1_macro", .multiclass)
    public static let logLoss = known("log_loss", .multiclass)
    public static let mse = known("mse", .regression)
    public static let rmse = known("rmse", .regression)
    public static let mae = known("mae", .regression)
    public static let crossEntropy = known("cross_entropy", .languageModel)
    public static let perplexity = known("perplexity", .languageModel)
    public static let exactMatch = known("exact_match", .languageModel)
}
