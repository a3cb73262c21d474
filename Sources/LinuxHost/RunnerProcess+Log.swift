import CairnCore
import Glibc

/// What a command prints, kept in a file up to a limit. For one thread.
final class RunnerLog {
    private let descriptor: Int32
    private let path: String
    private let byteCountMax: UInt64
    private var byteCount: UInt64 = 0
    private var part = [UInt8](repeating: 0, count: 1 << 16)
    /// More came than there is room for.
    private(set) var isFull = false
    /// Why the log is not whole, where the disk is to blame.
    private(set) var problem: String?

    /// Starts anew where a log is there.
    init(path: String, byteCountMax: UInt64) throws(HostError) {
        (self.path, self.byteCountMax) = (path, byteCountMax)
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .last("\(path) cannot be written") }
    }

    deinit { close(descriptor) }

    /// More than a pipe holds, and little enough that the clock is looked at soon again: who prints
    /// faster than we read must not keep us from it.
    private static let roundCountMax = 64

    /// Takes what has come. Never waits.
    /// - Returns: false when nothing will ever come again.
    func take(from source: Int32) -> Bool {
        for _ in 0..<Self.roundCountMax {
            let count = read(source, &part, part.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno == EAGAIN }
            if count == 0 { return false }
            keep(part[..<count])
            if isFull { return true }
        }
        return true
    }

    private func keep(_ bytes: ArraySlice<UInt8>) {
        let room = byteCountMax - byteCount
        isFull = isFull || UInt64(bytes.count) > room
        var rest = bytes.prefix(Int(clamping: room))
        while !rest.isEmpty, problem == nil {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                problem = HostError.last("the runner's log \(path) cannot be written").description
                return
            }
            byteCount += UInt64(count)
            rest = rest.dropFirst(count)
        }
    }
}
