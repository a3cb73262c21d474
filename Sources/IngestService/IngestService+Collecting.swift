import CairnCore
import Ingestion
import Messages
import Ports

/// Garbage: chunks of uploads that never came to their commit.
extension IngestService {
    private static let usualGrace = Duration.seconds(24 * 3_600)

    func addCollecting(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.collectGarbage) { [self] request, _ in
            try await answering { try await collect(request) }
        }
    }

    private func collect(_ request: CollectGarbage) async throws -> GarbageReport {
        guard request.graceMs <= UInt64(Int64.max / 1_000_000) else {
            throw IngestError(.invalid, "grace_ms is \(request.graceMs): over 290 years")
        }
        let grace =
            request.graceMs == 0 ? Self.usualGrace : .milliseconds(Int64(request.graceMs))
        let moment = clock.now() + (.zero - grace)
        let report = try await held.collecting(quietSince: moment) {
            try await collect(keeping: $0, of: $1, apply: request.apply)
        }
        guard let report else {
            throw IngestError(.conflict, "a collection is under way already; wait for its end")
        }
        return report
    }

    /// Manifests are read after what is held was taken down: what is committed between the two is
    /// in one of them.
    private func collect(
        keeping chunks: Set<Digest>, of uploadCount: Int, apply: Bool
    ) async throws -> GarbageReport {
        var roots = chunks
        let manifests = try await ledger.ask { desk, _ in try desk.catalog.manifestDigests() }
        for digest in manifests {
            // What was deleted in between needs its chunks no longer.
            let manifest = try await ledger.ask { desk, _ in try desk.catalog.manifest(digest) }
            roots.formUnion(manifest?.uniqueChunks.map(\.digest) ?? [])
        }
        let holders = try await ledger.ask { desk, _ in try desk.holders() }
        let survey = await keeper.survey(keeping: roots)
        var report = GarbageReport(
            keptChunkCount: UInt64(survey.kept.chunkCount), keptByteCount: survey.kept.byteCount,
            parentChunkCount: UInt64(survey.keptAsParents.chunkCount),
            parentByteCount: survey.keptAsParents.byteCount,
            garbageChunkCount: UInt64(survey.garbage.chunkCount),
            garbageByteCount: survey.garbage.byteCount,
            holders: holders + [
                "\(uploadCount) uploads that were busy within the grace time"
            ])
        if apply {
            report.freedByteCount = try await keeper.collect(keeping: roots) { [held] in
                held.contains($0)
            }
        }
        return report
    }
}
