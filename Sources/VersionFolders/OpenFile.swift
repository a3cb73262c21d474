import CLinux
import CairnCore
import Glibc

/// An open file, closed by its last holder. Reads and writes name their offset, so several threads
/// may share one.
final class OpenFile: Sendable {
    let path: String
    let fd: Int32

    /// - Parameter flags: `O_…` bits; `O_CLOEXEC` is added.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o644) throws(FileError) {
        self.path = path
        fd = open(path, flags | O_CLOEXEC, mode)
        guard fd >= 0 else { throw FileError("open", path) }
    }

    deinit { close(fd) }

    func status() throws(FileError) -> stat {
        var status = stat()
        guard fstat(fd, &status) == 0 else { throw FileError("look at", path) }
        return status
    }

    /// Fills `buffer` from `offset`.
    /// - Returns: how many bytes there were; fewer than asked for only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = pread(fd, rest.baseAddress, rest.count, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileError("read", path) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The bytes from `offset`, `nil` when the file ends before `count` of them.
    func bytes(at offset: Int, count: Int) throws(FileError) -> SharedBytes? {
        var failure: FileError?
        var got = 0
        let bytes = SharedBytes(count: count) { buffer in
            do throws(FileError) { got = try read(into: buffer, at: offset) } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return got == count ? bytes : nil
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(fd, rest.baseAddress, rest.count, off_t(offset + done))
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileError("write", path) }
            done += count
        }
    }

    /// Begins to bring these bytes to the disk, so that the sync at the end is short.
    func startWriting(at offset: Int, count: Int) {
        // A hint that the file system does not take costs nothing but the wait that it would save.
        _ = cairn_start_writing(fd, off_t(offset), off_t(count))
    }

    func truncate(to byteCount: Int) throws(FileError) {
        guard ftruncate(fd, off_t(byteCount)) == 0 else { throw FileError("size", path) }
    }

    func setMode(_ mode: UInt16) throws(FileError) {
        guard fchmod(fd, mode_t(mode)) == 0 else { throw FileError("set the mode of", path) }
    }

    /// Returns once the bytes and what is known of the file are on the disk.
    func sync() throws(FileError) {
        guard fsync(fd) == 0 else { throw FileError("write to disk", path) }
    }

    /// Like `sync`, for a file whose size does not change.
    func syncData() throws(FileError) {
        guard fdatasync(fd) == 0 else { throw FileError("write to disk", path) }
    }

    /// Takes the lock of the file, without waiting; `nil` when somebody has it.
    func tryLock() -> FileLock? {
        flock(fd, LOCK_EX | LOCK_NB) == 0 ? FileLock(self) : nil
    }
}

/// The lock of a file, for as long as somebody holds on to this.
///
/// Given up in so many words: a child process that is just being started has every descriptor of
/// ours for a moment, and closing ours alone would leave the lock with it.
final class FileLock: Sendable {
    private let file: OpenFile

    fileprivate init(_ file: OpenFile) { self.file = file }

    deinit { flock(file.fd, LOCK_UN) }
}
