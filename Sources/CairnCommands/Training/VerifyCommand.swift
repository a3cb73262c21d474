import CairnClient
import CairnCore
import CommandTable
import Ingestion
import Messages
import Ports
import Rendering
import TCPTransport
import Terminal

/// `cairn verify`: stored versions read back, and mended where a good copy is.
struct VerifyCommand {
    let context: CommandContext

    static func run(_ context: CommandContext) async throws {
        try await VerifyCommand(context: context).run()
    }

    private func run() async throws {
        let named = context.arguments.operands("VERSION")
        for text in named { _ = try Versions.reference(text) }
        if context.arguments.has("repair") != context.arguments.has("from") {
            throw UsageError("--repair and --from belong together: what to mend from which copy")
        }
        let (results, mended) = try await context.withLink(to: .ingest) { ingest in
            let first = try await verify(named, ingest)
            guard let place = context.arguments.text("from"), first.contains(where: \.isDamaged)
            else { return (first, IngestClient.Mended?.none) }
            let mended = try await mend(first, from: place, ingest)
            // Only what is read again is known to be whole.
            return (try await verify(named, ingest), mended)
        }
        try report(results, mended)
    }

    private func mend(
        _ results: [VerifyProgress], from place: String, _ ingest: Link
    ) async throws -> IngestClient.Mended {
        var seen = Set<Digest>()
        let damaged = results.flatMap(\.damaged).compactMap { chunk in
            Digest(bytes: chunk.digest).map {
                Manifest.Chunk(digest: $0, byteCount: Int(chunk.byteCount))
            }
        }.filter { seen.insert($0.digest).inserted }
        let client = IngestClient(ingest.channel, clock: context.clock)
        guard let address = SocketAddress(place) else {
            return try await ingest.explaining {
                try await client.mend(damaged, from: .folder(place))
            }
        }
        return try await EventLoops.with { loops in
            try await TCPChannel.with(
                to: address, loops: loops, options: ClientOptions(name: "cairn")
            ) { mirror in
                try await ingest.explaining {
                    try await client.mend(damaged, from: .mirror(mirror))
                }
            }
        }
    }

    // MARK: Asking

    private func verify(_ named: [String], _ ingest: Link) async throws -> [VerifyProgress] {
        let sample = Double(context.arguments.number("sample") ?? 100) / 100
        let seed =
            context.arguments.number("seed").map(UInt64.init) ?? .random(in: 1...999_999)
        if sample < 1 {
            context.notes.print(
                "reading \(Quantity.percent(sample)) of the chunks, those of --seed \(seed)")
        }
        var results: [VerifyProgress] = []
        for reference in named.isEmpty ? [""] : named {
            let request = VerifyVersion(
                reference: reference, sample: sample < 1 ? sample : 0, seed: seed)
            results.append(try await verify(request, ingest))
        }
        return results
    }

    private func verify(_ request: VerifyVersion, _ ingest: Link) async throws -> VerifyProgress {
        let title = request.reference.isEmpty ? "verifying" : "verifying \(request.reference)"
        let progress = ProgressDisplay(title, areBytes: false, on: context.notes)
        defer { progress.finish() }
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

    // MARK: Telling

    private func report(_ results: [VerifyProgress], _ mended: IngestClient.Mended?) throws {
        let damages = results.flatMap(\.damages)
        let versionCount = results.reduce(0) { $0 + $1.versionCount }
        let chunkCount = results.reduce(0) { $0 + $1.checkedChunkCount }
        if context.wantsJSON {
            let json: JSONText = [
                "version_count": JSONText(versionCount), "chunk_count": JSONText(chunkCount),
                "mended_chunk_count": JSONText(mended?.mendedCount ?? 0),
                "damages": .array(damages.map { .string($0) }),
            ]
            context.out.print(json.pretty)
        } else {
            for damage in damages { context.out.print([Painted(damage, .bad)]) }
            if let mended {
                context.out.print(
                    "mended: \(Quantity.count(mended.mendedCount, of: "chunk"))"
                        + (mended.missing.isEmpty
                            ? "" : "; no good copy there of \(mended.missing.count)"))
            }
        }
        guard damages.isEmpty else {
            throw CommandError(
                "\(Quantity.count(damages.count, of: "damage")) in "
                    + "\(Quantity.count(versionCount, of: "version")); `cairn verify --repair --from "
                    + "HOST:PORT|DIR` takes good copies from a mirror or a folder, and whoever pushes "
                    + "the same bytes again mends the same chunks")
        }
        if !context.wantsJSON {
            context.out.print(
                "whole: \(Quantity.count(versionCount, of: "version")), "
                    + "\(Quantity.count(chunkCount, of: "chunk")) read back and checked")
        }
    }
}

extension VerifyProgress {
    fileprivate var isDamaged: Bool { !damages.isEmpty }
}
