import CairnCore
import Messages
import Ports

/// The results of a model's versions, sorted out: by suite, in the order of version numbers.
struct EvaluationHistory: Sendable {
    /// Newest first, as the evaluator lists them.
    private let records: [EvaluationRecord]

    init(_ records: [EvaluationRecord]) { self.records = records }

    static func of(_ model: String, _ evaluator: Link) async throws -> EvaluationHistory {
        EvaluationHistory(
            try await evaluator.call(
                EvaluatorMethods.listEvaluations, ListEvaluations(model: model)
            ).evaluations)
    }

    /// The suites with results, in the order of their names.
    var suites: [String] { Set(records.map(\.suite)).sorted() }

    /// The names of all metrics that any result has.
    var metrics: [String] { Set(records.flatMap { $0.metrics.map(\.name) }).sorted() }

    /// The newest done evaluation of each version on a suite, in the order of version numbers.
    ///
    /// - Parameter dataset: only on this data set; `nil`: on any.
    func results(on suite: String, dataset: [UInt8]? = nil) -> [EvaluationRecord] {
        var seen: Set<String> = []
        let newest = records.filter {
            $0.suite == suite && $0.state == "done" && !$0.metrics.isEmpty
                && (dataset == nil || $0.datasetDigest == dataset)
                && seen.insert($0.number).inserted
        }
        return newest.compactMap { record in VersionNumber(record.number).map { ($0, record) } }
            .sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The newest evaluation of a version on a suite, with numbers or without.
    func newest(of number: String, on suite: String) -> EvaluationRecord? {
        records.first { $0.number == number && $0.suite == suite }
    }

    /// The data sets on which a suite has results, the newest first.
    func datasets(of suite: String) -> [[UInt8]] {
        records.filter { $0.suite == suite && !$0.metrics.isEmpty }.map(\.datasetDigest)
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
