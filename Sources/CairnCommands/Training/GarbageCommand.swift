import CairnCore
import Messages
import Ports
import Rendering
import Terminal

/// `cairn gc`: what no version needs, and giving its room back.
enum GarbageCommand {
    static func run(_ context: CommandContext) async throws {
        let hours = context.arguments.number("grace-hours") ?? 24
        let apply = context.arguments.has("apply")
        let report = try await context.withLink(to: .ingest) {
            try await $0.call(
                IngestMethods.collectGarbage,
                // 0 would mean the usual time.
                CollectGarbage(apply: apply, graceMs: max(1, UInt64(hours) * 3_600_000)))
        }
        if context.wantsJSON { return context.out.print(JSONText(report).pretty) }
        func line(_ what: String, _ chunks: UInt64, _ bytes: UInt64) {
            context.out.print(
                "\(what): \(Quantity.count(chunks, of: "chunk")), \(Quantity.bytes(bytes))")
        }
        line("needed", report.keptChunkCount, report.keptByteCount)
        for holder in report.holders { context.out.print("  by \(holder)") }
        line(
            "needed to read those (kept as differences)", report.parentChunkCount,
            report.parentByteCount)
        line("garbage", report.garbageChunkCount, report.garbageByteCount)
        if apply {
            context.out.print("freed: \(Quantity.bytes(report.freedByteCount))")
        } else if report.garbageChunkCount > 0 {
            context.out.print("nothing was changed; `cairn gc --apply` gives the room back")
        }
    }
}
