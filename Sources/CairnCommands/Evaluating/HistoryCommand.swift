import CairnCore
import CommandTable
import Messages
import Rendering

/// `cairn history`: a metric over a model's life, or what served on a target.
enum HistoryCommand {
    static func run(_ context: CommandContext) async throws {
        let name = context.arguments.operand("MODEL|TARGET") ?? ""
        if name.contains("/") {
            guard context.arguments.text("metric") == nil else {
                throw UsageError("--metric is for models; \(name) is a target")
            }
            try await target(name, context)
        } else {
            guard let metric = context.arguments.text("metric") else {
                throw UsageError(
                    "the history of a model needs --metric K; targets are named as prod/chat")
            }
            try await model(name, metric: metric, context)
        }
    }

    private static func model(_ name: String, metric: String, _ context: CommandContext)
        async throws
    {
        let run = try context.arguments.text("run").map(RunCommands.runID)
        let request = GetMetricHistory(runId: run?.bytes ?? [], model: name, key: metric)
        let series = try await context.withLink(to: .ingest) {
            try await $0.collect(IngestMethods.getMetricHistory, request)
        }
        if context.wantsJSON { return context.out.print(Self.json(series).pretty) }
        guard series.contains(where: { $0.points?.value.isEmpty == false }) else {
            return context.out.print("\(name) has no values of \(metric)")
        }
        context.out.print(RunText.series(series))
    }

    /// One object for each point, as programs plot them.
    private static func json(_ series: [MetricSeries]) -> JSONText {
        .array(
            series.flatMap { part -> [JSONText] in
                guard let points = part.points else { return [] }
                return points.value.indices.map { index in
                    [
                        "run_id": .string(Hexadecimal.text(of: part.runId)),
                        "step": points.step.indices.contains(index)
                            ? JSONText(points.step[index]) : 0,
                        "time_unix_ms": points.timeUnixMs.indices.contains(index)
                            ? JSONText(points.timeUnixMs[index]) : 0,
                        "value": .number(points.value[index]),
                    ]
                }
            })
    }

    private static func target(_ name: String, _ context: CommandContext) async throws {
        var at: Int64 = 0
        if let text = context.arguments.text("at") {
            guard let time = Timestamp(text) else {
                throw UsageError(
                    "'\(text)' is not a moment: expected UTC as 2026-11-24, 2026-11-24T10:00Z or "
                        + "2026-11-24T10:00:30Z")
            }
            at = time.milliseconds
        }
        let request = GetHistory(target: name, atUnixMs: at)
        let entries = try await context.withLink(to: .controller) {
            try await $0.collect(ControllerMethods.getHistory, request)
        }
        if context.wantsJSON {
            return context.out.print(JSONText.array(entries.map { JSONText($0) }).pretty)
        }
        if at != 0 { return context.out.print(TargetText.served(name, at: at, entries.last)) }
        context.out.print(TargetText.history(entries))
    }
}
