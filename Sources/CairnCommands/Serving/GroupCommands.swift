import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import Specs

/// Targets in lockstep.
enum GroupCommands {
    private static func group(_ context: CommandContext) -> String {
        context.arguments.operand("GROUP") ?? ""
    }

    static func apply(_ context: CommandContext) async throws {
        let path = context.arguments.operand("FILE.yaml") ?? ""
        var spec = try SpecFile.read(path) { value throws(ConfigError) in
            try GroupFile.spec(value)
        }
        spec.actor = VerbCommand.actor(context)
        spec.planOnly = context.arguments.has("plan")
        let request = spec
        let status = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.applyGroup, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(status).pretty) }
        context.out.print(
            "group \(status.group) \(spec.planOnly ? "would be applied" : "applied"): "
                + status.members.map(\.target).joined(separator: ", "))
    }

    static func list(_ context: CommandContext) async throws {
        let list = try await context.withLink(to: .controller) {
            try await $0.call(ControllerMethods.listGroups, ListGroups(group: group(context)))
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.groups.isEmpty {
            return context.out.print("no groups yet; `cairn group apply FILE.yaml` makes one")
        }
        context.out.print(
            Array(list.groups.map { GroupText.lines($0) }.joined(separator: [""])))
    }

    static func deploy(_ context: CommandContext) async throws {
        let text = context.arguments.operand("VERSION") ?? ""
        let version = try await context.withLink(to: .ingest) {
            try await Versions(ingest: $0).resolve(text)
        }
        guard !version.number.isEmpty else {
            throw UsageError(
                "\(text) is a checkpoint without a version; only versions are deployed")
        }
        try await run(context) { link, expectation in
            try await link.call(
                ControllerMethods.deployGroup,
                DeployGroup(
                    group: group(context), number: version.number,
                    manifestDigest: version.manifestDigest, expectation: expectation))
        }
    }

    static func abort(_ context: CommandContext) async throws {
        try await run(context) { link, expectation in
            try await link.call(
                ControllerMethods.abortGroup,
                AbortGroup(group: group(context), expectation: expectation))
        }
    }

    /// Says what it will do, does it, says what it did.
    private static func run(
        _ context: CommandContext,
        _ call: @escaping @Sendable (Link, Expectation) async throws -> GroupReply
    ) async throws {
        let expectation = { @Sendable (planOnly: Bool) in
            Expectation(
                actor: VerbCommand.actor(context), reason: context.arguments.text("reason") ?? "",
                planOnly: planOnly)
        }
        try await context.withLink(to: .controller) { controller in
            let plan = try await call(controller, expectation(true))
            if context.arguments.has("plan") {
                return context.wantsJSON
                    ? context.out.print(JSONText(plan).pretty)
                    : context.out.print("would: \(plan.text)")
            }
            if !context.wantsJSON { context.out.print("will: \(plan.text)") }
            let reply = try await call(controller, expectation(false))
            if context.wantsJSON { return context.out.print(JSONText(reply).pretty) }
            context.out.print("\(reply.changed ? "done" : "unchanged"): \(reply.text)")
            if let status = reply.status { context.out.print(GroupText.lines(status)) }
        }
    }
}
