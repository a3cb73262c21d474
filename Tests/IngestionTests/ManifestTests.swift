import CairnCore
import Ingestion
import Testing

@Suite struct ManifestTests {
    static let a = Manifest.Chunk(digest: Digest(of: [1]), byteCount: 1)
    static let b = Manifest.Chunk(digest: Digest(of: [2]), byteCount: 4 << 20)

    static func manifest() throws -> Manifest {
        try Manifest(files: [
            .init(path: "w/model.safetensors", chunks: [a, b, a]),
            .init(path: "config.json", mode: 0o600, chunks: [a]),
            .init(path: "empty", chunks: []),
        ])
    }

    @Test func canonicalBytesReadBack() throws {
        let manifest = try Self.manifest()
        #expect(try Manifest(canonicalBytes: manifest.canonicalBytes) == manifest)
        #expect(manifest.uniqueChunks == [Self.a, Self.b])
    }

    @Test func theOrderOfFilesDoesNotMatter() throws {
        let manifest = try Self.manifest()
        #expect(try Manifest(files: manifest.files.reversed()).digest == manifest.digest)
    }

    @Test func everyCutAndEveryFlippedByteIsNoticed() throws {
        let manifest = try Self.manifest()
        let bytes = manifest.canonicalBytes
        for count in bytes.indices {
            #expect(throws: ManifestError.self) {
                try Manifest(canonicalBytes: Array(bytes.prefix(count)))
            }
            var flipped = bytes
            flipped[count] ^= 0x10
            // A flipped digest or mode is another manifest, never the same one.
            do {
                #expect(try Manifest(canonicalBytes: flipped).digest != manifest.digest)
            } catch { #expect(!error.description.isEmpty) }
        }
    }

    @Test(arguments: ["", "/a", "a/", "a//b", "../a", "a/./b", "a\nb"])
    func pathsThatLeaveTheFolderAreRefused(path: String) {
        #expect(throws: ManifestError.self) { try Manifest(files: [.init(path: path, chunks: [])]) }
    }

    @Test func aFileCannotBeAFolderToo() {
        #expect(throws: ManifestError.self) {
            try Manifest(files: ["a", "a-b", "a/b"].map { .init(path: $0, chunks: []) })
        }
        #expect(throws: ManifestError.self) {
            try Manifest(files: [.init(path: "a", chunks: []), .init(path: "a", chunks: [])])
        }
    }
}
