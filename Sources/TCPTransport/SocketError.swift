import Glibc
import Ports

/// The system refused something about a socket, a thread or a descriptor.
public struct SocketError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was tried: `listen on 127.0.0.1:7401`.
    public let action: String
    /// The value of errno; 0 where there is none.
    public let number: Int32
    public let description: String

    init(_ action: String, number: Int32 = errno) {
        (self.action, self.number) = (action, number)
        description = "could not \(action): " + String(cString: strerror(number))
    }

    init(_ action: String, because reason: String) {
        (self.action, self.number) = (action, 0)
        description = "could not \(action): " + reason
    }

    /// What ended an attempt, when another one follows.
    init(_ error: RPCError) {
        (action, number, description) = ("", 0, error.description)
    }
}
