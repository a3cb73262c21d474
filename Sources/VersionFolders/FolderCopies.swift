import CairnCore
import Glibc
import Ingestion
import Ports

/// Chunks as they lie in a folder that holds the files of versions: a pulled one, or an agent's.
public struct FolderCopies: Sendable {
    private struct Place: Sendable {
        let path: String
        let offset: Int
    }

    private var places: [Digest: [Place]] = [:]

    /// - Parameters:
    ///   - folder: with the files of any of the versions, or with folders that hold them.
    ///   - manifests: of versions that may lie there.
    public init(in folder: String, of manifests: [Manifest]) throws(FileError) {
        let folder = Paths.trimmed(folder)
        var roots = [folder]
        for name in try Paths.names(in: folder) where try Paths.isFolder(folder + "/" + name) {
            roots.append(folder + "/" + name)
        }
        for manifest in manifests {
            for file in manifest.files {
                var paths: [String] = []
                for root in roots where try Paths.status(root + "/" + file.path) != nil {
                    paths.append(root + "/" + file.path)
                }
                var offset = 0
                for chunk in file.chunks {
                    places[chunk.digest, default: []] += paths.map {
                        Place(path: $0, offset: offset)
                    }
                    offset += chunk.byteCount
                }
            }
        }
    }

    /// - Returns: the chunk, `nil` where no file holds it whole.
    public func bytes(of chunk: Manifest.Chunk) throws(FileError) -> SharedBytes? {
        for place in places[chunk.digest] ?? [] {
            let file = try OpenFile(place.path, O_RDONLY)
            if let bytes = try file.bytes(at: place.offset, count: chunk.byteCount),
                bytes.digest == chunk.digest
            {
                return bytes
            }
        }
        return nil
    }
}
