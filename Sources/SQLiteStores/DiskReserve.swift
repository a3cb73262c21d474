import Glibc

/// Room on the disk that is kept for what must be written when there is no other room left.
///
/// A file that is allocated and holds nothing; giving it up makes its room free.
final class DiskReserve {
    /// A WAL at its usual bound of 1,000 pages, and some hundred thousand records.
    static let byteCount = 32 << 20

    private let path: String

    /// Takes the room if there is that much.
    init(path: String) {
        self.path = path
        hold()
    }

    var isHeld: Bool { access(path, F_OK) == 0 }

    /// Takes the room again where it was given up and there is as much; else leaves all as it is.
    func hold() {
        if isHeld { return }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return }
        let result = posix_fallocate(descriptor, 0, off_t(Self.byteCount))
        close(descriptor)
        if result != 0 { unlink(path) }
    }

    /// - Returns: whether there was something to give up.
    func release() -> Bool { unlink(path) == 0 }
}
