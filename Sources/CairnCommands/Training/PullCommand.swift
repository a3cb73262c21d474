import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import ServiceKit
import Terminal
import VersionFolders

/// `cairn pull`: a version's files in a folder, verified, whole or not at all.
enum PullCommand {
    /// A connection that breaks in between is tried again so often, with growing waits.
    private static let retryCountMax = 8

    static func run(_ context: CommandContext) async throws {
        if context.arguments.has("tensor") { return try await ExportCommand.pull(context) }
        let folder = context.arguments.text("out") ?? ""
        let reference = context.arguments.operand("VERSION") ?? ""
        let title = "pulling \(reference)"
        let progress = ProgressDisplay(title, areBytes: true, on: context.notes)
        let (version, done) = try await context.withLink(to: .ingest) { ingest in
            let version = try await Versions(ingest: ingest).resolve(reference)
            guard let digest = Digest(bytes: version.manifestDigest) else {
                throw CommandError("ingest answered without the digest of a manifest")
            }
            let done = try await ingest.explaining {
                let source = IngestSource(ingest.channel)
                var folders = VersionFolders(from: source, queues: WorkQueues(label: "pull"))
                folders.pause = pause(context)
                folders.progress = {
                    progress.update(done: UInt64($0.doneByteCount), total: UInt64($0.byteCount))
                }
                return try await folders.restore(try await source.manifest(digest), into: folder)
            }
            return (version, done)
        }
        progress.finish()
        if context.wantsJSON {
            let json: JSONText = [
                "version": JSONText(version), "folder": .string(folder),
                "byte_count": JSONText(done.byteCount),
                "fetched_byte_count": JSONText(done.fetchedByteCount),
            ]
            return context.out.print(json.pretty)
        }
        context.out.print(
            "\(VersionText.name(version)) is in \(folder): \(Quantity.bytes(done.byteCount)) verified, "
                + "\(Quantity.bytes(done.fetchedByteCount)) fetched")
    }

    private static func pause(_ context: CommandContext) -> RestorePause {
        { failures, error in
            guard error.canRetry, failures <= retryCountMax else { throw error }
            context.notes.print("\(error.text); trying again")
            var random = SystemRandomNumberGenerator()
            let policy = RetryPolicy(first: .milliseconds(200), most: .seconds(5))
            let wait = policy.wait(after: failures, using: &random)
            try await context.clock.sleep(until: context.clock.now() + wait)
        }
    }
}
