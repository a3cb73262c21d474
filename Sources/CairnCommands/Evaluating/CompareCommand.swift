import CairnCore
import CommandTable
import Messages
import Ports
import Rendering

/// `cairn compare`: two versions, or several against the first of them.
enum CompareCommand {
    static func run(_ context: CommandContext) async throws {
        let arguments = context.arguments
        let named = [arguments.operand("VERSION") ?? ""] + arguments.operands("OTHER")
        var versions: [(model: String, number: String)] = []
        for name in named { versions.append(try await EvaluationCommands.version(name, context)) }
        let model = versions[0].model
        if let stranger = versions.first(where: { $0.model != model }) {
            throw UsageError(
                "\(model) and \(stranger.model) are two models; versions of one are compared")
        }
        let requests = versions.dropFirst().map {
            Compare(
                model: model, numberA: versions[0].number, numberB: $0.number,
                suite: arguments.text("suite") ?? "", alpha: arguments.decimal("alpha") ?? 0)
        }
        let comparisons = try await context.withLink(to: .evaluator) { evaluator in
            var comparisons: [Comparison] = []
            for request in requests {
                comparisons.append(try await evaluator.call(EvaluatorMethods.compare, request))
            }
            return comparisons
        }
        let width = min(context.out.columns, 160)
        if context.wantsJSON {
            let json =
                comparisons.count == 1
                ? JSONText(comparisons[0]) : .array(comparisons.map { JSONText($0) })
            context.out.print(json.pretty)
        } else if comparisons.count == 1 {
            context.out.print(ComparisonText.page(comparisons[0], width: width))
        } else {
            context.out.print(ComparisonsText.page(comparisons, width: width))
        }
    }
}
