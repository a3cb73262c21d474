import CairnCore
import Ingestion
import Synchronization

/// Chunks that no folder of this host has, each with every place that it goes to.
struct MissingChunks: Sendable {
    /// In the order of the files.
    private(set) var chunks: [Manifest.Chunk] = []
    private(set) var places: [Digest: [Donor.Place]] = [:]

    var byteCount: Int { chunks.reduce(0) { $0 + $1.byteCount } }

    mutating func add(_ chunk: Manifest.Chunk, _ place: Donor.Place) {
        if places[chunk.digest] == nil { chunks.append(chunk) }
        places[chunk.digest, default: []].append(place)
    }
}

/// What is still missing while chunks arrive on several tasks.
final class SharedMissing: Sendable {
    private let order: [Manifest.Chunk]
    private let places: Mutex<[Digest: [Donor.Place]]>

    init(_ missing: MissingChunks) {
        order = missing.chunks
        places = Mutex(missing.places)
    }

    var chunks: [Manifest.Chunk] {
        places.withLock { places in order.filter { places[$0.digest] != nil } }
    }

    func places(of chunk: Manifest.Chunk) -> [Donor.Place] {
        places.withLock { $0[chunk.digest] ?? [] }
    }

    func remove(_ chunk: Manifest.Chunk) {
        places.withLock { $0[chunk.digest] = nil }
    }
}
