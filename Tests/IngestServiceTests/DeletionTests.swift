import CairnCore
import CairnTestKit
import FileBlobs
import Ingestion
import Messages
import Ports
import SQLiteStores
import Testing

@testable import IngestService

@Suite(.timeLimit(.minutes(10))) struct DeletionTests {
    func bytes(_ seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<5_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    func delete(_ cluster: Cluster, _ number: String) async throws {
        _ = try await cluster.channel.call(
            IngestMethods.deleteVersion, DeleteVersion(model: "m", number: number, reason: "old"))
    }

    func collected(_ cluster: Cluster) async throws -> UInt64 {
        try await cluster.channel.call(
            IngestMethods.collectGarbage, CollectGarbage(apply: true, graceMs: 1)
        ).garbageChunkCount
    }

    @Test func aDeletedVersionIsGoneItsNumberStaysTakenAndItsRoomComesBack() async throws {
        let folder = try ScratchFolder()
        var cluster = try Cluster(in: folder)
        for seed in 1...3 { _ = try await cluster.push(["w": bytes(UInt64(seed))]) }
        try await delete(cluster, "0.3.0")
        try await delete(cluster, "0.1.0")
        // A restart finds the same.
        cluster = try Cluster(in: folder)
        #expect(try await cluster.versions() == ["0.2.0"])
        let gone = await #expect(throws: RPCError.self) { try await cluster.pull("m@0.3.0") }
        #expect(gone?.code == .notFound && gone?.text.contains("was deleted") == true)
        let latest = try await cluster.channel.call(
            IngestMethods.resolveVersion, ResolveVersion(reference: "m@latest"))
        #expect(latest.number == "0.2.0")
        let taken = await #expect(throws: RPCError.self) {
            try await cluster.push(["w": bytes(9)], version: "0.3.0")
        }
        #expect(taken?.code == .alreadyExists && taken?.text.contains("v0.4.0") == true)
        cluster.clock.advance(by: .seconds(10))
        #expect(try await collected(cluster) == 15, "two versions and the push that was refused")
        let next = try await cluster.push(["w": bytes(1)])
        #expect(next.answer.version?.number == "0.4.0" && next.answer.version?.parent == "0.2.0")
        #expect(try await cluster.pull("m@0.4.0") == ["w": bytes(1)], "the same manifest again")
    }

    @Test func aliasesAndPinsHoldTheirVersion() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let pushed = try await cluster.push(["w": bytes(1)])
        _ = try await cluster.channel.call(
            IngestMethods.setAlias, SetAlias(model: "m", alias: "prod", number: "0.1.0"))
        let named = await #expect(throws: RPCError.self) { try await delete(cluster, "0.1.0") }
        #expect(named?.code == .refused && named?.text.contains("alias prod") == true)
        _ = try await cluster.channel.call(
            IngestMethods.setAlias, SetAlias(model: "m", alias: "prod", number: ""))
        let pin = PinVersion(
            manifestDigest: pushed.manifest.digest.bytes, holder: "target a/b", reason: "serves")
        _ = try await cluster.channel.call(IngestMethods.pinVersion, pin)
        let pinned = await #expect(throws: RPCError.self) { try await delete(cluster, "0.1.0") }
        #expect(pinned?.code == .refused && pinned?.text.contains("target a/b") == true)
        let report = try await cluster.channel.call(
            IngestMethods.retainVersions, RetainVersions(model: "m", keepLast: 1, apply: true))
        #expect(report.versions.map(\.keptBecause) == [["pinned by target a/b", "the last"]])
    }

    @Test func retentionSaysWhatItWouldDoAndThenDoesIt() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let run = RunID(high: 5, low: 5)
        _ = try await cluster.channel.call(
            IngestMethods.startRun, StartRun(runId: run.bytes, model: "m"))
        for seed in 1...4 { _ = try await cluster.push(["w": bytes(UInt64(seed))]) }
        for seed in 5...7 {
            _ = try await cluster.push(["w": bytes(UInt64(seed))], version: nil, run: run)
        }
        cluster.clock.advance(by: .seconds(7_200))
        var rules = RetainVersions(
            model: "m", keepLast: 2, dropCheckpointsMs: 3_600_000, apply: false)
        let dry = try await cluster.channel.call(IngestMethods.retainVersions, rules)
        #expect(dry.versions.map(\.keptBecause.isEmpty) == [true, true, false, false])
        #expect(dry.droppedCheckpointCount == 2, "what the run would go on from stays")
        #expect(try await cluster.versions().count == 4)
        rules.apply = true
        #expect(try await cluster.channel.call(IngestMethods.retainVersions, rules) == dry)
        #expect(try await cluster.versions() == ["0.3.0", "0.4.0"])
        #expect(try await collected(cluster) == 20)
        let last = try await cluster.channel.call(
            IngestMethods.resolveVersion, ResolveVersion(reference: "run:\(run)"))
        #expect(last.number.isEmpty && last.runId == run.bytes)
        #expect(try await cluster.verify().damages == [])
    }
}
