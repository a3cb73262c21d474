import CairnCore
import CairnTestKit
import Ingestion
import Messages
import Ports
import Testing

@testable import IngestService

@Suite(.timeLimit(.minutes(10))) struct GarbageTests {
    func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    func collect(
        _ cluster: Cluster, apply: Bool, grace: Duration = .seconds(3_600)
    ) async throws -> GarbageReport {
        try await cluster.channel.call(
            IngestMethods.collectGarbage,
            CollectGarbage(apply: apply, graceMs: UInt64(grace.wholeMilliseconds)))
    }

    @Test func whatABrokenPushLeftGoesAfterItsGraceAndVersionsStay() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let kept = try await cluster.push(["w": bytes(9_500, seed: 1)], version: "1.0.0")
        let id = UploadID(high: 1, low: 2)
        _ = try await cluster.open(id)
        let (manifest, chunks) = try Cluster.cut(["w": bytes(20_000, seed: 2)])
        let wanted = try await cluster.offer(id, manifest)
        _ = try await cluster.send(wanted.map { ($0, chunks[$0]!) }, to: id)

        let during = try await collect(cluster, apply: true)
        #expect(during.garbageChunkCount == 0 && during.keptChunkCount == 30)
        cluster.clock.advance(by: .seconds(3_601))
        let dry = try await collect(cluster, apply: false)
        #expect(dry.garbageChunkCount == 20 && dry.freedByteCount == 0)
        let done = try await collect(cluster, apply: true)
        #expect(done.garbageChunkCount == 20 && done.freedByteCount == done.garbageByteCount)
        #expect(try await cluster.service.status().chunkCount == 10)
        for chunk in kept.manifest.uniqueChunks {
            _ = try await cluster.service.keeper.bytes(of: chunk.digest)
        }
        // The trainer comes back: its commit is refused with what is missing, and it sends again.
        let error = await #expect(throws: RPCError.self) {
            try await cluster.commit(id, manifest, version: "1.1.0")
        }
        #expect(error?.facts["missing_chunk_count"] == "20")
        let again = try await cluster.offer(id, manifest)
        _ = try await cluster.send(again.map { ($0, chunks[$0]!) }, to: id)
        let committed = try await cluster.commit(id, manifest, version: "1.1.0")
        #expect(again.count == 20 && committed.version?.number == "1.1.0")
        #expect(
            try await collect(cluster, apply: true, grace: .milliseconds(1)).freedByteCount == 0)
    }

    /// Pushes and collections at the same time: every version that was acknowledged is whole.
    @Test func collectionsBesidePushesTakeNothing() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in UInt64(0)..<3 {
                group.addTask {
                    for round in UInt64(0)..<12 {
                        // Some chunks are those of others, some are nobody's in the end.
                        let files = [
                            "w": bytes(4_000, seed: round % 5) + bytes(3_000, seed: worker)
                        ]
                        do {
                            _ = try await cluster.push(
                                files, model: "m\(worker)", version: "1.\(round).0")
                        } catch let error as RPCError
                            where error.facts["missing_chunk_count"] != nil
                        {
                            _ = try await cluster.push(
                                files, model: "m\(worker)", version: "1.\(round).0")
                        }
                        let lost = UploadID(high: worker + 1, low: round + 1)
                        _ = try await cluster.open(lost)
                        let chunk = bytes(2_000, seed: 1_000 + worker * 100 + round)
                        _ = try await cluster.send([(Digest(of: chunk), chunk)], to: lost)
                    }
                }
            }
            group.addTask {
                for _ in 0..<25 {
                    do {
                        _ = try await collect(cluster, apply: true, grace: .milliseconds(1))
                    } catch let error as RPCError where error.code == .conflict {}
                    cluster.clock.advance(by: .milliseconds(2))
                }
            }
            try await group.waitForAll()
        }
        for worker in 0..<3 {
            for round in 0..<12 {
                let version = try await cluster.resolve("m\(worker)@1.\(round).0")
                let digest = Digest(bytes: version.manifestDigest)!
                let manifest = try await cluster.service.ledger.ask { desk, _ in
                    try desk.manifest(digest)
                }
                for chunk in manifest.uniqueChunks {
                    _ = try await cluster.service.keeper.bytes(of: chunk.digest)
                }
            }
        }
        cluster.clock.advance(by: .seconds(1))
        _ = try await collect(cluster, apply: true, grace: .milliseconds(1))
        let report = try await collect(cluster, apply: false, grace: .milliseconds(1))
        #expect(report.garbageChunkCount <= 20, "what is left is mixed with what is needed")
    }
}
