import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import Terminal

/// `cairn delete` and `cairn retain`: versions that can no longer be asked for.
enum RetentionCommands {
    static func delete(_ context: CommandContext) async throws {
        let reference = context.arguments.operand("VERSION") ?? ""
        let deleted = try await context.withLink(to: .ingest) { ingest in
            let version = try await Versions(ingest: ingest).resolve(reference)
            guard !version.number.isEmpty else {
                throw UsageError("\(reference) is a checkpoint without a version")
            }
            return try await ingest.call(
                IngestMethods.deleteVersion,
                DeleteVersion(
                    model: version.model, number: version.number,
                    reason: context.arguments.text("reason") ?? ""))
        }
        if context.wantsJSON { return context.out.print(JSONText(deleted).pretty) }
        context.out.print(
            "deleted \(VersionText.name(deleted)), \(Quantity.bytes(deleted.byteCount)) of files; its "
                + "number stays taken. `cairn gc --apply` gives back what it alone needed")
    }

    static func retain(_ context: CommandContext) async throws {
        let request = try request(context)
        let report = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.retainVersions, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(report).pretty) }
        var table = TextTable([("VERSION", .left), ("SIZE", .right), ("STAYS BECAUSE", .left)])
        let goes = request.apply ? "deleted" : "would go"
        for fate in report.versions {
            table.add([
                Painted("\(request.model)@v\(fate.number)"),
                Painted(Quantity.bytes(fate.byteCount)),
                Painted(
                    fate.keptBecause.isEmpty
                        ? "– \(goes)" : fate.keptBecause.joined(separator: ", ")
                ),
            ])
        }
        context.out.print(table)
        let going = report.versions.filter(\.keptBecause.isEmpty).count
        context.out.print(
            "\(Quantity.count(going, of: "version")) and "
                + "\(Quantity.count(Int(report.droppedCheckpointCount), of: "checkpoint")) without one "
                + (request.apply
                    ? "deleted; `cairn gc --apply` gives their room back"
                    : "would go; --apply deletes them"))
    }

    private static func request(_ context: CommandContext) throws -> RetainVersions {
        let arguments = context.arguments
        let hours = arguments.number("drop-checkpoints-hours") ?? 0
        return RetainVersions(
            model: arguments.operand("MODEL") ?? "",
            keepLast: UInt32(arguments.number("keep-last") ?? 0),
            keepBest: try arguments.texts("keep-best").map(best),
            keepTagged: arguments.texts("keep-tagged").map { text in
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                return KeepTagged(key: parts.first ?? "", value: parts.count > 1 ? parts[1] : "")
            },
            dropCheckpointsMs: UInt64(hours) * 3_600_000, apply: arguments.has("apply"),
            reason: arguments.text("reason") ?? "")
    }

    /// METRIC, METRIC=3, METRIC:lowest, METRIC:lowest=3.
    private static func best(_ text: String) throws(UsageError) -> KeepBest {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        var (metric, count) = (parts.first ?? "", UInt32(1))
        if parts.count > 1 {
            guard let number = UInt32(parts[1]), number > 0 else {
                throw UsageError("--keep-best \(text): '\(parts[1])' is no number above 0")
            }
            count = number
        }
        let isLower = metric.hasSuffix(":lowest")
        if isLower { metric = String(metric.dropLast(":lowest".count)) }
        guard !metric.isEmpty else {
            throw UsageError("--keep-best '\(text)': expected METRIC[:lowest][=N]")
        }
        return KeepBest(metric: metric, count: count, lowerIsBetter: isLower)
    }
}
