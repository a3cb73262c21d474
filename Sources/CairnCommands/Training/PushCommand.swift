import CairnClient
import CairnCore
import CommandTable
import Messages
import Rendering
import Terminal
import VersionFolders

/// `cairn push`: files as a checkpoint, and as a version.
enum PushCommand {
    static func run(_ context: CommandContext) async throws {
        let files: [CheckpointFile]
        do throws(FileError) {
            files = try CheckpointFile.list(context.arguments.operands("FILE"))
        } catch { throw CommandError(error.description) }
        try await push(files, try request(context), title: "pushing", context) { client in
            try await startRun(client, context)
        }
    }

    /// - Parameter startRun: opens a run for this push alone, where it needs one.
    static func push(
        _ files: [CheckpointFile], _ wanted: PushRequest, title: String, _ context: CommandContext,
        _ startRun: @escaping @Sendable (IngestClient) async throws -> RunID?
    ) async throws {
        let progress = ProgressDisplay(title, areBytes: true, on: context.notes)
        let result = try await context.withLink(to: .ingest) { ingest in
            // A service that is not up is said at once; one that goes away later is waited for.
            _ = try await ingest.call(IngestMethods.getIngestStatus, GetIngestStatus())
            return try await ingest.explaining {
                var client = IngestClient(ingest.channel, clock: context.clock)
                client.patience = .seconds(60)
                var request = wanted
                let ownRun = try await startRun(client)
                if let ownRun { request.run = ownRun }
                do {
                    let result = try await client.push(files, request) {
                        progress.update(
                            done: UInt64($0.doneByteCount), total: UInt64($0.byteCount))
                    }
                    if let ownRun { try await client.finishRun(ownRun) }
                    return result
                } catch {
                    // The push's own error says more than that of its run.
                    if let ownRun { try? await client.finishRun(ownRun, .failed) }
                    throw error
                }
            }
        }
        progress.finish()
        print(result, context)
    }

    private static func request(_ context: CommandContext) throws -> PushRequest {
        let arguments = context.arguments
        if arguments.has("run"), arguments.has("param") {
            throw UsageError(
                "--param belongs to the run: give it to `cairn run start`, or push without --run")
        }
        var request = PushRequest(
            model: arguments.text("model") ?? "",
            run: try arguments.text("run").map(RunCommands.runID),
            step: arguments.number("step") ?? 0, version: try version(arguments.text("version")))
        request.parent = try arguments.text("parent").map(number)
        request.note = arguments.text("note") ?? ""
        if request.version == nil, request.parent != nil || !request.note.isEmpty {
            throw UsageError("--parent and --note belong to a version: add --version auto or X.Y.Z")
        }
        for (key, value) in arguments.pairs("metric") {
            guard let number = Double(value) else {
                throw UsageError("--metric \(key)=\(value): '\(value)' is not a number")
            }
            request.metrics[key] = number
        }
        for (key, value) in arguments.pairs("config") { request.config[key] = value }
        request.dependencies = try RunCommands.dependencies(arguments.text("dependencies"))
        return request
    }

    static func version(_ text: String?) throws -> PushRequest.Version? {
        switch text {
        case nil: nil
        case "auto": .auto
        case .some(let text): .number(try number(text))
        }
    }

    private static func number(_ text: String) throws(UsageError) -> VersionNumber {
        guard let number = VersionNumber(text) else {
            throw UsageError("'\(text)' is not a version number: expected auto, or one as 1.2.0")
        }
        return number
    }

    /// Parameters need a run to belong to; a push that has some but no run gets one of its own.
    private static func startRun(_ client: IngestClient, _ context: CommandContext) async throws
        -> RunID?
    {
        let arguments = context.arguments
        guard arguments.has("param") else { return nil }
        return try await client.startRun(
            StartRun(
                model: arguments.text("model") ?? "",
                params: arguments.pairs("param").map { KeyValue(key: $0.key, value: $0.value) },
                code: try await CodeFolder.origin(of: "."),
                dependencies: try RunCommands.dependencies(arguments.text("dependencies")),
                host: RunCommands.hostName()))
    }

    private static func print(_ result: PushResult, _ context: CommandContext) {
        let sent = result.progress.sentByteCount
        guard context.wantsJSON else {
            return context.out.print(
                VersionText.pushed(
                    result.version, checkpoint: result.checkpoint, manifest: result.manifest,
                    sentByteCount: sent))
        }
        let json: JSONText = [
            "version": result.version.map { JSONText($0) } ?? .null,
            "checkpoint_id": .string(Hexadecimal.text(of: result.checkpoint)),
            "manifest_digest": .string(result.manifest.hex),
            "byte_count": JSONText(result.progress.byteCount),
            "sent_byte_count": JSONText(sent),
        ]
        context.out.print(json.pretty)
    }
}
