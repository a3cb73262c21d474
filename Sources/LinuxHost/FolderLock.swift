import CLinux
import Glibc

/// The one process that may use a data folder, or the several that share it.
///
/// The kernel drops the lock with the process, however that ends, so a kill -9 leaves nothing behind;
/// the file itself stays and says who held it last.
public struct FolderLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// - Parameter isShared: beside others that share it, and beside none that does not.
    /// - Throws: `HostError` that names the holder when another process has the folder.
    public init(folder: String, name: String = "lock", isShared: Bool = false) throws(HostError) {
        let path = "\(folder)/\(name)"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .last("\(path) cannot be opened") }
        let result = isShared ? cairn_lock_share_try(descriptor) : cairn_lock_try(descriptor)
        guard result == 0 else {
            let number = errno
            let holder = Self.holder(descriptor)
            // `deinit` closes: it runs also where `init` throws once the descriptor is set.
            throw HostError(
                "\(folder) is in use by \(holder). Only one process may work on a data folder: end "
                    + "that one, or choose another folder", number: number)
        }
        if isShared { return }
        let text = "pid \(getpid())\n"
        // The text only helps people who look; the lock holds without it.
        _ = ftruncate(descriptor, 0)
        _ = pwrite(descriptor, text, text.utf8.count, 0)
    }

    deinit { close(descriptor) }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return "another process" }
        return String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self)
    }
}
