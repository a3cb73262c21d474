import Glibc

/// Folders with all that is in them. Blocking.
public enum FileTree {
    /// The names in a folder, without `.` and `..`; none where there is no folder.
    static func names(in folder: String) throws(HostError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .last("\(folder) cannot be listed")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes a finished file durable under its own name, in place of one that is there.
    static func publish(_ draft: String, as path: String) throws(HostError) {
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        try Files.makeFolder(String(folder))
        try sync(draft, O_RDONLY)
        guard rename(draft, path) == 0 else { throw .last("\(path) cannot be written") }
        try sync(String(folder), O_RDONLY | O_DIRECTORY)
    }

    private static func sync(_ path: String, _ flags: Int32) throws(HostError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("\(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last("\(path) cannot be made durable") }
    }
}
