import CairnCore
import CommandTable
import Evaluation
import Messages

/// `--slice COLUMN[=VALUE]`: the groups of an evaluation's examples that somebody asked for.
struct SliceView {
    private struct Wanted {
        let column: String
        /// `nil`: all.
        let value: String?

        init(_ text: String) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            column = String(parts[0])
            value = parts.count == 2 ? String(parts[1]) : nil
        }

        func has(_ slice: SliceResult) -> Bool {
            slice.column == column && (value == nil || slice.value == value)
        }
    }

    private let context: CommandContext
    private let wanted: [Wanted]

    init(_ context: CommandContext) {
        self.context = context
        wanted = context.arguments.texts("slice").map(Wanted.init)
    }

    /// The records with these slices alone, the worst by the first metric first; without `--slice`, as
    /// they are.
    func applied(to records: [EvaluationRecord]) async throws -> [EvaluationRecord] {
        if wanted.isEmpty { return records }
        return try await context.withLink(to: .evaluator) { evaluator in
            var narrowed: [EvaluationRecord] = []
            for var record in records {
                // One without numbers has no slices: what went wrong is in the record.
                if !record.metrics.isEmpty {
                    let details = try await evaluator.call(
                        EvaluatorMethods.getEvaluationDetails,
                        GetEvaluation(evaluationId: record.evaluationId))
                    record.slices = try chosen(from: details.slices, record)
                }
                narrowed.append(record)
            }
            return narrowed
        }
    }

    private func chosen(from slices: [SliceResult], _ record: EvaluationRecord) throws
        -> [SliceResult]
    {
        for wanted in wanted where !slices.contains(where: wanted.has) {
            throw CommandError(missing(wanted, in: slices, record.suite))
        }
        return sorted(slices.filter { slice in wanted.contains { $0.has(slice) } })
    }

    private func missing(_ wanted: Wanted, in slices: [SliceResult], _ suite: String) -> String {
        let columns = Set(slices.map(\.column)).sorted()
        guard !columns.isEmpty else {
            return "the suite \(suite) has no slices; name columns of the data set as "
                + "`slices: [\(wanted.column)]` in its file, and evaluate again"
        }
        guard columns.contains(wanted.column), let value = wanted.value else {
            return "the suite \(suite) has no slice '\(wanted.column)'; it has "
                + columns.joined(separator: ", ")
        }
        let values = slices.filter { $0.column == wanted.column }.map(\.value)
        let hint =
            Nearest.word(to: value, among: values).map { "did you mean '\($0)'?" }
            ?? "it has \(values.prefix(12).joined(separator: ", "))"
        return "the slice \(wanted.column) of the suite \(suite) has no '\(value)'; \(hint)"
    }

    private func sorted(_ slices: [SliceResult]) -> [SliceResult] {
        let value = { (slice: SliceResult) in slice.metrics.first?.value ?? .nan }
        let name = slices.first?.metrics.first?.name ?? ""
        let isLoss = EvaluationMetric.direction(of: name) == .lower
        return slices.sorted { x, y in
            let (x, y) = (value(x), value(y))
            if x.isNaN || y.isNaN { return !x.isNaN && y.isNaN }
            return isLoss ? x > y : x < y
        }
    }
}
