import CairnCore
import Glibc
import Ingestion
import Ports
import ServingTestKit
import Synchronization
import Testing

@testable import VersionFolders

@Suite struct RestoreTests {
    let scratch = ScratchTree()
    let ingest = MemoryIngest()
    let queues = WorkQueues(label: "test")

    var folders: VersionFolders {
        VersionFolders(from: IngestSource(ingest.channel), queues: queues)
    }
    var out: String { scratch.path + "/out" }

    func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    /// Seven chunks of 1,000 bytes, one of them twice, an empty file, and a file in a folder.
    func version(seed: UInt64 = 1) throws -> Manifest {
        let weights = bytes(3_500, seed: seed)
        return try ingest.add(
            [
                ("weights.bin", weights + weights.prefix(500)), ("empty", []),
                ("tokenizer/vocab.txt", bytes(1_500, seed: 99)),
                ("copy.bin", Array(weights[..<1000])),
            ], chunkByteCount: 1_000)
    }

    @Test func theFolderHoldsExactlyTheFilesBitForBit() async throws {
        let manifest = try version()
        try await folders.restore(manifest.digest, into: out)
        #expect(try await FolderCheck(queues: queues).run(out, against: manifest).damages == [])
        #expect(scratch.read("out/tokenizer/vocab.txt") == bytes(1_500, seed: 99))
        #expect(scratch.names() == ["out"], "nothing is left beside")
    }

    @Test func aFolderThatHoldsTheVersionFetchesNothing() async throws {
        let manifest = try version()
        try await folders.restore(manifest.digest, into: out)
        ingest.state.withLock { $0.fetchedCount = 0 }
        let done = try await folders.restore(manifest, into: out)
        #expect(done.fetchedByteCount == 0 && done.doneByteCount == manifest.byteCount)
        #expect(ingest.state.withLock { $0.fetchedCount } == 0)
    }

    @Test func modesAreRestored() async throws {
        let manifest = try ingest.add([("run.sh", [1, 2, 3]), ("x", [1])], mode: 0o555)
        try await folders.restore(manifest.digest, into: out)
        var status = stat()
        #expect(stat(out + "/run.sh", &status) == 0 && status.st_mode & 0o777 == 0o555)
    }

    @Test func bytesOfOtherFoldersAreNotFetchedAgain() async throws {
        let old = try version(seed: 1)
        try await folders.restore(old.digest, into: scratch.path + "/old")
        var weights = bytes(3_500, seed: 1)
        weights += weights.prefix(500)
        weights[1_200] ^= 1  // One chunk of the weights differs.
        let new = try ingest.add(
            [("weights.bin", weights), ("tokenizer/vocab.txt", bytes(1_500, seed: 99))],
            chunkByteCount: 1_000)
        var folders = folders
        folders.donorFolders = [scratch.path + "/old"]
        let done = try await folders.restore(new, into: out)
        #expect(done.fetchedByteCount == 1_000)
        #expect(scratch.read("out/weights.bin") == weights)
    }

    @Test func aDonorThatWasTamperedWithIsNotBelieved() async throws {
        let manifest = try version()
        let old = scratch.path + "/old"
        try await folders.restore(manifest.digest, into: old)
        var weights = scratch.read("old/weights.bin")!
        weights[10] ^= 1
        scratch.write("old/weights.bin", weights)
        var folders = folders
        folders.donorFolders = [old]
        let done = try await folders.restore(manifest, into: out)
        #expect(done.fetchedByteCount == 1_000)
        #expect(try await FolderCheck(queues: queues).run(out, against: manifest).damages == [])
    }

    @Test func aDamagedFolderIsRepairedWithWhatIsBadOnly() async throws {
        let manifest = try version()
        try await folders.restore(manifest.digest, into: out)
        var vocabulary = scratch.read("out/tokenizer/vocab.txt")!
        vocabulary[1_200] ^= 1
        scratch.write("out/tokenizer/vocab.txt", vocabulary)
        let done = try await folders.restore(manifest, into: out)
        #expect(done.fetchedByteCount == 500)
        #expect(try await FolderCheck(queues: queues).run(out, against: manifest).damages == [])
        #expect(scratch.names() == ["out"])
    }

    @Test func aFolderWithOtherFilesIsLeftAlone() async throws {
        let manifest = try version()
        scratch.write("out/thesis.tex", [1])
        let error = await #expect(throws: RPCError.self) {
            try await folders.restore(manifest.digest, into: out)
        }
        #expect(error?.code == .refused)
        #expect(error?.text.contains("thesis.tex") == true)
        #expect(scratch.names() == ["out"] && scratch.names(in: "out") == ["thesis.tex"])
        for path in [".", "..", scratch.path + "/x/..", "/"] {
            await #expect(throws: RPCError.self) {
                try await folders.restore(manifest, into: path)
            }
        }
    }

    @Test func aDamagedChunkIsRefusedAndNothingAppears() async throws {
        let manifest = try version()
        let bad = manifest.files[0].chunks[0].digest
        ingest.tamper.withLock {
            $0 = { digest, bytes in
                guard digest == bad else { return bytes }
                var copy = bytes.bytes
                copy[0] ^= 0x80
                return SharedBytes(copy)
            }
        }
        let error = await #expect(throws: RPCError.self) {
            try await folders.restore(manifest.digest, into: out)
        }
        #expect(error?.code == .dataLoss)
        #expect(!scratch.names().contains("out"))
        // Once the store is repaired, the next try takes what the first one got.
        ingest.tamper.withLock { $0 = { $1 } }
        ingest.state.withLock { $0.fetchedCount = 0 }
        try await folders.restore(manifest.digest, into: out)
        #expect(scratch.names() == ["out"])
    }

    @Test func aForeignManifestIsRefused() async throws {
        let manifest = try version()
        let other = try version(seed: 2)
        ingest.state.withLock { $0.manifests[manifest.digest] = other }
        let error = await #expect(throws: RPCError.self) {
            try await folders.restore(manifest.digest, into: out)
        }
        #expect(error?.code == .dataLoss)
        #expect(scratch.names() == [])
    }

    @Test func aCutAtAnyMessageLosesNothingThatArrived() async throws {
        let manifest = try version()
        ingest.faults.cut(at: nil)
        try await folders.restore(manifest.digest, into: out)
        let messages = ingest.faults.seen
        #expect(messages > 8)
        for cut in 0..<messages {
            let place = scratch.path + "/cut-\(cut)"
            ingest.faults.cut(at: cut)
            let error = await #expect(throws: RPCError.self, "cut at message \(cut)") {
                try await folders.restore(manifest.digest, into: place)
            }
            #expect(error?.code == .unavailable, "cut at message \(cut)")
            #expect(!scratch.names().contains("cut-\(cut)"), "cut at message \(cut)")
            try await folders.restore(manifest.digest, into: place)
            let check = try await FolderCheck(queues: queues).run(place, against: manifest)
            #expect(check.damages == [], "cut at message \(cut)")
            #expect(!scratch.names().contains(".partial-cut-\(cut)"), "cut at message \(cut)")
        }
    }

    @Test func aCutInTheChunksGoesOnWhereItWas() async throws {
        let manifest = try version()
        let pauses = Mutex<[Int]>([])
        var folders = folders
        folders.pause = { failures, _ in pauses.withLock { $0.append(failures) } }
        ingest.faults.cut(at: 8)
        let done = try await folders.restore(manifest, into: out)
        #expect(!ingest.faults.isArmed || done.fetchedByteCount == manifest.uniqueByteCount)
        ingest.faults.cut(at: 2)
        let again = try await folders.restore(manifest, into: scratch.path + "/again")
        #expect(again.fetchedByteCount == manifest.uniqueByteCount, "nothing came twice")
        #expect(pauses.withLock { $0 }.last == 1, "the cut call had brought something")
    }

    @Test func aFullDiskIsSaidAndLeavesNothingBehind() async throws {
        let manifest = try version()
        let written = Mutex(0)
        var folders = folders
        folders.writer.write = { file, bytes, offset throws(FileError) in
            let count = written.withLock { count in
                count += 1
                return count
            }
            if count == 4 { throw FileError("write", file.path, number: ENOSPC) }
            try file.write(bytes, at: offset)
        }
        let error = await #expect(throws: RPCError.self) {
            try await folders.restore(manifest.digest, into: out)
        }
        #expect(error?.code == .resourceExhausted)
        #expect(scratch.names() == [], "what was built is removed, to give the room back")
        try await self.folders.restore(manifest.digest, into: out)
        #expect(scratch.names() == ["out"])
    }

    @Test func aVersionLargerThanTheDiskIsRefusedBeforeTheFirstByte() async throws {
        let chunks = (0..<(1 << 15)).map {
            Manifest.Chunk(digest: Digest(of: Array("\($0)".utf8)), byteCount: 4 << 20)
        }
        let manifest = try Manifest(files: [Manifest.File(path: "huge", chunks: chunks)])
        // On a machine with 128 GiB to spare there is nothing to refuse.
        guard try Paths.freeByteCount(at: scratch.path) < manifest.byteCount else { return }
        let error = await #expect(throws: RPCError.self) {
            try await folders.restore(manifest, into: out)
        }
        #expect(error?.code == .resourceExhausted)
        #expect(ingest.state.withLock { $0.fetchedCount } == 0)
    }

    @Test func twoRestoresOfOneFolderDoNotMeet() async throws {
        let manifest = try version()
        mkdir(scratch.path + "/.partial-out", 0o755)
        let other = try OpenFile(scratch.path + "/.partial-out", O_RDONLY)
        #expect(other.tryLock())
        let error = await #expect(throws: RPCError.self) {
            try await folders.restore(manifest.digest, into: out)
        }
        #expect(error?.code == .conflict && error?.canRetry == true)
    }

    @Test func leftoversOfAnotherVersionDoNotGetIn() async throws {
        let manifest = try version()
        scratch.write(".partial-out/stranger", [1])
        scratch.write(".partial-out/weights.bin/inner", [2])
        scratch.write(".partial-out/tokenizer", [3])
        symlink("/etc", scratch.path + "/.partial-out/copy.bin")
        try await folders.restore(manifest.digest, into: out)
        #expect(try await FolderCheck(queues: queues).run(out, against: manifest).damages == [])
    }
}

extension Manifest {
    var uniqueByteCount: Int { uniqueChunks.reduce(0) { $0 + $1.byteCount } }
}
