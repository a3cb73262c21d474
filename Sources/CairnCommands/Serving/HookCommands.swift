import CairnCore
import CommandTable
import Messages
import Ports
import Rendering

/// Calls of hooks, for people and scripts.
enum HookCommands {
    static func list(_ context: CommandContext) async throws {
        let target = context.arguments.operand("TARGET") ?? ""
        let status = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.getTargetStatus, GetTargetStatus(target: target))
        }
        if context.wantsJSON {
            return context.out.print(JSONText.array(status.hooks.map { JSONText($0) }).pretty)
        }
        if status.hooks.isEmpty { return context.out.print("no hook of \(target) was called yet") }
        context.out.print(HookText.table(status.hooks))
    }

    static func answer(_ context: CommandContext) async throws {
        let arguments = context.arguments
        guard arguments.has("yes") != arguments.has("no") else {
            throw UsageError("say --yes or --no")
        }
        let who = VerbCommand.actor(context)
        let why = arguments.text("reason").map { "\($0) (\(who))" } ?? "by \(who)"
        let request = AnswerHook(
            target: arguments.operand("TARGET") ?? "", key: arguments.operand("KEY") ?? "",
            yes: arguments.has("yes"), why: why, planOnly: arguments.has("plan"))
        let reply = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.answerHook, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(reply).pretty) }
        context.out.print(
            reply.changed
                ? "\(request.planOnly ? "would" : "done"): \(request.yes ? "yes" : "no") to \(request.key)"
                : "unchanged: answered before, or no rollout waits for it any more")
    }
}
