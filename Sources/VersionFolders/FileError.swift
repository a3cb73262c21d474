import Glibc
import Ports

/// The system refused something about a file.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value of errno.
    public let number: Int32
    /// What was tried, on what, and why not: `could not write /data/w.bin: No space left on device`.
    public let description: String

    init(_ action: String, _ path: String, number: Int32 = errno) {
        self.number = number
        description = "could not \(action) \(path): " + String(cString: strerror(number))
    }

    var isMissing: Bool { number == ENOENT || number == ENOTDIR }

    /// There is no room, or a quota or a limit on file sizes says so.
    var isDiskFull: Bool { [ENOSPC, EDQUOT, EFBIG].contains(number) }

    /// For callers that know calls and not files.
    public var asRPCError: RPCError {
        if isDiskFull { return RPCError(.resourceExhausted, description) }
        return RPCError(isMissing ? .notFound : .internal, description)
    }
}
