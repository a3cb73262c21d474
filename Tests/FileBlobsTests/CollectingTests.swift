import CairnCore
import CairnTestKit
import FileBlobs
import Ports
import TensorCodec
import Testing

/// Room that is given back, and everything that must not be touched by it.
@Suite struct CollectingTests {
    let chunks = (0..<16).map { chunk($0, count: 600) }

    func filled(_ files: MemoryFileSystem) throws -> PackStore {
        let store = try PackStore(folder: "c", files: files, packByteCountMax: 2_500)
        for (digest, bytes) in chunks { _ = try store.put(digest, bytes) }
        try store.makeDurable()
        return store
    }

    @Test func onlyWhatIsNeededStaysAndReopensWhole() throws {
        let files = MemoryFileSystem()
        let store = try filled(files)
        let kept = Set(chunks.enumerated().filter { $0.offset % 3 == 0 }.map(\.element.digest))
        let survey = store.survey(keeping: kept)
        #expect(survey.kept.chunkCount == 6 && survey.garbage.chunkCount == 10)
        let before = try store.figures().storedByteCount
        let freed = try store.collect(keeping: kept) { _ in false }
        let after = try store.figures()
        #expect(after.chunkCount == 6 && before - after.storedByteCount == freed)
        #expect(freed == survey.garbage.byteCount)
        #expect(try store.collect(keeping: kept) { _ in false } == 0, "nothing is left to free")
        for (digest, bytes) in chunks { _ = try store.put(digest, bytes) }
        #expect(try store.figures().chunkCount == 16, "what went can come again")
        try store.makeDurable()
        _ = try store.collect(keeping: kept) { _ in false }
        files.losePower()
        let opened = try PackStore(folder: "c", files: files)
        for (digest, bytes) in chunks {
            if kept.contains(digest) {
                #expect(try opened.bytes(of: digest).bytes == bytes.bytes)
            } else {
                #expect(!opened.contains(digest))
            }
        }
    }

    @Test func whatIsHeldAtTheLastMomentStays() throws {
        let store = try filled(MemoryFileSystem())
        let held = chunks[7].digest
        _ = try store.collect(keeping: []) { $0 == held }
        #expect(try store.figures().chunkCount == 1)
        #expect(try store.bytes(of: held).bytes == chunks[7].bytes.bytes)
    }

    @Test func aParentStaysAsLongAsADifferenceToItDoes() throws {
        let versions = CodedChunkTests.versions(4, elements: 3_000)
        let files = MemoryFileSystem()
        let store = try PackStore(folder: "c", files: files, warmByteCount: 0)
        try CodedChunkTests.put(versions, store)
        for (digest, bytes) in chunks { _ = try store.put(digest, bytes) }
        try store.makeDurable()
        let last = Digest(of: versions[3])
        #expect(store.survey(keeping: [last]).keptAsParents.chunkCount == 3)
        _ = try store.collect(keeping: [last]) { _ in false }
        #expect(try store.figures().chunkCount == 4)
        #expect(try store.bytes(of: last).bytes == versions[3])
        files.losePower()
        let reopened = try PackStore(folder: "c", files: files, warmByteCount: 0)
        #expect(try reopened.bytes(of: last).bytes == versions[3])
        _ = try reopened.collect(keeping: [Digest(of: versions[0])]) { _ in false }
        #expect(try reopened.figures().chunkCount == 1)
    }

    /// Whatever fails in the middle of a collection, nothing that is needed is lost.
    @Test(arguments: MemoryFileSystem.Fault.allCases)
    func aFaultAnywhereLosesNothing(fault: MemoryFileSystem.Fault) throws {
        let kept = Set(chunks.enumerated().filter { $0.offset % 4 == 1 }.map(\.element.digest))
        let calm = MemoryFileSystem()
        let store = try filled(calm)
        let start = calm.operationCount
        _ = try store.collect(keeping: kept) { _ in false }
        for operation in start...calm.operationCount {
            for seed in UInt64(0)..<2 {
                let files = MemoryFileSystem(seed: seed)
                let store = try filled(files)
                files.plan(fault, at: operation)
                // A fault ends the collection, not the story.
                _ = try? store.collect(keeping: kept) { _ in false }
                files.losePower(keepingCache: seed % 2 == 0)
                let story = "\(fault) at operation \(operation), seed \(seed)"
                let reopened = try PackStore(folder: "c", files: files)
                for (digest, bytes) in chunks where kept.contains(digest) {
                    #expect(try reopened.bytes(of: digest).bytes == bytes.bytes, "\(story)")
                }
                _ = try reopened.collect(keeping: kept) { _ in false }
                #expect(try reopened.figures().chunkCount == kept.count, "\(story)")
            }
        }
    }
}
