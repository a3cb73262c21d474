import CairnCore
import CairnTestKit
import Glibc
import Ports
import Testing

@testable import FileBlobs

@Suite struct PackStoreTests {
    static func chunk(_ seed: UInt64, count: Int = 5_000) -> (Digest, SharedBytes) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        return (Digest(of: bytes), SharedBytes(bytes))
    }

    @Test func chunksComeBackAfterReopening() throws {
        let folder = try ScratchFolder()
        var store = try PackStore(folder: folder.path, packByteCountMax: 20_000)
        for seed in UInt64(0)..<20 {
            let (digest, bytes) = Self.chunk(seed)
            #expect(try store.put(digest, bytes))
            #expect(try !store.put(digest, bytes), "stored once")
        }
        try store.makeDurable()
        store = try PackStore(folder: folder.path, packByteCountMax: 20_000)
        #expect(store.chunkCount == 20)
        for seed in UInt64(0)..<20 {
            let (digest, bytes) = Self.chunk(seed)
            #expect(try store.bytes(of: digest).bytes == bytes.bytes)
        }
    }

    @Test func aPackCutAnywhereKeepsTheWholeChunksBeforeTheCut() throws {
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path)
        let chunks = (UInt64(0)..<3).map { Self.chunk($0, count: 200) }
        for (digest, bytes) in chunks { _ = try store.put(digest, bytes) }
        let entry = 48 + 200
        let pack = folder.path + "/00000001.pack"
        let whole = try folder.read("00000001.pack")
        for cut in stride(from: 3 * entry, through: 0, by: -7) {
            try folder.write("00000001.pack", Array(whole.prefix(cut)))
            let reopened = try PackStore(folder: folder.path)
            #expect(reopened.chunkCount == cut / entry, "cut at \(cut)")
            // The next chunk goes behind the whole ones, and is found again.
            let (digest, bytes) = Self.chunk(99, count: 300)
            _ = try reopened.put(digest, bytes)
            let again = try PackStore(folder: folder.path)
            #expect(again.chunkCount == cut / entry + 1, "cut at \(cut)")
            #expect(try again.bytes(of: digest).bytes == bytes.bytes)
        }
        #expect(unlink(pack) == 0)
    }

    @Test func aDamagedChunkIsNamedAndHarmsNoOther() throws {
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path)
        let chunks = (UInt64(0)..<3).map { Self.chunk($0, count: 200) }
        for (digest, bytes) in chunks { _ = try store.put(digest, bytes) }
        var bytes = try folder.read("00000001.pack")
        bytes[248 + 48 + 10] ^= 1
        try folder.write("00000001.pack", bytes)
        #expect { try store.bytes(of: chunks[1].0) } throws: {
            ($0 as? ChunkStoreError)?.code == .damaged
        }
        #expect(try store.bytes(of: chunks[2].0).bytes == chunks[2].1.bytes)
        let reopened = try PackStore(folder: folder.path)
        #expect(!reopened.contains(chunks[1].0) && reopened.contains(chunks[2].0))
    }

    @Test func aFullDiskIsSaidAndLeavesTheStoreAsItWas() throws {
        let folder = try ScratchFolder()
        let store = try PackStore(folder: folder.path)
        let (first, firstBytes) = Self.chunk(1), (second, secondBytes) = Self.chunk(2)
        _ = try store.put(first, firstBytes)
        var allowed = 1_000
        try store.replaceWrites { descriptor, bytes, offset in
            let count = min(bytes.count, allowed)
            allowed -= count
            errno = ENOSPC
            return count == 0 ? -1 : pwrite(descriptor, bytes.baseAddress, count, off_t(offset))
        }
        #expect { try store.put(second, secondBytes) } throws: {
            ($0 as? ChunkStoreError)?.code == .full
        }
        #expect(!store.contains(second))
        allowed = .max
        #expect(try store.put(second, secondBytes), "there is room again")
        let reopened = try PackStore(folder: folder.path)
        #expect(try reopened.bytes(of: first).bytes == firstBytes.bytes)
        #expect(try reopened.bytes(of: second).bytes == secondBytes.bytes)
    }
}
