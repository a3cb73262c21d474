import CLinux
import Glibc
import Synchronization

/// Waits for descriptors without a thread for each.
public enum Readiness {
    /// Returns when there is something to read, the other side has closed, or the task is cancelled.
    ///
    /// The caller may close the descriptor at any time: what is watched is a duplicate.
    public static func wait(for descriptor: Int32) async {
        await ReadinessLoop.shared.wait(descriptor)
    }

    /// Reads until the other side closes, at most `byteCountMax` bytes.
    public static func readAll(_ descriptor: Int32, byteCountMax: Int = 1 << 20) async -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while bytes.count < byteCountMax {
            await wait(for: descriptor)
            if Task.isCancelled { break }
            let count = read(descriptor, &part, part.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { break }
            bytes += part[..<count]
        }
        return bytes
    }
}

/// Bytes from one process to another; neither end survives an exec unless it is handed on.
public struct Pipe: Sendable {
    public let readEnd: Int32
    public let writeEnd: Int32

    public init() throws(HostError) {
        var ends: [Int32] = [0, 0]
        guard cairn_pipe(&ends) == 0 else { throw .last("no pipe could be made") }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }
}
