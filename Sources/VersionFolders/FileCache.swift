import Glibc
import Synchronization

/// A few open files by path, so that neighbouring chunks do not open a file each.
final class FileCache: Sendable {
    private let flags: Int32
    private let capacity: Int
    private let files = Mutex<[String: OpenFile]>([:])

    init(_ flags: Int32, capacity: Int = 32) { (self.flags, self.capacity) = (flags, capacity) }

    func file(_ path: String) throws(FileError) -> OpenFile {
        if let file = files.withLock({ $0[path] }) { return file }
        let file = try OpenFile(path, flags)
        files.withLock { files in
            if files.count >= capacity { files.removeAll() }
            files[path] = file
        }
        return file
    }

    /// The file, or `nil` when there is none.
    func fileIfThere(_ path: String) throws(FileError) -> OpenFile? {
        do {
            return try file(path)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }
}
