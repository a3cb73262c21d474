import CairnCore
import CairnTestKit
import FileBlobs
import Ingestion
import Messages
import Ports
import Synchronization
import Testing

@testable import IngestService

@Suite(.timeLimit(.minutes(10))) struct ScrubTests {
    @Test func whatRotsIsFoundNamedAndMended() async throws {
        let files = MemoryFileSystem()
        let told = Mutex<[String]>([])
        let chunks = try PackStore(folder: "chunks", files: files)
        let cluster = Cluster(catalog: MemoryIngestCatalog(), chunks: chunks) { line in
            told.withLock { $0.append(line) }
        }
        let bytes = (0..<9_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) }
        let pushed = try await cluster.push(["w": bytes])
        files.damage("chunks/00000001.pack", at: 3_000)
        let scrubbing = Task { try await cluster.service.scrub(bytesPerSecond: 1 << 20) }
        while try await cluster.service.status().scrubEndedUnixMs == 0 {
            cluster.clock.advance(by: .seconds(1))
            await Task.yield()
        }
        scrubbing.cancel()
        let lines = told.withLock { $0 }
        #expect(lines.count == 1 && lines.first?.contains("needed by m@v0.1.0") == true, "\(lines)")
        let status = try await cluster.service.status()
        #expect(status.scrubbedChunkCount == 9 && status.damagedChunkCount == 1)

        let progress = try await cluster.verify()
        #expect(progress.damages.count == 1 && progress.damaged.count == 1)
        let damaged = try #require(Digest(bytes: progress.damaged.first?.digest ?? []))
        let index = try #require(
            pushed.manifest.files[0].chunks.firstIndex { $0.digest == damaged })
        let wrong = await #expect(throws: RPCError.self) {
            try await Self.mend(cluster, damaged, [1, 2, 3])
        }
        #expect(wrong?.code == .dataLoss)
        try await Self.mend(cluster, damaged, Array(bytes[index * 1_000..<index * 1_000 + 1_000]))
        #expect(try await cluster.verify().damages == [])
        #expect(try await cluster.service.status().damagedChunkCount == 0)
        // What mended is durable.
        files.losePower()
        let after = Cluster(
            catalog: MemoryIngestCatalog(),
            chunks: try PackStore(folder: "chunks", files: files))
        _ = try await after.service.keeper.bytes(of: damaged)
    }

    static func mend(_ cluster: Cluster, _ digest: Digest, _ bytes: [UInt8]) async throws {
        _ = try await cluster.channel.upload(IngestMethods.mendChunks, CallOptions()) { chunks in
            try await chunks.send(
                SendChunk(digest: digest.bytes), attachment: SharedBytes(bytes))
        }
    }

    @Test func aSampleIsTheSameForTheSameSeed() async throws {
        let cluster = Cluster(catalog: MemoryIngestCatalog(), chunks: MemoryChunkStore())
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7 ^ $0) }
        _ = try await cluster.push(["w": bytes])
        func count(_ seed: UInt64) async throws -> UInt64 {
            try await cluster.channel.stream(
                IngestMethods.verifyVersion, VerifyVersion(sample: 0.3, seed: seed)
            ) { parts in
                var last: UInt64 = 0
                while let part = try await parts.next()?.body { last = part.checkedChunkCount }
                return last
            }
        }
        let counts = [try await count(1), try await count(1), try await count(2)]
        #expect(counts[0] == counts[1] && (30...90).contains(counts[0]), "\(counts)")
        #expect((30...90).contains(counts[2]))
    }
}
