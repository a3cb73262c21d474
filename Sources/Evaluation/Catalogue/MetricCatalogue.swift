/// Every metric that a suite may name, task by task, in the order in which they are shown.
///
/// Source of the list: scikit-learn, SciPy, sacreBLEU, rouge_score, jiwer, trec_eval, lm-eval;
/// docs/reference/metrics.md has each with its definition and the program that it equals.
enum MetricCatalogue {
    static func entries(of task: EvaluationTask) -> [MetricEntry] {
        switch task {
        case .binary: binary
        case .multiclass: multiclass
        case .multilabel: multilabel
        case .regression: regression
        case .languageModel: languageModel
        case .multipleChoice: multipleChoice
        case .textGeneration: textGeneration
        case .ranking: ranking
        case .code: code
        case .serving: serving
        }
    }

    static func all(_ groups: [MetricEntry]...) -> [MetricEntry] { groups.flatMap(\.self) }

    /// An entry without a parameter.
    static func plain(
        _ name: String, _ direction: EvaluationMetric.Direction,
        _ evidence: MetricEntry.EvidenceRule, shown: Bool = false, weights: Bool = true,
        _ quantity: MetricQuantity
    ) -> MetricEntry {
        MetricEntry(
            name, direction, evidence, weights: weights, shown: shown ? [.none] : []
        ) { _ in quantity }
    }

    // MARK: Hits, misses and false alarms

    private static let scores: [(name: String, score: OutcomeScore)] = [
        ("precision", .precision), ("recall", .recall), ("f1", .fBeta(1)), ("jaccard", .jaccard),
    ]

    /// Precision, recall, F1, F-beta and Jaccard in one scope.
    ///
    /// - Parameter make: the quantity of a task for a score.
    static func outcomeScores(
        _ scope: OutcomeScope, suffix: String, evidence: MetricEntry.EvidenceRule, shown: Bool,
        _ make: @escaping @Sendable (OutcomeScore, OutcomeScope) -> MetricQuantity
    ) -> [MetricEntry] {
        scores.map { name, score in
            plain(
                name + suffix, .higher, evidence, shown: shown && name != "jaccard",
                make(score, scope))
        } + [
            MetricEntry(
                "fbeta" + suffix, .higher, evidence, parameter: .number(0..<1_000)
            ) { make(.fBeta($0.real), scope) }
        ]
    }

    /// The same scores and counts of one class by its name.
    static func outcomesOfLabels(
        _ evidence: MetricEntry.EvidenceRule,
        _ make: @escaping @Sendable (OutcomeScore, OutcomeScope) -> MetricQuantity,
        _ count: @escaping @Sendable (OutcomeCount, OutcomeScope) -> MetricQuantity
    ) -> [MetricEntry] {
        scores.map { name, score in
            MetricEntry(name + "_of", .higher, evidence, parameter: .label) {
                make(score, .label($0.className))
            }
        }
            + OutcomeCount.allCases.map { outcome in
                MetricEntry(outcome.rawValue + "_of", .none, .repeatsOnly, parameter: .label) {
                    count(outcome, .label($0.className))
                }
            }
    }
}
