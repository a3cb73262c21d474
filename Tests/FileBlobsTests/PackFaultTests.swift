import CairnCore
import FileBlobs
import Ports
import Testing

/// The store over a disk that fails, tears, fills up and stops.
@Suite struct PackFaultTests {
    static let chunks = (0..<10).map { chunk($0, count: 900 + Int($0)) }

    static func open(_ files: MemoryFileSystem) throws -> PackStore {
        try PackStore(folder: "chunks", files: files, packByteCountMax: 4_000)
    }

    /// Chunks over three packs with a sync after every second: what a push does.
    /// - Returns: which of the chunks were acknowledged as durable.
    static func push(_ files: MemoryFileSystem) -> Set<Int> {
        var durable: Set<Int> = []
        // A fault ends a call, not the story; a store that does not open acknowledges nothing.
        guard let store = try? open(files) else { return [] }
        for (number, (digest, bytes)) in chunks.enumerated() {
            _ = try? store.put(digest, bytes)
            guard number % 2 == 1, (try? store.makeDurable()) != nil else { continue }
            durable.formUnion(
                chunks.indices.filter { store.state(of: chunks[$0].digest)?.isDurable == true })
        }
        return durable
    }

    @Test(arguments: MemoryFileSystem.Fault.allCases)
    func whateverFailsNothingAcknowledgedIsLostAndNothingHalfVisible(fault: MemoryFileSystem.Fault)
        throws
    {
        let calm = MemoryFileSystem()
        #expect(Self.push(calm).count == 10)
        for operation in 0...calm.operationCount {
            for seed in UInt64(0)..<6 {
                let files = MemoryFileSystem(seed: seed)
                files.plan(fault, at: operation)
                let durable = Self.push(files)
                files.losePower(keepingCache: seed % 2 == 0)
                try Self.check(files, durable, "\(fault) at operation \(operation), seed \(seed)")
            }
        }
    }

    static func check(_ files: MemoryFileSystem, _ durable: Set<Int>, _ story: String) throws {
        var store = try open(files)
        for (number, (digest, bytes)) in chunks.enumerated() {
            if durable.contains(number) {
                #expect(store.contains(digest), "chunk \(number) is lost: \(story)")
            }
            guard let state = store.state(of: digest) else { continue }
            #expect(state.isDurable, "\(story)")
            #expect(try store.bytes(of: digest).bytes == bytes.bytes, "chunk \(number): \(story)")
        }
        // The same push again makes it whole, and it stays so.
        #expect(push(files).count == chunks.count, "\(story)")
        files.losePower()
        store = try open(files)
        #expect(try store.figures().chunkCount == chunks.count, "\(story)")
    }

    @Test func aFullDiskIsSaidAndLeavesTheStoreAsItWas() throws {
        let files = MemoryFileSystem()
        let store = try Self.open(files)
        _ = try store.put(chunk(1).digest, chunk(1).bytes)
        try store.makeDurable()
        files.capacity = 8_000
        let error = #expect(throws: ChunkStoreError.self) {
            try store.put(chunk(2).digest, chunk(2).bytes)
        }
        #expect(error?.code == .full)
        #expect(error?.description.contains("Make room") == true)
        #expect(!store.contains(chunk(2).digest))
        let used = ["00000001", "00000002"].compactMap {
            files.bytes(of: "chunks/\($0).pack")?.count
        }
        #expect(used.reduce(0, +) == 5_064, "the part that was written is cut back")
        files.capacity = .max
        #expect(try store.put(chunk(2).digest, chunk(2).bytes), "there is room again")
        try store.makeDurable()
        files.losePower()
        let reopened = try Self.open(files)
        #expect(try reopened.bytes(of: chunk(1).digest).bytes == chunk(1).bytes.bytes)
        #expect(try reopened.bytes(of: chunk(2).digest).bytes == chunk(2).bytes.bytes)
    }

    @Test func aFailedSyncForgetsWhatItDidNotWrite() throws {
        let files = MemoryFileSystem(seed: 3)
        let store = try PackStore(folder: "chunks", files: files)
        _ = try store.put(chunk(1).digest, chunk(1).bytes)
        try store.makeDurable()
        _ = try store.put(chunk(2).digest, chunk(2).bytes)
        files.plan(.fails, at: files.operationCount)
        #expect(throws: ChunkStoreError.self) { try store.makeDurable() }
        #expect(!store.contains(chunk(2).digest), "its bytes may be in the cache and nowhere else")
        #expect(try store.put(chunk(2).digest, chunk(2).bytes), "it is taken again, in a new pack")
        try store.makeDurable()
        files.losePower()
        let reopened = try PackStore(folder: "chunks", files: files)
        for seed in UInt64(1)...2 {
            #expect(try reopened.bytes(of: chunk(seed).digest).bytes == chunk(seed).bytes.bytes)
        }
    }
}
