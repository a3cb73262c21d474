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
        var gaps: [String] = []
        var known: [String] = []
        let measured = try await leavingOut("evaluations", &gaps) {
            let results = try await self.measured(name, metric, context)
            known = results.known
            return results.found
        }
        let logged = try await leavingOut("runs", &gaps) {
            try await self.logged(name, metric, context)
        }
        if measured == nil, logged == nil { throw CommandError(gaps.joined(separator: "; ")) }
        for gap in gaps { context.notes.print(gap) }
        if (measured ?? []).isEmpty, !(logged ?? []).contains(where: \.hasPoints) {
            throw CommandError(nothing(name, metric, known))
        }
        if context.wantsJSON {
            return context.out.print(Self.json(measured ?? [], logged ?? []).pretty)
        }
        let text = HistoryText(
            metric: metric, letters: Sparkline.Letters(environment: context.environment),
            width: min(context.out.columns, 100))
        let parts = (measured ?? []).map { text.lines($0) } + (logged ?? []).map { text.lines($0) }
        for (index, lines) in parts.filter({ !$0.isEmpty }).enumerated() {
            context.out.print(index == 0 ? lines : [""] + lines)
        }
    }

    private static func nothing(_ name: String, _ metric: String, _ known: [String]) -> String {
        let hint =
            if let near = Nearest.word(to: metric, among: known) {
                "; did you mean '\(near)'?"
            } else if !known.isEmpty {
                "; evaluations have \(known.joined(separator: ", "))"
            } else { "" }
        return "\(name) has no values of \(metric)\(hint)"
    }

    /// What one service knows; a service that is away leaves a gap that is told.
    private static func leavingOut<Result>(
        _ what: String, _ gaps: inout [String], _ body: () async throws -> Result
    ) async throws -> Result? {
        do {
            return try await body()
        } catch let error as CommandError {
            gaps.append("\(what) are left out: \(error)")
            return nil
        }
    }

    /// Results by suite and data set, of one run there are none; and which metrics there are.
    private static func measured(_ name: String, _ metric: String, _ context: CommandContext)
        async throws -> (found: [HistoryText.Measured], known: [String])
    {
        if context.arguments.has("run") { return ([], []) }
        let history = try await context.withLink(to: .evaluator) {
            try await EvaluationHistory.of(name, $0)
        }
        return (points(of: metric, history), history.metrics)
    }

    private static func points(of metric: String, _ history: EvaluationHistory)
        -> [HistoryText.Measured]
    {
        history.suites.flatMap { suite in
            history.datasets(of: suite).compactMap { dataset in
                let points = history.results(on: suite, dataset: dataset).compactMap { record in
                    record.metrics.first { $0.name == metric && $0.problem.isEmpty }.map {
                        HistoryText.Measured.Point(
                            number: record.number, value: $0.value, verdict: record.verdict,
                            timeUnixMs: record.endedUnixMs)
                    }
                }
                return points.isEmpty
                    ? nil
                    : HistoryText.Measured(suite: suite, datasetDigest: dataset, points: points)
            }
        }
    }

    private static func logged(_ name: String, _ metric: String, _ context: CommandContext)
        async throws -> [MetricSeries]
    {
        let run = try context.arguments.text("run").map(RunCommands.runID)
        let request = GetMetricHistory(runId: run?.bytes ?? [], model: name, key: metric)
        let parts = try await context.withLink(to: .ingest) {
            try await $0.collect(IngestMethods.getMetricHistory, request)
        }
        // A long series comes in parts, one after the other.
        return parts.reduce(into: []) { series, part in
            guard let last = series.last, last.runId == part.runId, let more = part.points else {
                return series.append(part)
            }
            let place = series.count - 1
            series[place].points?.step += more.step
            series[place].points?.timeUnixMs += more.timeUnixMs
            series[place].points?.value += more.value
        }
    }

    /// One object for each point, as programs plot them; `source` says where it comes from.
    private static func json(_ measured: [HistoryText.Measured], _ logged: [MetricSeries])
        -> JSONText
    {
        let evaluations = measured.flatMap { suite in
            suite.points.map { point -> JSONText in
                [
                    "source": "evaluation", "suite": .string(suite.suite),
                    "dataset_digest": .string(Hexadecimal.text(of: suite.datasetDigest)),
                    "version": .string(point.number), "verdict": .string("\(point.verdict)"),
                    "time_unix_ms": JSONText(point.timeUnixMs), "value": .number(point.value),
                ]
            }
        }
        let runs = logged.flatMap { part -> [JSONText] in
            guard let points = part.points else { return [] }
            return points.value.indices.map { index in
                [
                    "source": "run", "run_id": .string(Hexadecimal.text(of: part.runId)),
                    "step": points.step.indices.contains(index) ? JSONText(points.step[index]) : 0,
                    "time_unix_ms": points.timeUnixMs.indices.contains(index)
                        ? JSONText(points.timeUnixMs[index]) : 0,
                    "value": .number(points.value[index]),
                ]
            }
        }
        return .array(evaluations + runs)
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

extension MetricSeries {
    fileprivate var hasPoints: Bool { points?.value.isEmpty == false }
}
