import CLinux
import Glibc
import Ports

/// The host's file system.
public struct HostFiles: FileSystem {
    public init() {}

    public func names(in folder: String) throws(FileSystemError) -> [String] {
        guard let listing = opendir(folder) else { throw .last("listing \(folder)") }
        defer { closedir(listing) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(listing) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .last("listing \(folder)") }
        return names
    }

    public func makeFolder(_ path: String) throws(FileSystemError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .last("making \(path)") }
    }

    public func open(_ path: String, creating: Bool) throws(FileSystemError) -> any OpenFile {
        let flags = O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0)
        let descriptor = Glibc.open(path, flags, 0o644)
        guard descriptor >= 0 else { throw .last("opening \(path)") }
        return HostFile(path: path, descriptor: descriptor)
    }

    public func rename(_ path: String, to target: String) throws(FileSystemError) {
        guard Glibc.rename(path, target) == 0 else { throw .last("renaming \(path) to \(target)") }
    }

    public func remove(_ path: String) throws(FileSystemError) {
        guard unlink(path) == 0 else { throw .last("removing \(path)") }
    }

    public func syncFolder(_ path: String) throws(FileSystemError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("opening \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .last("syncing \(path)") }
    }

    public func freeByteCount(of folder: String) throws(FileSystemError) -> UInt64? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { throw .last("asking for room in \(folder)") }
        return UInt64(figures.f_bavail) * UInt64(figures.f_frsize)
    }
}

/// A descriptor. Positions are given with each call, so any number of threads may share it.
final class HostFile: OpenFile {
    private let path: String
    private let descriptor: Int32

    init(path: String, descriptor: Int32) { (self.path, self.descriptor) = (path, descriptor) }

    deinit { close(descriptor) }

    func byteCount() throws(FileSystemError) -> UInt64 {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            throw .last("asking for the length of \(path)")
        }
        return UInt64(facts.st_size)
    }

    func write(_ parts: [UnsafeRawBufferPointer], at offset: UInt64) throws(FileSystemError) {
        var vectors = parts.filter { !$0.isEmpty }.map {
            iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
        }
        var offset = off_t(offset)
        while !vectors.isEmpty {
            let count = pwritev(descriptor, vectors, Int32(vectors.count), offset)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw .last("writing \(path)") }
            offset += off_t(count)
            vectors.drop(count)
        }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileSystemError)
        -> Int
    {
        var done = 0
        while done < buffer.count, let start = buffer.baseAddress {
            let count = pread(
                descriptor, start + done, buffer.count - done, off_t(offset) + off_t(done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .last("reading \(path)") }
            if count == 0 { break }
            done += count
        }
        return done
    }

    func truncate(to byteCount: UInt64) throws(FileSystemError) {
        guard ftruncate(descriptor, off_t(byteCount)) == 0 else { throw .last("cutting \(path)") }
    }

    func sync() throws(FileSystemError) {
        guard fdatasync(descriptor) == 0 else { throw .last("syncing \(path)") }
    }

    func startWriting(from offset: UInt64, byteCount: UInt64) {
        // A hint that the file system does not take costs nothing but the wait that it would save.
        _ = cairn_start_writing(descriptor, off_t(offset), off_t(byteCount))
    }
}

extension [iovec] {
    /// Takes away the first `count` bytes.
    fileprivate mutating func drop(_ count: Int) {
        var left = count
        while let first, left >= first.iov_len {
            left -= first.iov_len
            removeFirst()
        }
        guard left > 0, let first else { return }
        self[0] = iovec(iov_base: first.iov_base + left, iov_len: first.iov_len - left)
    }
}

extension FileSystemError {
    /// What `errno` says of the call that just failed.
    static func last(_ what: String) -> FileSystemError {
        let number = errno
        let code: Code =
            switch number {
            case ENOSPC, EDQUOT, EFBIG: .full
            case ENOENT: .notFound
            default: .failed
            }
        return FileSystemError(code, "\(what) failed: \(String(cString: strerror(number)))")
    }
}
