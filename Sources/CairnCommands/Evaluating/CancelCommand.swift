import CairnCore
import CommandTable
import Messages
import Rendering

/// `cairn cancel`: ends evaluations that nobody wants any more.
enum CancelCommand {
    static func run(_ context: CommandContext) async throws {
        let (model, number) = try await EvaluationCommands.version(
            context.arguments.operand("VERSION") ?? "", context)
        let reason = context.arguments.text("reason") ?? ""
        let records = try await context.withLink(to: .evaluator) { evaluator in
            let open = try await pending(model, number, evaluator, context)
            var records: [EvaluationRecord] = []
            for evaluation in open {
                if !context.wantsJSON {
                    context.notes.print(
                        "cancels \(model)@\(Name.version(number)) on \(evaluation.suite), which is "
                            + evaluation.state)
                }
                records.append(
                    try await evaluator.call(
                        EvaluatorMethods.cancelEvaluation,
                        CancelEvaluation(evaluationId: evaluation.evaluationId, reason: reason)))
            }
            return records
        }
        if context.wantsJSON {
            return context.out.print(JSONText.array(records.map { JSONText($0) }).pretty)
        }
        if records.isEmpty {
            return context.out.print(
                "no evaluation of \(model)@\(Name.version(number)) is under way")
        }
        for record in records {
            // It may have ended by itself between the look and the call.
            context.out.print(
                "\(record.suite): \(record.verdict)"
                    + (record.reasons.first.map { "; \($0)" } ?? ""))
        }
    }

    /// Those of the version that are not done, on one suite or on all.
    private static func pending(
        _ model: String, _ number: String, _ evaluator: Link, _ context: CommandContext
    ) async throws -> [EvaluationRecord] {
        let list = try await evaluator.call(
            EvaluatorMethods.listEvaluations, ListEvaluations(model: model, number: number))
        let suite = context.arguments.text("suite")
        return list.evaluations.filter {
            $0.verdict == .pending && (suite == nil || $0.suite == suite)
        }
    }
}
