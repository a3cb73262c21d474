import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import Terminal

/// Versions and aliases: listing, showing, moving, verifying.
enum VersionCommands {
    static func list(_ context: CommandContext) async throws {
        guard let model = context.arguments.operand("MODEL") else {
            return try await listModels(context)
        }
        let list = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.listVersions, ListVersions(model: model))
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.versions.isEmpty {
            return context.out.print(
                "\(model) has no versions yet; `cairn push FILE --model \(model) --version auto` makes one"
            )
        }
        context.out.print(VersionText.table(list.versions))
    }

    private static func listModels(_ context: CommandContext) async throws {
        let list = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.listModels, ListModels())
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.models.isEmpty {
            return context.out.print("no models yet; `cairn push` makes the first")
        }
        for model in list.models { context.out.print(model) }
    }

    static func show(_ context: CommandContext) async throws {
        if context.arguments.has("tensors") {
            return try await TensorCommands.show(
                context.arguments.operand("VERSION") ?? "", context)
        }
        let version = try await context.withLink(to: .ingest) {
            try await Versions(ingest: $0).resolve(context.arguments.operand("VERSION") ?? "")
        }
        let evaluations = try await evaluations(of: version, context)
        if context.wantsJSON {
            let list = evaluations.map { JSONText.array($0.map { JSONText($0) }) } ?? .null
            let json: JSONText = ["version": JSONText(version), "evaluations": list]
            return context.out.print(json.pretty)
        }
        context.out.print(VersionText.page(version))
        guard let evaluations, !evaluations.isEmpty else { return }
        context.out.print("")
        context.out.print(EvaluationText.table(evaluations))
    }

    /// A version can be looked at while the evaluator is away.
    private static func evaluations(of version: VersionRecord, _ context: CommandContext)
        async throws
        -> [EvaluationRecord]?
    {
        if version.number.isEmpty { return [] }
        do {
            return try await context.withLink(to: .evaluator) {
                try await $0.call(
                    EvaluatorMethods.listEvaluations,
                    ListEvaluations(model: version.model, number: version.number))
            }.evaluations
        } catch let error as CommandError {
            context.notes.print("no evaluations shown: \(error)")
            return nil
        }
    }

    static func setAlias(_ context: CommandContext) async throws {
        let arguments = context.arguments
        let text = arguments.operand("NUMBER") ?? ""
        guard let number = VersionNumber(text) else {
            throw UsageError("'\(text)' is not a version number: expected one as v1.2.0")
        }
        let request = SetAlias(
            model: arguments.operand("MODEL") ?? "", alias: arguments.operand("ALIAS") ?? "",
            number: number.number)
        let version = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.setAlias, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(version).pretty) }
        context.out.print("\(request.model)@\(request.alias) is \(number)")
    }

    static func removeAlias(_ context: CommandContext) async throws {
        let request = SetAlias(
            model: context.arguments.operand("MODEL") ?? "",
            alias: context.arguments.operand("ALIAS") ?? "")
        _ = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.setAlias, request)
        }
        context.out.print("\(request.model)@\(request.alias) is removed")
    }
}
