import CairnCore
import Ingestion

/// A folder that may hold some of the bytes that are wanted. Nothing it has is taken unhashed.
struct Donor: Sendable {
    let folder: String
    /// Where its manifest says that each chunk lies; without one, chunks are looked for where the
    /// wanted file has them.
    private let places: [Digest: Place]?

    struct Place: Sendable {
        let path: String
        let offset: Int
    }

    init(folder: String, manifest: Manifest? = nil) {
        self.folder = folder
        places = manifest.map { manifest in
            var places: [Digest: Place] = [:]
            for file in manifest.files {
                for (chunk, offset) in zip(file.chunks, file.chunkOffsets) {
                    places[chunk.digest] = Place(path: file.path, offset: offset)
                }
            }
            return places
        }
    }

    func place(of chunk: Manifest.Chunk, inPlaceOf wanted: Place) -> Place? {
        guard let places else { return wanted }
        return places[chunk.digest]
    }
}
