import CairnCore
import CommandTable
import Messages
import Rendering
import Specs

/// Targets: setting, listing, and checking their log.
enum TargetCommands {
    static func apply(_ context: CommandContext) async throws {
        let path = context.arguments.operand("FILE.yaml") ?? ""
        var spec = try SpecFile.read(path) { value throws(ConfigError) in
            try TargetFile.spec(value)
        }
        spec.actor = VerbCommand.actor(context)
        spec.reason = context.arguments.text("reason") ?? ""
        spec.planOnly = context.arguments.has("plan")
        let request = spec
        let status = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.applyTarget, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(status).pretty) }
        let word = spec.planOnly ? "would be applied" : "applied"
        context.out.print("target \(status.target) \(word), revision \(status.revision)")
        if !status.why.isEmpty { context.out.print(status.why) }
    }

    static func list(_ context: CommandContext) async throws {
        try await list(context, "no targets yet; `cairn target apply FILE.yaml` sets one") { _ in
            true
        }
    }

    static func listFrozen(_ context: CommandContext) async throws {
        try await list(context, "no target is frozen", where: \.frozen)
    }

    private static func list(
        _ context: CommandContext, _ none: String, where isWanted: (TargetStatus) -> Bool
    ) async throws {
        var list = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.listTargets, ListTargets())
        }
        list.targets = list.targets.filter(isWanted)
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.targets.isEmpty { return context.out.print(none) }
        context.out.print(TargetText.table(list.targets))
    }

    static func verifyAudit(_ context: CommandContext) async throws {
        let request = VerifyAudit(target: context.arguments.operand("TARGET") ?? "")
        let report = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.verifyAudit, request)
        }
        if context.wantsJSON {
            context.out.print(JSONText(report).pretty)
        } else {
            for damage in report.damages { context.out.print([Painted(damage, .bad)]) }
        }
        guard report.damages.isEmpty else {
            throw CommandError(
                "the log was edited or damaged: \(Quantity.count(report.damages.count, of: "place"))"
            )
        }
        if !context.wantsJSON {
            context.out.print(
                "whole: \(Quantity.count(report.recordCount, of: "record")), each chained to the one before"
            )
        }
    }
}
