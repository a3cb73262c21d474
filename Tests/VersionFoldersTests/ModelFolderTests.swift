import CairnCore
import Glibc
import Ingestion
import Ports
import ServingTestKit
import Synchronization
import Testing

@testable import VersionFolders

@Suite struct ModelFolderTests {
    let scratch = ScratchTree()
    let ingest = MemoryIngest()

    func folder(from source: (any VersionSource)? = nil) throws -> ModelFolderOnDisk {
        try ModelFolderOnDisk(
            scratch.path + "/host", source: source ?? IngestSource(ingest.channel),
            queues: WorkQueues(label: "test"), quick: WorkQueues(label: "test-quick"))
    }

    func version(_ seed: UInt8) throws -> Digest {
        try ingest.add(
            [
                ("w.bin", (0..<3_000).map { UInt8(truncatingIfNeeded: $0 / 1_000) &+ seed }),
                ("c", [1]),
            ],
            chunkByteCount: 1_000
        ).digest
    }

    func path(_ digest: Digest) -> String { "host/versions/\(digest.hex)" }

    @Test func linksLeadToVerifiedVersions() async throws {
        let (old, new) = (try version(0), try version(10))
        let folder = try folder()
        try await folder.fetch(old)
        try await folder.fetch(new)
        #expect(try await folder.held() == [old, new])
        try await folder.point(ModelLinks(stable: old, candidate: new))
        #expect(try await folder.links() == ModelLinks(stable: old, candidate: new))
        #expect(scratch.read("host/current/w.bin") == scratch.read(path(old) + "/w.bin"))
        #expect(scratch.read("host/candidate/w.bin") == scratch.read(path(new) + "/w.bin"))
        try await folder.point(ModelLinks(stable: new))
        #expect(scratch.link("host/candidate") == nil)
        #expect(scratch.read("host/current/w.bin") == scratch.read(path(new) + "/w.bin"))
    }

    @Test func aLinkNeverLeadsToWhatIsNotHeld() async throws {
        let (old, new) = (try version(0), try version(10))
        let folder = try folder()
        try await folder.fetch(old)
        try await folder.point(ModelLinks(stable: old))
        await #expect(throws: RPCError.self) { try await folder.point(ModelLinks(stable: new)) }
        #expect(try await folder.links() == ModelLinks(stable: old))
    }

    @Test func aVersionThatWasWrittenToIsNotHeldUntilItIsRepaired() async throws {
        let digest = try version(0)
        let folder = try folder()
        try await folder.fetch(digest)
        var bytes = scratch.read(path(digest) + "/w.bin")!
        bytes[1_500] ^= 1
        scratch.write(path(digest) + "/w.bin", bytes)
        #expect(try await folder.held() == [])
        await #expect(throws: RPCError.self) { try await folder.point(ModelLinks(stable: digest)) }
        ingest.state.withLock { $0.fetchedCount = 0 }
        try await folder.fetch(digest)
        #expect(ingest.state.withLock { $0.fetchedCount } == 1, "only the bad chunk came again")
        #expect(try await folder.held() == [digest])
    }

    @Test func damageThatTheFileSystemDoesNotTellIsFoundByReading() async throws {
        let digest = try version(0)
        let folder = try folder()
        try await folder.fetch(digest)
        #expect(try await folder.verify(digest))
        // A disk that rots changes bytes and no times: the record is made to say that all is well.
        scratch.write(path(digest) + "/c", [2])
        let stamp = try FolderStamp(of: scratch.path + "/" + path(digest))
        scratch.write("host/versions/.verified-\(digest.hex)", Array(stamp.text.utf8))
        let again = try reopened(folder)
        #expect(try await again.held() == [digest])
        #expect(try await again.verify(digest) == false)
        #expect(try await again.held() == [])
    }

    @Test func aRestartHoldsTheSameWithoutIngest() async throws {
        let digest = try version(0)
        let folder = try folder()
        try await folder.fetch(digest)
        try await folder.point(ModelLinks(stable: digest))
        try await folder.remember([1, 2, 3])
        let again = try reopened(folder, from: AwaySource())
        #expect(try await again.held() == [digest])
        #expect(try await again.links() == ModelLinks(stable: digest))
        #expect(try await again.recall() == [1, 2, 3])
    }

    @Test func aVersionWithoutARecordIsVerifiedFromItsOwnDisk() async throws {
        let digest = try version(0)
        let folder = try folder()
        try await folder.fetch(digest)
        unlink(scratch.path + "/host/versions/.verified-\(digest.hex)")
        let again = try reopened(folder, from: AwaySource())
        #expect(try await again.held() == [])
        #expect(try await again.stored() == [digest])
        try await again.fetch(digest)
        #expect(try await again.held() == [digest])
    }

    @Test func aRecordThatIsTornIsNoRecord() async throws {
        let digest = try version(0)
        let folder = try folder()
        try await folder.fetch(digest)
        let record = "host/versions/.verified-\(digest.hex)"
        let whole = scratch.read(record)!
        scratch.write(record, Array(whole.dropLast(3)))
        let again = try reopened(folder)
        #expect(try await again.held() == [])
    }

    @Test func whatIsSharedWithAnotherVersionIsNotFetched() async throws {
        let old = try version(0)
        // Its three chunks are the old one's, shifted by one, and a new one.
        let new = try version(1)
        let folder = try folder()
        try await folder.fetch(old)
        ingest.state.withLock { $0.fetchedCount = 0 }
        try await folder.fetch(new)
        #expect(ingest.state.withLock { $0.fetchedCount } == 1)
        #expect(try await folder.held() == [old, new])
    }

    @Test func removingTakesEverythingButNeverWhatIsLinked() async throws {
        let (old, new) = (try version(0), try version(10))
        let folder = try folder()
        for digest in [old, new] { try await folder.fetch(digest) }
        try await folder.point(ModelLinks(stable: new))
        await #expect(throws: RPCError.self) { try await folder.remove(new) }
        try await folder.remove(old)
        #expect(try await folder.stored() == [new])
        #expect(
            scratch.names(in: "host/versions")
                == [".manifest-\(new.hex)", ".verified-\(new.hex)", new.hex])
    }

    @Test func whoeverOpensALinkFindsAVersion() async throws {
        let (old, new) = (try version(0), try version(10))
        let folder = try folder()
        for digest in [old, new] { try await folder.fetch(digest) }
        try await folder.point(ModelLinks(stable: old))
        let isOver = Mutex(false)
        async let misses = countMisses { isOver.withLock { $0 } }
        for turn in 0..<200 {
            try await folder.point(ModelLinks(stable: turn % 2 == 0 ? new : old))
        }
        isOver.withLock { $0 = true }
        #expect(await misses == 0)
    }

    private func countMisses(until isOver: @escaping @Sendable () -> Bool) async -> Int {
        let path = scratch.path + "/host/current/w.bin"
        // A thread of its own, as a serving program is one.
        return await withCheckedContinuation { continuation in
            let queue = WorkQueues(label: "reader", count: 1)
            Task {
                let misses = try await queue.run {
                    var misses = 0
                    while !isOver() { if access(path, R_OK) != 0 { misses += 1 } }
                    return misses
                }
                continuation.resume(returning: misses)
            }
        }
    }

    /// The folder as a new process finds it.
    private func reopened(
        _ folder: consuming ModelFolderOnDisk, from source: (any VersionSource)? = nil
    ) throws -> ModelFolderOnDisk {
        folder.close()
        return try self.folder(from: source)
    }
}

struct AwaySource: VersionSource {
    func manifest(_ digest: Digest) async throws -> Manifest {
        throw RPCError(.unavailable, "ingest is away")
    }
    func fetch(
        _ chunks: [Manifest.Chunk],
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws {
        throw RPCError(.unavailable, "ingest is away")
    }
}
