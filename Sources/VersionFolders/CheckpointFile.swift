import CairnCore
import Glibc
import Ingestion

/// A file to be pushed: where its bytes are, and what it is called in the checkpoint.
public struct CheckpointFile: Sendable {
    public enum Content: Sendable {
        /// A file of this host; it must not change while it is read.
        case file(path: String)
        /// Parts in order, of any size up to `Manifest.Limits.chunkByteCount`; each becomes a chunk.
        case memory([SharedBytes])
    }

    /// Relative, with '/' between parts.
    public let path: String
    /// POSIX permission bits.
    public let mode: UInt16
    public let content: Content
    public let byteCount: Int

    public init(path: String, memory parts: [SharedBytes], mode: UInt16 = 0o644) {
        (self.path, self.mode, content) = (path, mode, .memory(parts.filter { $0.count > 0 }))
        byteCount = parts.reduce(0) { $0 + $1.count }
    }

    /// - Parameter source: a plain file of this host, or a link to one.
    public init(path: String, source: String) throws(FileError) {
        var status = stat()
        guard stat(source, &status) == 0 else { throw FileError("look at", source) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw FileError("push what is not a plain file:", source, number: EINVAL)
        }
        (self.path, content) = (path, .file(path: source))
        (mode, byteCount) = (UInt16(status.st_mode & 0o777), Int(status.st_size))
    }

    /// What `paths` name: a file stands in the checkpoint under its own name, a folder for all that
    /// is in it. Blocks while it looks at the disk.
    public static func list(_ paths: [String]) throws(FileError) -> [CheckpointFile] {
        var files: [CheckpointFile] = []
        for path in paths.map(Paths.trimmed) {
            var status = stat()
            guard stat(path, &status) == 0 else { throw FileError("look at", path) }
            if status.st_mode & S_IFMT == S_IFDIR {
                try walk(path, "", into: &files)
            } else {
                files.append(try CheckpointFile(path: Paths.name(path), source: path))
            }
        }
        return files
    }

    /// Links to files are followed, as caches of models hold them; links to folders are not, since
    /// they can form a circle.
    private static func walk(
        _ folder: String, _ prefix: String, into files: inout [CheckpointFile]
    ) throws(FileError) {
        for name in try Paths.names(in: folder) {
            let path = folder + "/" + name
            if try Paths.isFolder(path) {
                try walk(path, prefix + name + "/", into: &files)
            } else {
                files.append(try CheckpointFile(path: prefix + name, source: path))
            }
        }
    }
}
