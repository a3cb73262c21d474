import CairnCore
import Glibc

/// What the file system says of every file in a folder: two equal stamps mean that nobody wrote to
/// the files in between.
///
/// The kernel's clock for files ticks every few milliseconds: a change in the same tick as the
/// verification itself goes unseen until the bytes are next read.
struct FolderStamp: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        /// Relative to the folder.
        let path: String
        let byteCount: Int
        let inode: UInt64
        let modifiedNanoseconds: Int64
        /// Also moves when mode, owner or links change, and nobody can set it back.
        let changedNanoseconds: Int64
        let mode: UInt16
        /// Anything that is neither a plain file nor a folder has no place in a version.
        let isPlainFile: Bool
    }

    /// Sorted by path, byte by byte. Folders are not listed.
    let entries: [Entry]

    /// Walks the folder; links are not followed.
    init(of folder: String) throws(FileError) {
        var found: [Entry] = []
        try Self.walk(folder, "", into: &found)
        entries = found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func walk(
        _ folder: String, _ prefix: String, into found: inout [Entry]
    ) throws(FileError) {
        for name in try Paths.names(in: folder) {
            let path = folder + "/" + name
            guard let status = try Paths.status(path) else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                try walk(path, prefix + name + "/", into: &found)
            } else {
                found.append(Entry(prefix + name, status))
            }
        }
    }

    /// For the record of a verification: one line per file, and a line with the digest of all others.
    var text: String {
        let lines = entries.map { entry in
            [
                "\(entry.byteCount)", "\(entry.inode)", "\(entry.modifiedNanoseconds)",
                "\(entry.changedNanoseconds)", "\(entry.mode)", entry.isPlainFile ? "f" : "x",
                entry.path,
            ].joined(separator: " ") + "\n"
        }
        let body = "cairn-stamp-1\n" + lines.joined()
        return body + Digest(of: Array(body.utf8)).hex + "\n"
    }
}

extension FolderStamp.Entry {
    init(_ path: String, _ status: stat) {
        self.path = path
        byteCount = Int(status.st_size)
        inode = UInt64(status.st_ino)
        modifiedNanoseconds = Self.nanoseconds(status.st_mtim)
        changedNanoseconds = Self.nanoseconds(status.st_ctim)
        mode = UInt16(status.st_mode & 0o777)
        isPlainFile = status.st_mode & S_IFMT == S_IFREG
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}
