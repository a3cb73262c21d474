import CairnCore
import CommandTable
import Glibc
import LinuxHost
import Messages
import Rendering

/// `cairn run …`: runs from a shell script.
enum RunCommands {
    static func start(_ context: CommandContext) async throws {
        let arguments = context.arguments
        var random = SystemRandomNumberGenerator()
        let id = RunID(at: context.clock.now(), using: &random)
        let request = StartRun(
            runId: id.bytes, model: arguments.text("model") ?? "",
            name: arguments.text("name") ?? "",
            params: arguments.pairs("param").map { KeyValue(key: $0.key, value: $0.value) },
            tags: arguments.pairs("tag").map { KeyValue(key: $0.key, value: $0.value) },
            code: try await CodeFolder.origin(of: arguments.text("code") ?? "."),
            datasets: try arguments.texts("dataset").map(datasetUse),
            dependencies: try dependencies(arguments.text("dependencies")), host: hostName(),
            startedUnixMs: context.clock.now().milliseconds)
        let reply = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.startRun, request)
        }
        context.out.print(
            context.wantsJSON ? JSONText(reply).pretty : Hexadecimal.text(of: reply.runId))
    }

    static func log(_ context: CommandContext) async throws {
        let arguments = context.arguments
        let step = arguments.number("step") ?? 0
        let now = context.clock.now().milliseconds
        var series: [MetricPoints] = []
        for text in arguments.operands("K=V") {
            let (key, value) = Arguments.pair(text)
            guard !key.isEmpty, let number = Double(value) else {
                throw UsageError("'\(text)' is not a metric: expected name=number, as loss=0.31")
            }
            series.append(
                MetricPoints(key: key, step: [step], timeUnixMs: [now], value: [number]))
        }
        var random = SystemRandomNumberGenerator()
        let request = LogMetrics(
            runId: try runID(arguments).bytes,
            batchId: EventID(at: context.clock.now(), using: &random).bytes, series: series)
        _ = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.logMetrics, request)
        }
    }

    static func finish(_ context: CommandContext) async throws {
        let status: RunStatus =
            switch context.arguments.text("status") {
            case "failed": .failed
            case "killed": .killed
            default: .finished
            }
        let request = FinishRun(runId: try runID(context.arguments).bytes, status: status)
        _ = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.finishRun, request)
        }
    }

    static func list(_ context: CommandContext) async throws {
        let request = ListRuns(
            model: context.arguments.text("model") ?? "",
            limit: UInt32(context.arguments.number("limit") ?? 100))
        let list = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.listRuns, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(list).pretty) }
        if list.runs.isEmpty {
            return context.out.print("no runs yet; `cairn run start` opens one")
        }
        context.out.print(RunText.table(list.runs))
    }

    static func show(_ context: CommandContext) async throws {
        let request = GetRun(runId: try runID(context.arguments).bytes)
        let run = try await context.withLink(to: .ingest) {
            try await $0.call(IngestMethods.getRun, request)
        }
        if context.wantsJSON { return context.out.print(JSONText(run).pretty) }
        context.out.print(RunText.page(run))
    }

    private static func runID(_ arguments: Arguments) throws(UsageError) -> RunID {
        try self.runID(arguments.operand("RUN") ?? "")
    }

    static func runID(_ text: String) throws(UsageError) -> RunID {
        guard let id = RunID(text.hasPrefix("run:") ? text.dropFirst(4) : text[...]) else {
            throw UsageError(
                "'\(text)' is not a run: expected the 32 digits that `run start` printed")
        }
        return id
    }

    /// `digits` or `digits=DIGEST`.
    static func datasetUse(_ text: String) throws(UsageError) -> DatasetUse {
        let (name, hex) = Arguments.pair(text)
        if hex.isEmpty { return DatasetUse(name: name, role: "train") }
        guard let digest = Digest(hex: hex) else {
            throw UsageError("'\(hex)' is not a digest: expected 64 hexadecimal digits")
        }
        return DatasetUse(name: name, digest: digest.bytes, role: "train")
    }

    /// The lines of a lock file, without comments and empty ones.
    static func dependencies(_ path: String?) throws -> [String] {
        guard let path else { return [] }
        guard let text = try Files.readText(path) else {
            throw UsageError("the lock file \(path) is not there")
        }
        return text.split(whereSeparator: \.isNewline).map(String.init).filter {
            !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("#")
        }
    }

    static func hostName() -> String {
        var bytes = [CChar](repeating: 0, count: 256)
        gethostname(&bytes, 255)
        return String(
            decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
