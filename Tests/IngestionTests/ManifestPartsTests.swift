import CairnCore
import Ingestion
import Testing

@Suite struct ManifestPartsTests {
    static func file(_ path: String, _ chunks: UInt8...) -> Manifest.File {
        .init(path: path, chunks: chunks.map { .init(digest: Digest(of: [$0]), byteCount: 1) })
    }

    static func parts(_ all: [Manifest.File]...) throws -> ManifestParts {
        var parts = ManifestParts()
        for (index, files) in all.enumerated() { try parts.add(files, at: index) }
        return parts
    }

    @Test func partsInOrderMakeTheManifestOfAllFiles() throws {
        let parts = try Self.parts([Self.file("a", 1)], [Self.file("b", 2), Self.file("c")])
        #expect(
            try parts.manifest(last: 1)
                == Manifest(files: [Self.file("a", 1), Self.file("b", 2), Self.file("c")]))
    }

    @Test func entriesInARowWithOnePathArePartsOfOneFile() throws {
        let parts = try Self.parts(
            [Self.file("a", 1), Self.file("w", 2)], [Self.file("w", 2, 2)], [Self.file("w", 3)])
        #expect(
            try parts.manifest(last: 2)
                == Manifest(files: [Self.file("a", 1), Self.file("w", 2, 2, 2, 3)]))
        let apart = try Self.parts([Self.file("w", 1), Self.file("a", 2), Self.file("w", 3)])
        #expect(throws: IngestError.self) { try apart.manifest(last: 0) }
    }

    @Test func aPartThatComesTwiceChangesNothing() throws {
        var parts = try Self.parts([Self.file("w", 1)], [Self.file("w", 1)])
        let before = parts
        for index in [0, 1, 0] { try parts.add([Self.file("w", 1)], at: index) }
        #expect(parts == before)
    }

    @Test func otherFilesUnderAKnownNumberAreAConflict() throws {
        var parts = try Self.parts([Self.file("a", 1)])
        let error = #expect(throws: IngestError.self) { try parts.add([Self.file("b", 1)], at: 0) }
        #expect(error?.code == .conflict)
    }

    @Test func aPartLeftOutIsMissed() throws {
        var parts = try Self.parts([Self.file("a", 1)])
        let error = #expect(throws: IngestError.self) { try parts.add([Self.file("c", 1)], at: 2) }
        #expect(error?.code == .refused && error?.facts["missing_part"] == "1")
    }

    @Test func anEarlierPartCannotBeTheLast() throws {
        let parts = try Self.parts([Self.file("a", 1)], [Self.file("b", 2)])
        let error = #expect(throws: IngestError.self) { try parts.manifest(last: 0) }
        #expect(error?.code == .conflict)
    }

    /// Whatever is repeated and reordered on the way, what comes out is the whole or an error.
    @Test func noManifestIsEverMadeOfLessThanWasSent() throws {
        for seed in UInt64(0)..<300 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 1...5, using: &random)
            let sent = (0..<count).map { part in
                (0..<Int.random(in: 1...3, using: &random)).map {
                    Self.file("f\(part)-\($0)", UInt8($0))
                }
            }
            let whole = try Manifest(files: sent.flatMap { $0 })
            var parts = ManifestParts()
            for _ in 0..<20 {
                let index = Int.random(in: 0..<count, using: &random)
                guard (try? parts.add(sent[index], at: index)) != nil, index == count - 1 else {
                    continue
                }
                #expect(try parts.manifest(last: index) == whole, "seed \(seed)")
            }
        }
    }
}
