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

    static func verify(_ context: CommandContext) async throws {
        let named = context.arguments.operands("VERSION")
        for text in named { _ = try Versions.reference(text) }
        let results = try await context.withLink(to: .ingest) { ingest in
            var results: [VerifyProgress] = []
            for reference in named.isEmpty ? [""] : named {
                results.append(try await verify(reference, ingest, context))
            }
            return results
        }
        let damages = results.flatMap(\.damages)
        let versionCount = results.reduce(0) { $0 + $1.versionCount }
        if context.wantsJSON {
            let json: JSONText = [
                "version_count": JSONText(versionCount),
                "chunk_count": JSONText(results.reduce(0) { $0 + $1.checkedChunkCount }),
                "damages": .array(damages.map { .string($0) }),
            ]
            context.out.print(json.pretty)
        } else {
            for damage in damages { context.out.print([Painted(damage, .bad)]) }
        }
        guard damages.isEmpty else {
            throw CommandError(
                "\(Quantity.count(damages.count, of: "damage")) in "
                    + "\(Quantity.count(versionCount, of: "version")); whoever holds a good copy can "
                    + "push it again: the same bytes mend the same chunks")
        }
        if !context.wantsJSON {
            let chunks = results.reduce(0) { $0 + $1.checkedChunkCount }
            context.out.print(
                "whole: \(Quantity.count(versionCount, of: "version")), "
                    + "\(Quantity.count(chunks, of: "chunk")) read back and checked")
        }
    }

    private static func verify(_ reference: String, _ ingest: Link, _ context: CommandContext)
        async throws -> VerifyProgress
    {
        let title = reference.isEmpty ? "verifying" : "verifying \(reference)"
        let progress = ProgressDisplay(title, areBytes: false, on: context.notes)
        defer { progress.finish() }
        let request = VerifyVersion(reference: reference)
        return try await ingest.stream(IngestMethods.verifyVersion, request) { parts in
            var (last, damages) = (VerifyProgress(), [String]())
            while let part = try await parts.next()?.body {
                damages += part.damages.filter { !damages.contains($0) }
                last = part
                progress.update(done: part.checkedChunkCount, total: part.chunkCount)
            }
            guard last.done else {
                throw CommandError("ingest stopped before everything was checked; try again")
            }
            last.damages = damages
            return last
        }
    }
}
