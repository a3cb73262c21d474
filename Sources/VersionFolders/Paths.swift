import CLinux
import CairnCore
import Glibc

/// What the folder code asks the file system, with errors that name the path.
enum Paths {
    /// What stands at `path`, links not followed; `nil` when nothing does.
    static func status(_ path: String) throws(FileError) -> stat? {
        var status = stat()
        if lstat(path, &status) == 0 { return status }
        let failure = FileError("look at", path)
        if failure.isMissing { return nil }
        throw failure
    }

    static func isFolder(_ path: String) throws(FileError) -> Bool {
        try status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    static func parent(_ path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    static func name(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// Without slashes at the end.
    static func trimmed(_ path: String) -> String {
        var path = path[...]
        while path.count > 1, path.last == "/" { path.removeLast() }
        return String(path)
    }

    /// Makes the folder and those above it; one that is there is fine.
    static func makeFolders(_ path: String) throws(FileError) {
        if try makeFolder(path) { return }
        guard path != parent(path) else { throw FileError("make the folder", path) }
        try makeFolders(parent(path))
        guard try makeFolder(path) else { throw FileError("make the folder", path, number: ENOENT) }
    }

    /// - Returns: `false` when the folder above it is missing.
    private static func makeFolder(_ path: String) throws(FileError) -> Bool {
        if mkdir(path, 0o755) == 0 { return true }
        let failure = FileError("make the folder", path)
        if failure.number == ENOENT { return false }
        var status = stat()
        guard failure.number == EEXIST, stat(path, &status) == 0,
            status.st_mode & S_IFMT == S_IFDIR
        else { throw failure }
        return true
    }

    /// The names in a folder, sorted, without `.` and `..`.
    static func names(in folder: String) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else { throw FileError("list", folder) }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
            errno = 0
        }
        guard errno == 0 else { throw FileError("list", folder) }
        return names.sorted()
    }

    /// Returns once the names in the folder are on the disk.
    static func syncFolder(_ path: String) throws(FileError) {
        try OpenFile(path, O_RDONLY | O_DIRECTORY).sync()
    }

    static func rename(_ from: String, to: String) throws(FileError) {
        guard Glibc.rename(from, to) == 0 else { throw FileError("rename \(from) to", to) }
    }

    /// Swaps two names in one step.
    static func exchange(_ a: String, _ b: String) throws(FileError) {
        guard cairn_exchange(a, b) == 0 else { throw FileError("swap \(a) with", b) }
    }

    static func removeFile(_ path: String) throws(FileError) {
        if unlink(path) == 0 || errno == ENOENT { return }
        throw FileError("remove", path)
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    static func removeTree(_ path: String) throws(FileError) {
        guard let status = try status(path) else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else { return try removeFile(path) }
        for name in try names(in: path) { try removeTree(path + "/" + name) }
        guard rmdir(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
    }

    /// Writes a small file beside and renames it, so that it is there whole or not at all, durably.
    static func replaceFile(_ path: String, with bytes: [UInt8]) throws(FileError) {
        let beside = path + ".new"
        let file = try OpenFile(beside, O_WRONLY | O_CREAT | O_TRUNC)
        try writeAll(bytes, to: file)
        try file.sync()
        try rename(beside, to: path)
        try syncFolder(parent(path))
    }

    private static func writeAll(_ bytes: [UInt8], to file: OpenFile) throws(FileError) {
        var failure: FileError?
        bytes.withUnsafeBytes { raw in
            do throws(FileError) { try file.write(raw, at: 0) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// The bytes of a small file; `nil` when there is none.
    static func contents(of path: String) throws(FileError) -> [UInt8]? {
        guard try status(path) != nil else { return nil }
        let file = try OpenFile(path, O_RDONLY)
        let count = Int(try file.status().st_size)
        guard let bytes = try file.bytes(at: 0, count: count) else {
            throw FileError("read", path, number: EIO)
        }
        return bytes.bytes
    }

    /// Bytes that the file system of `path` has left for us.
    static func freeByteCount(at path: String) throws(FileError) -> Int {
        var system = statvfs()
        guard statvfs(path, &system) == 0 else { throw FileError("ask for room at", path) }
        return Int(clamping: UInt64(system.f_bavail) &* UInt64(system.f_frsize))
    }
}
