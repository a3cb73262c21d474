import CairnClient
import CairnCore
import CommandTable
import Messages
import Ports
import Rendering
import TCPTransport
import Terminal

/// `cairn replicate`: versions brought to another ingest.
enum ReplicateCommand {
    private struct Done: Sendable {
        let version: VersionRecord
        let report: Replication.Report
    }

    static func run(_ context: CommandContext) async throws {
        let place = context.arguments.text("to") ?? ""
        guard let address = SocketAddress(place) else {
            throw UsageError("--to needs HOST:PORT, not '\(place)'")
        }
        let done = try await context.withLink(to: .ingest) { ingest in
            try await EventLoops.with { loops in
                try await TCPChannel.with(
                    to: address, loops: loops, options: ClientOptions(name: "cairn")
                ) { mirror in
                    try await copy(
                        ingest,
                        Link(
                            service: .ingest, address: place, channel: mirror,
                            deadline: .seconds(300)), context)
                }
            }
        }
        print(done, to: place, context)
    }

    private static func copy(
        _ origin: Link, _ mirror: Link, _ context: CommandContext
    ) async throws -> [Done] {
        let replication = Replication(
            from: IngestClient(origin.channel, clock: context.clock),
            to: IngestClient(mirror.channel, clock: context.clock))
        // Who is away is said before anything is done.
        _ = try await mirror.call(IngestMethods.getIngestStatus, GetIngestStatus())
        var done: [Done] = []
        for version in try await versions(context.arguments.operands("VERSION"), origin) {
            let name = VersionText.name(version)
            let progress = ProgressDisplay("replicating \(name)", areBytes: true, on: context.notes)
            let report = try await origin.explaining {
                try await replication.run(version) {
                    progress.update(done: UInt64($0.doneByteCount), total: UInt64($0.byteCount))
                }
            }
            progress.finish()
            done.append(Done(version: version, report: report))
        }
        return done
    }

    /// A name without '@' is a model, with all of its versions.
    private static func versions(
        _ names: [String], _ origin: Link
    ) async throws -> [VersionRecord] {
        let client = IngestClient(origin.channel)
        var versions: [VersionRecord] = []
        for name in names {
            if name.contains("@") || name.hasPrefix("run:") {
                versions.append(try await Versions(ingest: origin).resolve(name))
                continue
            }
            let all = try await origin.explaining { try await client.versions(of: name) }
            for version in all {
                // Lists come without configuration and dependencies.
                versions.append(
                    try await Versions(ingest: origin).resolve("\(name)@v\(version.number)"))
            }
        }
        return versions
    }

    private static func print(_ done: [Done], to place: String, _ context: CommandContext) {
        if context.wantsJSON {
            let list = done.map { done -> JSONText in
                [
                    "version": .string(VersionText.name(done.version)),
                    "was_there": .bool(done.report.wasThere),
                    "byte_count": JSONText(done.report.byteCount),
                    "sent_byte_count": JSONText(done.report.sentByteCount),
                ]
            }
            return context.out.print(JSONText.array(list).pretty)
        }
        for done in done {
            context.out.print(
                VersionText.name(done.version)
                    + (done.report.wasThere
                        ? " is there already"
                        : ": \(Quantity.bytes(done.report.byteCount)), "
                            + "\(Quantity.bytes(done.report.sentByteCount)) sent"))
        }
        context.out.print("\(Quantity.count(done.count, of: "version")) at \(place)")
    }
}
