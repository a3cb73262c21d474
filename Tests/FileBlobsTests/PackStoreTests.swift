import CairnCore
import CairnTestKit
import Dispatch
import FileBlobs
import Ports
import Testing

/// The store over the host's file system.
@Suite struct PackStoreTests {
    @Test func chunksComeBackAfterReopeningFromIndexesAndFromThePackItself() throws {
        let folder = try ScratchFolder()
        var store = try PackStore(folder: folder.path, packByteCountMax: 20_000)
        for seed in UInt64(0)..<20 {
            let (digest, bytes) = chunk(seed)
            #expect(try store.put(digest, bytes))
            #expect(try !store.put(digest, bytes), "stored once")
        }
        #expect(store.state(of: chunk(0).digest) == ChunkState(byteCount: 5_000, isDurable: false))
        try store.makeDurable()
        #expect(store.state(of: chunk(0).digest) == ChunkState(byteCount: 5_000, isDurable: true))
        let indexes = try HostFiles().names(in: folder.path).filter { $0.hasSuffix(".idx") }
        #expect(indexes.count == 4, "every pack but the last has an index")
        for damage in [nil, "00000002.idx", "00000003.idx"] {
            if let damage { try folder.write(damage, [1, 2, 3]) }
            store = try PackStore(folder: folder.path, packByteCountMax: 20_000)
            #expect(try store.figures().chunkCount == 20)
            for seed in UInt64(0)..<20 {
                let (digest, bytes) = chunk(seed)
                #expect(try store.bytes(of: digest).bytes == bytes.bytes)
            }
        }
    }

    @Test func aPackCutAnywhereKeepsTheWholeChunksBeforeTheCut() throws {
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path)
        for seed in UInt64(0)..<3 {
            _ = try store.put(chunk(seed, count: 200).digest, chunk(seed, count: 200).bytes)
        }
        let entry = 64 + 200
        let whole = try folder.read("00000001.pack")
        #expect(whole.count == 3 * entry)
        for cut in stride(from: 3 * entry, through: 0, by: -7) {
            try folder.write("00000001.pack", Array(whole.prefix(cut)))
            let reopened = try PackStore(folder: folder.path)
            #expect(try reopened.figures().chunkCount == cut / entry, "cut at \(cut)")
            // The next chunk goes behind the whole ones, and is found again.
            let (digest, bytes) = chunk(99, count: 300)
            _ = try reopened.put(digest, bytes)
            let again = try PackStore(folder: folder.path)
            #expect(try again.figures().chunkCount == cut / entry + 1, "cut at \(cut)")
            #expect(try again.bytes(of: digest).bytes == bytes.bytes)
        }
    }

    @Test func aDamagedChunkIsNamedHarmsNoOtherAndIsReplacedByTheNextPush() throws {
        let folder = try ScratchFolder()
        var store = try PackStore(folder: folder.path)
        let chunks = (UInt64(0)..<3).map { chunk($0, count: 200) }
        for (digest, bytes) in chunks { _ = try store.put(digest, bytes) }
        var pack = try folder.read("00000001.pack")
        pack[264 + 64 + 10] ^= 1
        try folder.write("00000001.pack", pack)
        let error = #expect(throws: ChunkStoreError.self) { try store.bytes(of: chunks[1].digest) }
        #expect(error?.code == .damaged)
        #expect(error?.description.contains(chunks[1].digest.short) == true)
        #expect(try store.bytes(of: chunks[2].digest).bytes == chunks[2].bytes.bytes)
        #expect(!store.contains(chunks[1].digest), "it is wanted again")
        for _ in 1...2 {
            _ = try store.put(chunks[1].digest, chunks[1].bytes)
            #expect(try store.bytes(of: chunks[1].digest).bytes == chunks[1].bytes.bytes)
            store = try PackStore(folder: folder.path)
        }
    }

    @Test func aPackInsideAChunkIsAChunkLikeAnyOther() throws {
        let inner = try ScratchFolder(), outer = try ScratchFolder()
        let source = try PackStore(folder: inner.path)
        _ = try source.put(chunk(1).digest, chunk(1).bytes)
        let pack = try inner.read("00000001.pack")
        let store = try PackStore(folder: outer.path)
        _ = try store.put(Digest(of: pack), SharedBytes(pack))
        let reopened = try PackStore(folder: outer.path)
        #expect(try reopened.figures().chunkCount == 1)
        #expect(try reopened.bytes(of: Digest(of: pack)).bytes == pack)
    }

    @Test func manyThreadsPutReadAndSyncAtOnce() throws {
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path, packByteCountMax: 100_000)
        DispatchQueue.concurrentPerform(iterations: 8) { worker in
            for seed in UInt64(0)..<60 {
                let (digest, bytes) = chunk(seed)
                // Recorded as an issue: a closure of Dispatch cannot throw.
                #expect(throws: Never.self) {
                    _ = try store.put(digest, bytes)
                    if seed % 10 == UInt64(worker) { try store.makeDurable() }
                    #expect(try store.bytes(of: digest).bytes == bytes.bytes)
                }
            }
        }
        try store.makeDurable()
        #expect(try store.figures().chunkCount == 60, "each stored once")
        let reopened = try PackStore(folder: folder.path, packByteCountMax: 100_000)
        #expect(try reopened.figures().chunkCount == 60)
    }
}
