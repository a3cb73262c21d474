import FoundationEssentials
import Glibc

/// A file system in memory of a size of its own, mounted as long as this lives. Needs root.
public final class SmallDisk: Sendable {
    public let path: String
    private let scratch: ScratchFolder
    private var ballast: String { path + "/ballast" }

    public init(byteCount: Int) throws {
        scratch = try ScratchFolder()
        path = scratch.path + "/disk"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(byteCount),mode=755") == 0 else {
            throw POSIXFailure(what: "no file system could be mounted", number: errno)
        }
    }

    // Lazily: a descriptor that is still open must not keep it.
    deinit { umount2(path, 2) }

    /// Takes all the room that is left.
    public func fill() throws {
        let descriptor = open(ballast, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXFailure(what: ballast, number: errno) }
        defer { close(descriptor) }
        for count in [1 << 16, 1] {
            let bytes = [UInt8](repeating: 1, count: count)
            while write(descriptor, bytes, count) > 0 {}
        }
    }

    /// Gives it back.
    public func empty() { unlink(ballast) }

    struct POSIXFailure: Error, CustomStringConvertible {
        let what: String
        let number: Int32
        var description: String { "\(what): \(String(cString: strerror(number)))" }
    }
}
