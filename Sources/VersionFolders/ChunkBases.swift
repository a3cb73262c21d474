import CairnCore
import Glibc
import Ingestion
import Synchronization

/// Chunks of this host that are near to wanted ones: the same place of another version. A wanted
/// chunk may come as a difference to its base.
public final class ChunkBases: Sendable {
    struct Base: Sendable {
        let digest: Digest
        let path: String
        let offset: Int
    }

    private struct State {
        var bases: [Digest: Base] = [:]
        var travelled: [Digest: Int] = [:]
    }

    private let state = Mutex(State())

    init() {}

    func add(_ base: Base, of chunk: Manifest.Chunk) {
        state.withLock { $0.bases[chunk.digest] = base }
    }

    func base(of chunk: Manifest.Chunk) -> Digest? {
        state.withLock { $0.bases[chunk.digest]?.digest }
    }

    /// Reads the base of a chunk again; `nil` when it is no longer what it was.
    func bytes(for chunk: Manifest.Chunk) throws(FileError) -> SharedBytes? {
        guard let base = state.withLock({ $0.bases[chunk.digest] }) else { return nil }
        let file = try OpenFile(base.path, O_RDONLY)
        let bytes = try file.bytes(at: base.offset, count: chunk.byteCount)
        return bytes?.digest == base.digest ? bytes : nil
    }

    func travelled(_ byteCount: Int, for chunk: Manifest.Chunk) {
        state.withLock { $0.travelled[chunk.digest] = byteCount }
    }

    /// What came over the wire for a chunk.
    func travelled(for chunk: Manifest.Chunk) -> Int {
        state.withLock { $0.travelled[chunk.digest] } ?? chunk.byteCount
    }
}
