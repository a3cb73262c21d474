import CairnCore
import CommandTable
import Evaluation
import LinuxHost
import Messages
import Ports
import Rendering
import ServiceKit

/// `cairn reference`, `cairn drift`: what a version did on its test set, and live traffic beside it.
enum DriftCommands {
    static func reference(_ context: CommandContext) async throws {
        let reference = try await fetch(context)
        if context.wantsJSON { return context.out.print(JSONText(reference).pretty) }
        context.out.print(ReferenceText.page(reference, width: min(context.out.columns, 160)))
    }

    static func drift(_ context: CommandContext) async throws {
        let rule = try rule(context.arguments)
        let path = context.arguments.operand("FILE") ?? ""
        let file = try InputFile(path)
        guard let format = RowFormat(fileName: path) else {
            throw UsageError(
                "\(path) is no table by its name: expected one that ends in \(RowFormat.endingsText)"
            )
        }
        let reference = try await fetch(context)
        let found = try await DriftReport.of(
            file.path, format, against: reference, rule: rule)
        if context.wantsJSON {
            context.out.print(found.json.pretty)
        } else {
            context.out.print(DriftText.page(found, width: min(context.out.columns, 160)))
        }
        guard context.arguments.has("exit-code"), !found.isQuiet else { return }
        throw CommandError(found.summary)
    }

    private static func rule(_ arguments: Arguments) throws -> DriftRule {
        var rule = DriftRule()
        if let alpha = arguments.decimal("alpha") {
            guard alpha > 0, alpha < 1 else {
                throw UsageError("--alpha is \(alpha); expected a chance between 0 and 1, as 0.01")
            }
            rule.alpha = alpha
        }
        if let effect = arguments.decimal("smallest-effect") {
            guard effect >= 0, effect.isFinite else {
                throw UsageError("--smallest-effect is \(effect); expected 0 or more, as 0.1")
            }
            rule.smallestEffect = effect
        }
        return rule
    }

    private static func fetch(_ context: CommandContext) async throws -> ReferenceDistributions {
        let (model, number) = try await EvaluationCommands.version(
            context.arguments.operand("VERSION") ?? "", context)
        let request = GetEvaluation(
            model: model, number: number, suite: context.arguments.text("suite") ?? "")
        return try await context.withLink(to: .evaluator) {
            try await $0.call(EvaluatorMethods.getReference, request)
        }
    }
}
