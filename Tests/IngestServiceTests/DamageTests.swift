import CairnCore
import CairnTestKit
import FileBlobs
import Ingestion
import Messages
import Ports
import Synchronization
import Testing

/// Damaged bytes and full disks, as callers see them.
@Suite struct DamageTests {
    @Test func damageNamesTheVersionsThatItHarmsAndIsHealedByTheSamePush() async throws {
        let chunks = MemoryChunkStore()
        let cluster = Cluster(catalog: MemoryIngestCatalog(), chunks: chunks)
        let files = ["a": someBytes(1, 1_000), "b": someBytes(2, 1_000)]
        let first = try await cluster.push(files)
        _ = try await cluster.push(["a": files["a"]!])
        _ = try await cluster.push(["c": someBytes(3)])
        chunks.damage(Digest(of: files["a"]!))
        let error = await #expect(throws: RPCError.self) { try await cluster.pull("m@0.1.0") }
        #expect(error?.code == .dataLoss)
        #expect(error?.facts["versions"] == "m@v0.1.0 m@v0.2.0")
        #expect(error?.text.contains(Digest(of: files["a"]!).short) == true)
        let verified = try await cluster.verify()
        #expect(verified.done && verified.versionCount == 3 && verified.checkedChunkCount == 13)
        #expect(verified.damages.count == 1)
        #expect(verified.damages[0].hasSuffix("needed by m@v0.1.0, m@v0.2.0"))
        #expect(try await cluster.verify("m@0.3.0").damages == [])
        let again = try await cluster.push(files)
        #expect(again.wanted == 1 && again.answer.manifestDigest == first.answer.manifestDigest)
        #expect(try await cluster.verify().damages == [])
        #expect(try await cluster.pull("m@0.1.0") == files)
    }

    /// A pack store over a disk of its own.
    private func cluster(_ files: MemoryFileSystem, _ catalog: MemoryIngestCatalog) throws
        -> Cluster
    {
        Cluster(catalog: catalog, chunks: try PackStore(folder: "chunks", files: files))
    }

    @Test func aFullDiskIsSaidToTheTrainerAndWorksAgainWhenThereIsRoom() async throws {
        let (files, catalog) = (MemoryFileSystem(), MemoryIngestCatalog())
        let cluster = try cluster(files, catalog)
        _ = try await cluster.push(["w": someBytes(1)])
        for isReserved in [true, false] {
            if isReserved {
                files.capacity = UInt64(IngestLimits.reservedDiskBytes) + 12_000
            } else {
                files.capacity = .max
                files.plan(.full, at: files.operationCount + 3)
            }
            let error = await #expect(throws: RPCError.self) {
                try await cluster.push(["w": someBytes(2)], upload: 9)
            }
            #expect(error?.code == .resourceExhausted && error?.canRetry == true)
            #expect(error?.text.lowercased().contains("make room") == true)
            #expect(try await cluster.versions() == ["0.1.0"])
            #expect(try await cluster.verify().damages == [])
        }
        files.capacity = .max
        let pushed = try await cluster.push(["w": someBytes(2)], upload: 9)
        #expect(pushed.wanted < 11, "what had room was kept")
        #expect(try await cluster.pull("m@0.2.0") == ["w": someBytes(2)])
    }

    @Test func aFullDiskOfTheCatalogCommitsNothing() async throws {
        let catalog = MemoryIngestCatalog()
        let told = Mutex<[String]>([])
        let cluster = Cluster(catalog: catalog, chunks: MemoryChunkStore()) { line in
            told.withLock { $0.append(line) }
        }
        catalog.fail(.isFull, after: 0)
        let error = await #expect(throws: RPCError.self) {
            try await cluster.push(["w": [1]], upload: 9)
        }
        #expect(error?.code == .resourceExhausted)
        #expect(told.withLock { $0 } == ["the catalog's disk is full"])
        #expect(try await cluster.push(["w": [1]], upload: 9).answer.version?.number == "0.1.0")
    }

    @Test func aCommitWhoseAnswerWasLostIsFoundByItsRepeat() async throws {
        let catalog = MemoryIngestCatalog()
        let cluster = Cluster(catalog: catalog, chunks: MemoryChunkStore())
        catalog.fail(.failsAfter, after: 0)
        let error = await #expect(throws: RPCError.self) {
            try await cluster.push(["w": [1]], upload: 9)
        }
        #expect(error?.code == .unavailable && error?.canRetry == true)
        let again = try await cluster.push(["w": [1]], upload: 9)
        #expect(again.answer.version?.number == "0.1.0")
        #expect(try await cluster.versions() == ["0.1.0"])
        #expect(catalog.undeliveredCount() == 1)
    }

    @Test func aSyncThatFailsCommitsNothingAndTheChunksAreWantedAgain() async throws {
        let chunks = MemoryChunkStore()
        let cluster = Cluster(catalog: MemoryIngestCatalog(), chunks: chunks)
        chunks.fail(after: 11)
        let error = await #expect(throws: RPCError.self) {
            try await cluster.push(["w": someBytes(1)], upload: 9)
        }
        #expect(error?.code == .unavailable)
        #expect(try await cluster.push(["w": someBytes(1)], upload: 9).wanted == 11)
        chunks.losePower()
        #expect(try await cluster.pull("m@0.1.0") == ["w": someBytes(1)])
    }
}
