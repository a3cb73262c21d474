import CairnClient
import CairnCore
import CommandTable
import LinuxHost
import Messages
import Ports
import Rendering
import VersionFolders

/// `cairn import`: a version of what another tool keeps.
enum ImportCommand {
    static func run(_ context: CommandContext) async throws {
        let checkpoint = try await read(context)
        try await PushCommand.push(
            checkpoint.files, try request(checkpoint, context), title: "importing", context
        ) { client in
            if checkpoint.params.isEmpty, checkpoint.tags.isEmpty, checkpoint.code == nil {
                return nil
            }
            func pairs(_ texts: [String: String]) -> [KeyValue] {
                texts.sorted { $0.key < $1.key }.map { KeyValue(key: $0.key, value: $0.value) }
            }
            return try await client.startRun(
                StartRun(
                    model: context.arguments.text("model") ?? "", name: "import",
                    params: pairs(checkpoint.params), tags: pairs(checkpoint.tags),
                    code: checkpoint.code, host: RunCommands.hostName()))
        }
    }

    private static func request(
        _ checkpoint: ImportedCheckpoint, _ context: CommandContext
    ) throws -> PushRequest {
        var request = PushRequest(
            model: context.arguments.text("model") ?? "",
            version: try PushCommand.version(context.arguments.text("version")))
        request.note = context.arguments.text("note") ?? "imported from a \(checkpoint.kind)"
        (request.config, request.metrics) = (checkpoint.config, checkpoint.metrics)
        return request
    }

    private static func read(_ context: CommandContext) async throws -> ImportedCheckpoint {
        let path = context.arguments.operand("PATH") ?? ""
        if DVCTracked.isOne(path) { return try await tracked(path, context) }
        for flag in ["rev", "stage"] where context.arguments.has(flag) {
            throw UsageError("--\(flag) belongs to files that DVC tracks: X.dvc or dvc.lock")
        }
        let all: [CheckpointFile]
        do throws(FileError) {
            all = try CheckpointFile.list([path])
        } catch { throw CommandError(error.description) }
        let files = HuggingFaceFolder.withoutOwnFolders(all)
        guard !files.isEmpty else { throw CommandError("there is no file in \(path)") }
        if HuggingFaceFolder.isOne(files) { return try await HuggingFaceFolder.read(path, files) }
        return ImportedCheckpoint(kind: "folder", files: files)
    }

    private static func tracked(
        _ path: String, _ context: CommandContext
    ) async throws -> ImportedCheckpoint {
        let folder = path.contains("/") ? String(path[..<path.lastIndex(of: "/")!]) : "."
        let name = String(path.split(separator: "/").last ?? "")
        let revision = context.arguments.text("rev")
        let text: [UInt8]
        if let revision {
            guard let old = try await CodeFolder.text(of: name, at: revision, in: folder) else {
                throw CommandError("Git has no \(path) at '\(revision)'")
            }
            text = Array(old.utf8)
        } else {
            text = try Files.require(path)
        }
        let dvc = try DVCTracked(path: path, text: text, stage: context.arguments.text("stage"))
        var checkpoint = ImportedCheckpoint(
            kind: "file that DVC tracks", files: try dvc.files(), params: dvc.params,
            tags: dvc.tags, code: try await CodeFolder.origin(of: folder))
        if let revision {
            checkpoint.code?.commit =
                try await CodeFolder.commit(of: revision, in: folder) ?? revision
            checkpoint.code?.dirtyDigest = []
            checkpoint.code?.branch = ""
        } else if let text = try Files.readText(folder + "/metrics.json") {
            do throws(JSONError) {
                for (key, value) in try JSONText(parsing: text).leaves() {
                    checkpoint.metrics[key] = value.asNumber
                }
            } catch {
                context.notes.print(
                    "left out: \(folder)/metrics.json is \(error.description)")
            }
        }
        return checkpoint
    }
}
